#include "tools/server/static_files.h"

#include "core/base/hash.h"
#include "core/base/text.h"
#include "tools/server/files.h"

namespace pome::server {
namespace {

struct ContentType {
  std::string_view suffix;
  std::string_view type;
};

constexpr ContentType kContentTypes[] = {
    {".html", "text/html; charset=utf-8"},
    {".js", "text/javascript; charset=utf-8"},
    {".mjs", "text/javascript; charset=utf-8"},
    {".css", "text/css; charset=utf-8"},
    {".wasm", "application/wasm"},
    {".json", "application/json; charset=utf-8"},
    {".svg", "image/svg+xml"},
    {".png", "image/png"},
    {".ico", "image/x-icon"},
    {".woff2", "font/woff2"},
    {".md", "text/markdown; charset=utf-8"},
    {".txt", "text/plain; charset=utf-8"},
};

std::string_view content_type(std::string_view path) {
  for (const ContentType& row : kContentTypes) {
    if (path.size() >= row.suffix.size() && path.substr(path.size() - row.suffix.size()) == row.suffix) return row.type;
  }
  return "application/octet-stream";
}

/// The path's file below the folder, or empty when a part could lead outside of it.
std::string relative_file(std::string_view path) {
  std::string out;
  for (const std::string& part : http::path_segments(path)) {
    if (part.empty() || part.front() == '.' || part.find_first_of(std::string_view("/\\\0", 3)) != std::string::npos)
      return {};
    out += "/" + part;
  }
  return out;
}

bool is_page_route(std::string_view path) {
  return path == "/" || path == "/cli/login" ||
         (path.substr(0, 6) == "/runs/" && path.find('/', 6) == std::string_view::npos);
}

http::Response plain(int status, std::string_view text) {
  return http::Response{status, {{"content-type", "text/plain; charset=utf-8"}}, std::string(text)};
}

std::vector<std::string> wanted_origins(const http::Request& request) {
  std::vector<std::string> origins;
  if (request.path.substr(0, 20) != "/assets/agent-worker") return origins;
  for (const auto& [name, value] : http::Query(request.query)) {
    if (name == "connect" && is_origin(value) && origins.size() < 8) origins.push_back(value);
  }
  return origins;
}

}  // namespace

bool is_origin(std::string_view text) {
  const std::size_t scheme = text.find("://");
  if (scheme == std::string_view::npos || (text.substr(0, scheme) != "https" && text.substr(0, scheme) != "http"))
    return false;
  std::string_view host = text.substr(scheme + 3);
  const std::size_t colon = host.rfind(':');
  if (colon != std::string_view::npos && host.back() != ']') {
    const auto port = text::to_integer(host.substr(colon + 1));
    if (!port || *port < 1 || *port > 65535) return false;
    host = host.substr(0, colon);
  }
  if (host.empty() || host.size() > 253) return false;
  for (const char c : host) {
    if (!text::is_alpha(c) && !text::is_digit(c) && c != '-' && c != '.' && c != '[' && c != ']' && c != ':')
      return false;
  }
  return true;
}

std::string content_security_policy(const std::vector<std::string>& connect) {
  std::string policy =
      "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; connect-src "
      "'self'";
  for (const std::string& origin : connect) policy += " " + origin;
  return policy +
         "; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for "
         "'script'";
}

http::Response StaticFiles::handle(const http::Request& request) const {
  if (request.method != "GET" && request.method != "HEAD") return plain(405, "This path only answers GET.\n");
  const std::string file = is_page_route(request.path) ? "/index.html" : relative_file(request.path);
  const auto content = file.empty() ? std::nullopt : read_file(folder_ + file);
  if (!content && is_page_route(request.path)) {
    return plain(503,
                 "The page has not been built. Run 'npm run serve' in Pome's folder, or pass --web with the folder of "
                 "a built page.\n");
  }
  if (!content) return plain(404, "There is nothing here. The playground is at /.\n");
  const std::string etag = text::cat("\"", hash::sha256_hex(*content).substr(0, 32), "\"");
  const bool hashed = file.substr(0, 8) == "/assets/";
  http::Response response;
  response.headers = {{"content-type", std::string(content_type(file))},
                      {"cache-control", hashed ? "public, max-age=31536000, immutable" : "no-cache"},
                      {"etag", etag},
                      {"content-security-policy", content_security_policy(wanted_origins(request))},
                      {"x-content-type-options", "nosniff"},
                      {"referrer-policy", "no-referrer"},
                      {"cross-origin-opener-policy", "same-origin"}};
  if (request.headers.get("if-none-match") == etag) {
    response.status = 304;
  } else {
    response.body = *content;
  }
  return response;
}

}  // namespace pome::server
