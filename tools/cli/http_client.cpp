#include "tools/cli/http_client.h"

#include <curl/curl.h>

#include <algorithm>
#include <cstdlib>
#include <mutex>

#include "core/base/text.h"
#include "tools/cli/interrupt.h"

namespace pome::cli {
namespace {

constexpr int kMaxRedirects = 3;
constexpr long kConnectTimeoutMs = 10'000;

struct Exchange {
  const HttpCall* call = nullptr;
  http::Response response;
  bool too_large = false;
};

std::size_t on_body(char* data, std::size_t size, std::size_t count, void* user) {
  auto& exchange = *static_cast<Exchange*>(user);
  const std::size_t bytes = size * count;
  if (exchange.response.body.size() + bytes > exchange.call->max_response_bytes) {
    exchange.too_large = true;
    return 0;
  }
  exchange.response.body.append(data, bytes);
  return bytes;
}

std::size_t on_header(char* data, std::size_t size, std::size_t count, void* user) {
  auto& exchange = *static_cast<Exchange*>(user);
  const std::string_view line = text::trim({data, size * count});
  if (line.starts_with("HTTP/")) exchange.response.headers = {};  // a final answer after 100 Continue
  const std::size_t colon = line.find(':');
  if (colon != std::string_view::npos && !line.starts_with("HTTP/")) {
    exchange.response.headers.add(line.substr(0, colon), text::trim(line.substr(colon + 1)));
  }
  return size * count;
}

int on_progress(void* user, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
  const auto& exchange = *static_cast<Exchange*>(user);
  const int last = exchange.call->stop_at_interrupt;
  return last > 0 && interrupt_count() >= last ? 1 : 0;
}

std::string no_proxy() {
  std::string list = "127.0.0.1,localhost,::1,[::1]";
  for (const char* name : {"NO_PROXY", "no_proxy"}) {
    if (const char* value = std::getenv(name); value != nullptr && *value != '\0') list = text::cat(list, ",", value);
  }
  return list;
}

Error describe(CURLcode code, const Exchange& exchange, const char* detail) {
  const std::string where(origin_of(exchange.call->url));
  if (exchange.too_large) {
    return fail("http-too-large",
                text::cat(where, " sent an answer of more than ", exchange.call->max_response_bytes >> 20U, " MiB."));
  }
  switch (code) {
    case CURLE_COULDNT_CONNECT:
      return fail("http-refused",
                  text::cat(where, " does not accept connections. Is it running, and is the URL right?"));
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_RESOLVE_PROXY:
      return fail("http-dns",
                  text::cat("The host name in ", where, " cannot be found. Check the URL and the network."));
    case CURLE_OPERATION_TIMEDOUT:
      return fail("http-timeout",
                  text::cat(where, " did not answer within ", exchange.call->timeout.count() / 1000, " s."));
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_SSL_CACERT_BADFILE:
      return fail("http-tls", text::cat("No secure connection to ", where, ": ", detail, "."));
    case CURLE_ABORTED_BY_CALLBACK:
      return fail("http-interrupted", "Interrupted.");
    case CURLE_URL_MALFORMAT:
    case CURLE_UNSUPPORTED_PROTOCOL:
      return fail("http-failed", text::cat("\"", exchange.call->url, "\" is not an http:// or https:// URL."));
    default:
      return fail("http-failed", text::cat("The request to ", where, " failed: ", detail, "."));
  }
}

/// The URL a redirect leads to, when it may be followed.
Result<std::string> redirect_target(const std::string& from, const http::Response& response) {
  const std::string_view origin = origin_of(from);
  const std::string_view location = response.headers.get("location").value_or("");
  if (location.starts_with('/') && !location.starts_with("//")) return text::cat(origin, location);
  if (!location.empty() && origin_of(location) == origin) return std::string(location);
  return fail("http-redirect", text::cat(origin, " redirects to ", location.empty() ? "nowhere" : origin_of(location),
                                         "; a key is never sent on to another address. Use the final URL."));
}

bool is_redirect(int status) {
  return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

}  // namespace

struct HttpClient::State {
  CURL* handle = nullptr;
  std::string proxy_exceptions = no_proxy();

  Result<http::Response> send_once(const HttpCall& call, const std::string& url);
};

HttpClient::HttpClient() : state_(std::make_unique<State>()) {
  static std::once_flag once;
  std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
  state_->handle = curl_easy_init();
}

HttpClient::~HttpClient() {
  if (state_->handle != nullptr) curl_easy_cleanup(state_->handle);
}

Result<http::Response> HttpClient::State::send_once(const HttpCall& call, const std::string& url) {
  if (handle == nullptr) return fail("http-failed", "The HTTP client cannot be set up.");
  curl_easy_reset(handle);  // keeps connections
  Exchange exchange{&call, {}, false};
  std::string detail(CURL_ERROR_SIZE, '\0');
  curl_slist* headers = curl_slist_append(nullptr, "Expect:");
  for (const http::Header header : call.headers) {
    headers = curl_slist_append(headers, text::cat(header.name, ": ", header.value).c_str());
  }
  curl_easy_setopt(handle, CURLOPT_URL, url.c_str());
  curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(handle, CURLOPT_NOPROXY, proxy_exceptions.c_str());
  curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(handle, CURLOPT_TIMEOUT_MS, static_cast<long>(call.timeout.count()));
  curl_easy_setopt(handle, CURLOPT_CONNECTTIMEOUT_MS, kConnectTimeoutMs);
  curl_easy_setopt(handle, CURLOPT_USERAGENT, "pome-cli");
  curl_easy_setopt(handle, CURLOPT_ACCEPT_ENCODING, "");
  curl_easy_setopt(handle, CURLOPT_HTTPHEADER, headers);
  curl_easy_setopt(handle, CURLOPT_ERRORBUFFER, detail.data());
  curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, on_body);
  curl_easy_setopt(handle, CURLOPT_WRITEDATA, &exchange);
  curl_easy_setopt(handle, CURLOPT_HEADERFUNCTION, on_header);
  curl_easy_setopt(handle, CURLOPT_HEADERDATA, &exchange);
  curl_easy_setopt(handle, CURLOPT_NOPROGRESS, 0L);
  curl_easy_setopt(handle, CURLOPT_XFERINFOFUNCTION, on_progress);
  curl_easy_setopt(handle, CURLOPT_XFERINFODATA, &exchange);
  if (call.method != "GET") {
    curl_easy_setopt(handle, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(call.body.size()));
    curl_easy_setopt(handle, CURLOPT_POSTFIELDS, call.body.data());
    curl_easy_setopt(handle, CURLOPT_CUSTOMREQUEST, call.method.c_str());
  }
  const CURLcode code = curl_easy_perform(handle);
  curl_slist_free_all(headers);
  if (code != CURLE_OK) {
    const char* text = detail[0] != '\0' ? detail.c_str() : curl_easy_strerror(code);
    return describe(code, exchange, text);
  }
  long status = 0;
  curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &status);
  exchange.response.status = static_cast<int>(status);
  return std::move(exchange.response);
}

Result<http::Response> HttpClient::send(const HttpCall& call) {
  std::string url = call.url;
  for (int redirects = 0;; ++redirects) {
    POME_TRY(auto response, state_->send_once(call, url));
    if (!is_redirect(response.status)) return response;
    POME_TRY(url, redirect_target(url, response));
    if (call.method != "GET" || redirects == kMaxRedirects) {
      return fail("http-redirect", text::cat(origin_of(url), " redirects the request; use the final URL."));
    }
  }
}

std::string_view origin_of(std::string_view url) {
  const std::size_t scheme = url.find("://");
  if (scheme == std::string_view::npos) return {};
  return url.substr(0, std::min(url.find_first_of("/?#", scheme + 3), url.size()));
}

}  // namespace pome::cli
