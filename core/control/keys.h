#pragma once
#include <string>
#include <string_view>

#include "core/control/plane.h"

namespace pome::control {

struct NewKey {
  std::string full_key;  ///< shown once, kept nowhere
  ApiKey row;
};

/// Makes `pme_` + 32 random bytes and stores its hash.
Result<NewKey> mint_key(Plane& plane, std::string_view team_id, std::string_view name);

/// The one answer that shows the key: {"api_key": {"full_key", "id", "name"}, "team_id"}.
http::Response new_key_response(int status, const NewKey& key);

/// A name to show: control characters removed, at most 100 bytes, `fallback` when nothing is left.
std::string clean_name(std::string_view name, std::string_view fallback);

}  // namespace pome::control
