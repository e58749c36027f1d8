#pragma once
#include <string>
#include <string_view>

#include "core/base/result.h"
#include "core/http/message.h"

/// The error envelope `{"error":{"type","message","details"?,"request_id"}}`. Inside the control plane an Error's
/// `code` is the envelope's type and its `where`, when set, the `details` as JSON.
namespace pome::control {

inline constexpr std::string_view kInvalidAuth = "invalid_auth";             // 401
inline constexpr std::string_view kQuotaExceeded = "quota_exceeded";         // 402
inline constexpr std::string_view kRevokedKey = "revoked_key";               // 403
inline constexpr std::string_view kForbidden = "forbidden";                  // 403
inline constexpr std::string_view kNotFound = "not_found";                   // 404
inline constexpr std::string_view kMethodNotAllowed = "method_not_allowed";  // 405
inline constexpr std::string_view kConflict = "conflict";                    // 409
inline constexpr std::string_view kSessionExpired = "session_expired";       // 410
inline constexpr std::string_view kTooLarge = "payload_too_large";           // 413
inline constexpr std::string_view kInvalid = "validation_failed";            // 422
inline constexpr std::string_view kMultiTwin = "multi_twin_unsupported";     // 422
inline constexpr std::string_view kRateLimited = "rate_limited";             // 429
inline constexpr std::string_view kUnavailable = "downstream_unavailable";   // 503

http::Response error_response(const Error& error, std::string_view request_id);

/// `validation_failed` about one member: details {"field": ...}.
Error invalid(std::string_view field, std::string message);

}  // namespace pome::control
