#pragma once
#include <utility>  // Boost 1.74's asio uses std::exchange without including it

#include <atomic>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <unordered_set>

#include "tools/server/host_rules.h"
#include "tools/server/listener.h"
#include "tools/server/request_parser.h"

namespace pome::server {

using Clock = std::chrono::steady_clock;
using Socket = boost::asio::basic_stream_socket<boost::asio::ip::tcp, boost::asio::io_context::executor_type>;

/// What all workers of a listener share, unchanging while they run (but for the count).
struct Shared {
  ListenOptions options;
  Handler handler;
  HostRules hosts;
  std::atomic<std::size_t> connections{0};
};

class Connection;

/// One thread's event loop and the connections that live on it. Deadlines are kept as plain times and swept, so that a
/// request costs no timer.
class Worker {
 public:
  explicit Worker(Shared& shared_state) : shared(shared_state), sweeper_(context) {}

  void start();  ///< before the thread runs
  void run();    ///< the thread's body; returns once drained
  void drain();  ///< on the worker's thread: no new connections, the current ones finish their request
  void adopt(Socket socket);
  void forget(const std::shared_ptr<Connection>& connection);
  std::string_view http_date();  ///< of the current second

  boost::asio::io_context context{1};
  Shared& shared;
  Clock::time_point now = Clock::now();  ///< as of the last sweep
  bool draining = false;

 private:
  void sweep();

  boost::asio::steady_timer sweeper_;
  std::unordered_set<std::shared_ptr<Connection>> connections_;
  Clock::time_point drain_deadline_{};
  std::int64_t date_second_ = -1;
  std::string date_;
};

/// One socket: reads requests, answers them in order.
class Connection : public std::enable_shared_from_this<Connection> {
 public:
  Connection(Worker& worker, Socket socket);
  void start();
  void drain();  ///< closes when idle, otherwise after the answer under way
  void close();
  void check_deadline();

 private:
  enum class Phase { idle, head, body, answering, lingering, closed };

  void read();
  void on_read(const boost::system::error_code& error, std::size_t size);
  void parse();
  void read_rest_of_request();
  void send_continue();
  void answer();
  http::Response response_to(http::Request request);
  http::Response own_error(int status, std::string_view type, std::string_view message) const;
  void refuse(int status, std::string_view type, std::string_view message);
  void refuse_unparsable(const boost::system::error_code& error);
  void send(http::Response response, bool keep_alive);
  void on_sent(const boost::system::error_code& error);
  void linger();
  void next_request();
  void enter(Phase phase, std::chrono::milliseconds allowed);

  Worker& worker_;
  Socket socket_;
  Peer peer_;
  boost::beast::flat_buffer buffer_;
  std::optional<RequestParser> parser_;
  std::string head_, body_;  // the answer under way
  Clock::time_point deadline_;
  Clock::time_point body_deadline_;
  Phase phase_ = Phase::idle;
  bool reading_ = false;
  bool keep_alive_ = true;
  bool continued_ = false;  // "100 Continue" was sent for this request
};

}  // namespace pome::server
