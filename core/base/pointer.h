#pragma once
#include <cstddef>
#include <string>
#include <string_view>

#include "core/base/json.h"

/// JSON Pointers (RFC 6901): how evidence is addressed.
namespace pome::pointer {

/// `base` extended by one member name (escaped) or array index.
std::string child(std::string_view base, std::string_view member);
std::string child(std::string_view base, std::size_t index);
/// The value `pointer` addresses in `document`, or nullptr when there is none.
const Json* resolve(const Json& document, std::string_view pointer);

}  // namespace pome::pointer
