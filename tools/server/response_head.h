#pragma once
#include <string>
#include <string_view>

#include "core/http/message.h"

namespace pome::server {

struct Framing {
  bool keep_alive = true;
  bool http_1_0 = false;
  bool head_request = false;  ///< the length is announced, the body is not sent
  std::string_view date;      ///< an HTTP date
};

/// The status line and headers in wire format, blank line included. `content-length`, `connection`, `date` and
/// `transfer-encoding` belong to the connection: what the response says about them is ignored. A header with control
/// characters is left out, so that no value can start another header.
void append_response_head(std::string& out, const http::Response& response, const Framing& framing);

/// Whether bytes follow the head.
bool sends_body(const http::Response& response, const Framing& framing);

/// `{"error":{"type","message"},"message"}`: readable by the control plane's clients and by GitHub's.
http::Response error_response(int status, std::string_view type, std::string_view message);

}  // namespace pome::server
