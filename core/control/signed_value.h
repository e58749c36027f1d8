#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

/// Values that a client carries and cannot change: `<base64url(expiry "|" value)>.<base64url(HMAC-SHA256)>`.
/// `purpose` keeps a value made for one use from working in another.
namespace pome::control {

std::string sign_value(std::string_view purpose, std::string_view value, std::int64_t expires_at,
                       std::string_view secret);

/// The value, or nothing when it was changed, made for another purpose, or is past its time.
std::optional<std::string> open_value(std::string_view purpose, std::string_view token, std::int64_t now_seconds,
                                      std::string_view secret);

}  // namespace pome::control
