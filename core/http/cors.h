#pragma once
#include <optional>

#include "core/http/message.h"

/// Cross-origin access for pages (Fetch standard, CORS protocol). Any origin may call, none may send cookies:
/// every right comes from a token in the request, so `Access-Control-Allow-Credentials` never appears.
namespace pome::http {

/// The answer to a preflight (OPTIONS with Origin and Access-Control-Request-Method), or nothing for other requests.
/// Ask before authentication: preflights carry no token.
std::optional<Response> cors_preflight(const Request& request);

/// Adds the CORS headers of an actual answer, errors included; without an `Origin` only `Vary`.
void add_cors(bool has_origin, Response& response);

}  // namespace pome::http
