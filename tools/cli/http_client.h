#pragma once
#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "core/base/result.h"
#include "core/http/message.h"

namespace pome::cli {

struct HttpCall {
  std::string method = "GET";
  std::string url;  ///< http:// or https://
  http::Headers headers;
  std::string body;
  std::chrono::milliseconds timeout{30'000};
  std::size_t max_response_bytes = std::size_t{64} << 20;
  int stop_at_interrupt = 1;  ///< which Ctrl-C ends the call (InterruptScope); 0 = none, for tidying up after it
};

/// One connection-reusing HTTP client. Certificates are verified; proxies come from the usual variables and are never
/// used for loopback; redirects are followed only for GET, only within the same origin, at most three times, so that
/// a key never reaches another host.
///
/// send() fails with `http-refused`, `http-dns`, `http-tls`, `http-timeout`, `http-too-large`, `http-redirect`,
/// `http-interrupted` or `http-failed`; an answer of any status is a success.
class HttpClient {
 public:
  HttpClient();
  ~HttpClient();
  HttpClient(const HttpClient&) = delete;
  HttpClient& operator=(const HttpClient&) = delete;

  Result<http::Response> send(const HttpCall& call);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// "http://host:port" of a URL; empty when it has none.
std::string_view origin_of(std::string_view url);

}  // namespace pome::cli
