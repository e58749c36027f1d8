#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "core/http/message.h"

/// Validators and conditional requests (RFC 9110, sections 8.8 and 13).
namespace pome::twin::github::rest {

enum class TagStrength { weak, strong };

/// An entity tag in GitHub's look: 64 hexadecimal digits, expanded from a fast digest of the body.
std::string entity_tag(std::string_view body, TagStrength strength);

/// True when the client's copy is current: `If-None-Match` decides; `If-Modified-Since` counts only without it.
/// `modified_at` 0 means the answer has no `Last-Modified`.
bool is_current(const http::Headers& request, std::string_view tag, std::int64_t modified_at);

}  // namespace pome::twin::github::rest
