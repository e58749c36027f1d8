#pragma once
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/http/message.h"

/// The only place with sockets that accept: HTTP/1.1 bytes in, core/http values out.
namespace pome::server {

/// Who sent a request, as the socket tells it (headers can lie).
struct Peer {
  std::string address;  ///< without port, "127.0.0.1" or "::1"; an IPv4-mapped address is given as IPv4
  bool loopback = false;
};

/// Answers one request. Called on the listener's threads, several at a time when there are several threads. Whatever
/// it throws becomes a 500.
using Handler = std::function<http::Response(http::Request request, const Peer& peer)>;

struct ListenOptions {
  std::string host = "127.0.0.1";  ///< an address or a name; "0.0.0.0" and "::" listen everywhere
  std::uint16_t port = 0;          ///< 0 takes a free one, see Listener::port()
  unsigned threads = 1;
  /// Host names a request may address besides loopback names and `host` (DNS rebinding): 421 for any other.
  std::vector<std::string> allowed_hosts = {};
  std::size_t max_connections = 2048;                    ///< 503 beyond
  std::size_t max_header_bytes = std::size_t{32} << 10;  ///< request line and headers; 431 beyond
  std::size_t max_body_bytes = std::size_t{64} << 20;    ///< 413 beyond
  std::chrono::milliseconds head_timeout{10'000};        ///< from a request's first byte to the end of its headers; 408
  std::chrono::milliseconds stall_timeout{30'000};       ///< without progress in a body (408) or an answer (cut off)
  std::chrono::milliseconds body_timeout{600'000};       ///< a whole request body, however it trickles in; 408
  std::chrono::milliseconds idle_timeout{75'000};        ///< between requests of a kept-alive connection
  std::chrono::milliseconds stop_grace{5'000};           ///< how long stop() waits for requests under way
};

/// An HTTP/1.1 server on background threads: keep-alive, pipelining, chunked bodies, `Expect: 100-continue`, limits and
/// timeouts. One event loop per thread; a connection stays on one thread, so its requests are answered in order.
class Listener {
 public:
  /// Takes the port without answering yet: clients wait until serve(). Fails with `port-taken`, `bad-host` or
  /// `listen-failed`.
  static Result<std::unique_ptr<Listener>> bind(ListenOptions options);
  /// Starts answering. Once.
  void serve(Handler handler);
  /// bind() and serve().
  static Result<std::unique_ptr<Listener>> start(ListenOptions options, Handler handler);
  ~Listener();  ///< stops
  Listener(const Listener&) = delete;
  Listener& operator=(const Listener&) = delete;

  std::uint16_t port() const;
  /// `http://host:port`, with a host a local client can reach when the listener is bound everywhere.
  std::string url() const;

  /// Stops accepting, lets requests under way finish, closes everything and ends the threads. Not from a handler.
  void stop();

 private:
  struct State;
  explicit Listener(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace pome::server
