#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "core/http/message.h"

namespace pome::twin {

/// Why a request got no further than the session's door.
enum class Refusal : std::uint8_t {
  none,
  no_token,   ///< no usable Authorization header
  bad_token,  ///< forged, expired, malformed, or another session's
  body_too_large,
};

/// The bodies GitHub answers to refused requests.
http::Response refusal_response(Refusal refusal);

/// Checks the tokens of one session. Remembers the last good header, so that a client's next request costs a
/// comparison.
class Gate {
 public:
  Gate(std::string sid, std::string secret) : sid_(std::move(sid)), secret_(std::move(secret)) {}

  struct Admission {
    Refusal refusal = Refusal::none;
    std::string_view login;  ///< the actor; valid until the next call
  };
  Admission admit(const http::Headers& headers, std::int64_t now_seconds);

 private:
  std::string sid_;
  std::string secret_;
  std::string good_header_;
  std::string login_;
  std::int64_t good_until_ = 0;  // exclusive, epoch seconds
};

}  // namespace pome::twin
