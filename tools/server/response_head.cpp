#include "tools/server/response_head.h"

#include <algorithm>
#include <cstdint>

#include "core/base/json_writer.h"
#include "core/base/text.h"

namespace pome::server {
namespace {

bool has_no_body(int status) { return status == 204 || status == 304 || (status >= 100 && status < 200); }

bool belongs_to_connection(std::string_view name) {
  switch (name.size()) {
    case 4:
      return text::equals_ignore_case(name, "date");
    case 10:
      return text::equals_ignore_case(name, "connection");
    case 14:
      return text::equals_ignore_case(name, "content-length");
    case 17:
      return text::equals_ignore_case(name, "transfer-encoding");
    default:
      return false;
  }
}

bool is_safe(std::string_view value) {
  return std::none_of(value.begin(), value.end(), [](char c) { return c == '\r' || c == '\n' || c == '\0'; });
}

}  // namespace

void append_response_head(std::string& out, const http::Response& response, const Framing& framing) {
  out += "HTTP/1.1 ";
  text::append_integer(out, response.status);
  out += ' ';
  out += http::reason_phrase(response.status);
  out += "\r\n";
  for (const http::Header header : response.headers) {
    if (belongs_to_connection(header.name) || !is_safe(header.name) || !is_safe(header.value)) continue;
    out.append(header.name).append(": ").append(header.value).append("\r\n");
  }
  out.append("date: ").append(framing.date).append("\r\n");
  // An answer to HEAD that comes without its body does not tell how long that is (RFC 9110, 8.6).
  const bool unknown_length = framing.head_request && response.body.empty();
  if (!has_no_body(response.status) && !unknown_length) {
    out += "content-length: ";
    text::append_integer(out, static_cast<std::int64_t>(response.body.size()));
    out += "\r\n";
  }
  if (!framing.keep_alive) {
    out += "connection: close\r\n";
  } else if (framing.http_1_0) {
    out += "connection: keep-alive\r\n";
  }
  out += "\r\n";
}

bool sends_body(const http::Response& response, const Framing& framing) {
  return !framing.head_request && !has_no_body(response.status) && !response.body.empty();
}

http::Response error_response(int status, std::string_view type, std::string_view message) {
  std::string body;
  JsonWriter json(body);
  json.begin_object().key("error").begin_object().field("type", type).field("message", message).end_object();
  json.field("message", message).end_object();
  return http::json_response(status, std::move(body));
}

}  // namespace pome::server
