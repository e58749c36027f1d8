#include "tools/server/connection.h"

#include <algorithm>
#include <array>
#include <boost/asio/write.hpp>
#include <ctime>
#include <exception>

#include "core/base/time.h"
#include "core/http/cors.h"
#include "tools/server/response_head.h"

namespace pome::server {
namespace {

namespace asio = boost::asio;
namespace beast_http = boost::beast::http;
using boost::system::error_code;

constexpr std::size_t kReadSize = std::size_t{16} << 10;
constexpr std::size_t kWriteSize = std::size_t{256} << 10;
constexpr std::string_view kRetrySeconds = "5";
constexpr std::chrono::milliseconds kSweepInterval{100};
constexpr std::chrono::milliseconds kLingerTime{2'000};
constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";

Peer peer_of(const Socket& socket) {
  error_code error;
  const auto endpoint = socket.remote_endpoint(error);
  if (error) return {};
  asio::ip::address address = endpoint.address();
  if (address.is_v6() && address.to_v6().is_v4_mapped()) {
    address = asio::ip::make_address_v4(asio::ip::v4_mapped, address.to_v6());
  }
  return {address.to_string(), address.is_loopback()};
}

}  // namespace

void Worker::start() { sweep(); }

void Worker::run() {
  for (;;) {
    try {
      context.run();
      return;
    } catch (const std::exception&) {
      // Out of memory while handling one event: that connection is lost, the loop goes on.
    }
  }
}

void Worker::sweep() {
  now = Clock::now();
  const auto current = connections_;  // closing one changes the set
  for (const auto& connection : current) {
    if (draining && now >= drain_deadline_) {
      connection->close();
    } else {
      connection->check_deadline();
    }
  }
  if (draining && connections_.empty()) return;  // nothing left to wait for: run() returns
  sweeper_.expires_after(kSweepInterval);
  sweeper_.async_wait([this](const error_code&) { sweep(); });
}

void Worker::drain() {
  draining = true;
  drain_deadline_ = Clock::now() + shared.options.stop_grace;
  const auto current = connections_;
  for (const auto& connection : current) connection->drain();
  if (connections_.empty()) sweeper_.cancel();
}

void Worker::adopt(Socket socket) {
  if (draining) return;
  const auto connection = std::make_shared<Connection>(*this, std::move(socket));
  connections_.insert(connection);
  ++shared.connections;
  connection->start();
}

void Worker::forget(const std::shared_ptr<Connection>& connection) {
  if (connections_.erase(connection) > 0) --shared.connections;
  if (draining && connections_.empty()) sweeper_.cancel();
}

std::string_view Worker::http_date() {
  const std::int64_t second = std::time(nullptr);
  if (second != date_second_) {
    date_second_ = second;
    date_ = time::http_date(second);
  }
  return date_;
}

Connection::Connection(Worker& worker, Socket socket)
    : worker_(worker), socket_(std::move(socket)), peer_(peer_of(socket_)) {}

void Connection::start() {
  error_code ignored;
  socket_.set_option(asio::ip::tcp::no_delay(true), ignored);
  parser_.emplace();
  if (worker_.shared.connections > worker_.shared.options.max_connections) {
    return refuse(503, "downstream_unavailable", "This server has too many open connections. Try again in a moment.");
  }
  next_request();
}

void Connection::enter(Phase phase, std::chrono::milliseconds allowed) {
  phase_ = phase;
  deadline_ = worker_.now + allowed;
}

void Connection::next_request() {
  const ListenOptions& options = worker_.shared.options;
  parser_.emplace();
  parser_->eager(true);
  parser_->header_limit(static_cast<std::uint32_t>(options.max_header_bytes));
  parser_->body_limit(options.max_body_bytes);
  continued_ = false;
  enter(Phase::idle, options.idle_timeout);
  if (buffer_.size() > 0) return parse();  // pipelined
  if (worker_.draining) return close();
  read();
}

void Connection::read() {
  reading_ = true;
  socket_.async_read_some(buffer_.prepare(kReadSize), [self = shared_from_this()](error_code error, std::size_t size) {
    self->on_read(error, size);
  });
}

void Connection::on_read(const error_code& error, std::size_t size) {
  reading_ = false;
  if (phase_ == Phase::closed) return;
  if (error) return close();
  if (phase_ == Phase::answering || phase_ == Phase::lingering) return read();  // refused already: discard
  buffer_.commit(size);
  parse();
}

void Connection::parse() {
  const ListenOptions& options = worker_.shared.options;
  if (phase_ == Phase::idle) enter(Phase::head, options.head_timeout);
  error_code error;
  while (buffer_.size() > 0 && !parser_->is_done()) {
    const std::size_t used = parser_->put(buffer_.data(), error);
    buffer_.consume(used);
    if (error == beast_http::error::need_more) break;
    if (error) return refuse_unparsable(error);
  }
  if (parser_->is_done()) return answer();
  // Only a chunk's extensions can still be incomplete at this length: the parser bounds everything else itself.
  if (buffer_.size() > options.max_header_bytes + kReadSize) {
    return refuse(431, "validation_failed", "The request's headers are too large.");
  }
  read_rest_of_request();
}

void Connection::read_rest_of_request() {
  if (parser_->is_header_done()) {
    const ListenOptions& options = worker_.shared.options;
    if (phase_ != Phase::body) body_deadline_ = worker_.now + options.body_timeout;
    enter(Phase::body, options.stall_timeout);
    deadline_ = std::min(deadline_, body_deadline_);
    if (parser_->expects_continue() && !continued_) return send_continue();
  }
  read();
}

void Connection::send_continue() {
  continued_ = true;
  asio::async_write(socket_, asio::buffer(kContinue.data(), kContinue.size()),
                    [self = shared_from_this()](error_code error, std::size_t) {
                      if (self->phase_ == Phase::closed) return;
                      if (error) return self->close();
                      if (self->phase_ == Phase::body) self->read();
                    });
}

void Connection::refuse_unparsable(const error_code& error) {
  const ListenOptions& options = worker_.shared.options;
  if (error == beast_http::error::header_limit) {
    return refuse(431, "validation_failed",
                  text::cat("The request's headers are larger than ", options.max_header_bytes >> 10, " KB."));
  }
  if (error == beast_http::error::body_limit) {
    return refuse(413, "payload_too_large",
                  text::cat("The request body is larger than ", options.max_body_bytes >> 20, " MB."));
  }
  refuse(400, "validation_failed", "This is not a well-formed HTTP/1.1 request.");
}

void Connection::answer() {
  keep_alive_ = parser_->keep_alive() && !worker_.draining;
  const bool one_host = parser_->host_count() == 1;
  if (parser_->host_count() > 1 || (!one_host && parser_->http_1_1())) {
    return refuse(400, "validation_failed", "A request needs exactly one Host header.");
  }
  if (!worker_.shared.hosts.allows(parser_->authority()) && (one_host || !parser_->authority().empty())) {
    return refuse(
        421, "forbidden",
        "This server does not answer for that host name. Use the address it printed when it started, or start it "
        "with --public-url.");
  }
  send(response_to(parser_->take()), keep_alive_);
}

http::Response Connection::response_to(http::Request request) {
  try {
    return worker_.shared.handler(std::move(request), peer_);
  } catch (const std::exception&) {
    return own_error(500, "internal_error", "Something went wrong inside the server.");
  }
}

/// Pages of other origins are told, too, what was wrong with their request.
http::Response Connection::own_error(int status, std::string_view type, std::string_view message) const {
  http::Response response = error_response(status, type, message);
  if (status == 503) response.headers.add("retry-after", kRetrySeconds);
  http::add_cors(parser_->has_origin(), response);
  return response;
}

void Connection::refuse(int status, std::string_view type, std::string_view message) {
  send(own_error(status, type, message), false);
}

void Connection::send(http::Response response, bool keep_alive) {
  keep_alive_ = keep_alive;
  const Framing framing{.keep_alive = keep_alive,
                        .http_1_0 = !parser_->http_1_1(),
                        .head_request = parser_->is_head_request(),
                        .date = worker_.http_date()};
  head_.clear();
  append_response_head(head_, response, framing);
  body_ = sends_body(response, framing) ? std::move(response.body) : std::string();
  enter(Phase::answering, worker_.shared.options.stall_timeout);
  const std::array<asio::const_buffer, 2> parts{asio::buffer(head_), asio::buffer(body_)};
  const auto progress = [this](const error_code& error, std::size_t) -> std::size_t {
    deadline_ = worker_.now + worker_.shared.options.stall_timeout;  // the client took something
    return error ? 0 : kWriteSize;
  };
  asio::async_write(socket_, parts, progress,
                    [self = shared_from_this()](error_code error, std::size_t) { self->on_sent(error); });
}

void Connection::on_sent(const error_code& error) {
  if (phase_ == Phase::closed) return;
  if (error) return close();
  if (!keep_alive_) return linger();
  next_request();
}

/// Closing while the client still sends would reset the connection and could destroy the answer before it is read
/// (RFC 9112, 9.6): so our side is closed first and the rest is discarded for a moment.
void Connection::linger() {
  error_code ignored;
  socket_.shutdown(asio::ip::tcp::socket::shutdown_send, ignored);
  enter(Phase::lingering, kLingerTime);
  buffer_.clear();
  if (!reading_) read();
}

void Connection::drain() {
  if (phase_ == Phase::idle || phase_ == Phase::lingering) return close();
  keep_alive_ = false;
}

void Connection::close() {
  if (phase_ == Phase::closed) return;
  phase_ = Phase::closed;
  error_code ignored;
  socket_.close(ignored);
  worker_.forget(shared_from_this());
}

void Connection::check_deadline() {
  if (worker_.now < deadline_) return;
  if (phase_ == Phase::head || phase_ == Phase::body) {
    return refuse(408, "validation_failed", "The request did not arrive in time.");
  }
  close();
}

}  // namespace pome::server
