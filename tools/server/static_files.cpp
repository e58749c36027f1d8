#include "tools/server/static_files.h"

#include <sys/stat.h>

#include "core/base/hash.h"
#include "core/base/text.h"
#include "tools/server/host_rules.h"
#include "tools/system/files.h"

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

/// The page's own addresses, all answered with index.html.
bool is_page_route(std::string_view path) {
  constexpr std::string_view kRuns = "/runs/";
  return path == "/" || path == "/cli/login" ||
         (path.starts_with(kRuns) && path.size() > kRuns.size() && path.find('/', kRuns.size()) == std::string::npos);
}

http::Response plain(int status, std::string_view text) {
  return http::Response{status, {{"content-type", "text/plain; charset=utf-8"}}, std::string(text)};
}

std::vector<std::string> wanted_origins(const http::Request& request) {
  std::vector<std::string> origins;
  if (!request.path.starts_with("/assets/agent-worker")) return origins;
  for (const auto& [name, value] : http::Query(request.query)) {
    if (name == "connect" && is_origin(value) && origins.size() < 8) origins.push_back(value);
  }
  return origins;
}

}  // namespace

std::string content_security_policy(const std::vector<std::string>& connect) {
  std::string policy =
      "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; connect-src "
      "'self'";
  for (const std::string& origin : connect) policy += " " + origin;
  return policy +
         "; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for "
         "'script'";
}

std::shared_ptr<const StaticFiles::Cached> StaticFiles::load(const std::string& file) {
  struct stat status {};
  if (::stat((folder_ + file).c_str(), &status) != 0 || !S_ISREG(status.st_mode)) return nullptr;
  const std::lock_guard lock(mutex_);
  std::shared_ptr<const Cached>& cached = cache_[file];
  const bool current = cached && cached->modified.tv_sec == status.st_mtim.tv_sec &&
                       cached->modified.tv_nsec == status.st_mtim.tv_nsec &&
                       cached->content.size() == static_cast<std::size_t>(status.st_size);
  if (current) return cached;
  auto content = system::read_file(folder_ + file);
  if (!content) return nullptr;
  std::string etag = text::cat("\"", hash::sha256_hex(*content).substr(0, 32), "\"");
  cached = std::make_shared<const Cached>(Cached{status.st_mtim, std::move(content).value(), std::move(etag)});
  return cached;
}

http::Response StaticFiles::handle(const http::Request& request) {
  if (request.method != "GET" && request.method != "HEAD") {
    http::Response refused = plain(405, "This address answers GET only.\n");
    refused.headers.add("allow", "GET, HEAD");
    return refused;
  }
  const bool page = is_page_route(request.path);
  const std::string file = page ? "/index.html" : relative_file(request.path);
  const auto found = file.empty() || folder_.empty() ? nullptr : load(file);
  if (!found) {
    if (!page) return plain(404, "There is nothing here. The playground is at /.\n");
    return plain(
        503,
        "The page has not been built. Run `npm run serve` in Pome's folder, or pass --web with the folder of a "
        "built page.\n");
  }
  const bool hashed = file.starts_with("/assets/");
  http::Response response;
  response.headers = {{"content-type", std::string(content_type(file))},
                      {"cache-control", hashed ? "public, max-age=31536000, immutable" : "no-cache"},
                      {"etag", found->etag},
                      {"content-security-policy", content_security_policy(wanted_origins(request))},
                      {"x-content-type-options", "nosniff"},
                      {"referrer-policy", "no-referrer"},
                      {"cross-origin-opener-policy", "same-origin"}};
  if (request.headers.get("if-none-match") == found->etag) {
    response.status = 304;
  } else {
    response.body = found->content;
  }
  return response;
}

}  // namespace pome::server
