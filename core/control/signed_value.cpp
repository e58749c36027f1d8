#include "core/control/signed_value.h"

#include "core/base/encoding.h"
#include "core/base/hash.h"
#include "core/base/text.h"

namespace pome::control {
namespace {

std::string signature(std::string_view purpose, std::string_view payload, std::string_view secret) {
  return encoding::base64url(encoding::bytes_view(hash::hmac_sha256(secret, text::cat(purpose, ':', payload))));
}

}  // namespace

std::string sign_value(std::string_view purpose, std::string_view value, std::int64_t expires_at,
                       std::string_view secret) {
  const std::string payload = encoding::base64url(text::cat(expires_at, '|', value));
  return text::cat(payload, '.', signature(purpose, payload, secret));
}

std::optional<std::string> open_value(std::string_view purpose, std::string_view token, std::int64_t now_seconds,
                                      std::string_view secret) {
  const std::size_t dot = token.find('.');
  if (dot == std::string_view::npos) return std::nullopt;
  const std::string_view payload = token.substr(0, dot);
  if (!text::constant_time_equal(signature(purpose, payload, secret), token.substr(dot + 1))) return std::nullopt;
  const std::optional<std::string> content = encoding::from_base64url(payload);
  if (!content) return std::nullopt;
  const std::size_t bar = content->find('|');
  if (bar == std::string::npos) return std::nullopt;
  const std::optional<std::int64_t> expires = text::to_integer(std::string_view(*content).substr(0, bar));
  if (!expires || *expires <= now_seconds) return std::nullopt;
  return content->substr(bar + 1);
}

}  // namespace pome::control
