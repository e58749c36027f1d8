#include "tools/server/listener.h"

#include <signal.h>

#include <boost/asio/dispatch.hpp>
#include <boost/asio/post.hpp>
#include <thread>

#include "core/base/text.h"
#include "tools/server/connection.h"

namespace pome::server {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;
using Acceptor = asio::basic_socket_acceptor<tcp, asio::io_context::executor_type>;

constexpr std::chrono::milliseconds kAcceptRetry{100};

/// The first address of a host, IPv4 before IPv6.
Result<tcp::endpoint> resolve(asio::io_context& context, const std::string& host, std::uint16_t port) {
  error_code error;
  if (const auto address = asio::ip::make_address(host, error); !error) return tcp::endpoint(address, port);
  tcp::resolver resolver(context);
  const auto found = resolver.resolve(host, std::to_string(port), error);
  if (error || found.empty()) return fail("bad-host", text::cat("\"", host, "\" is not an address of this machine."));
  for (const auto& entry : found) {
    if (entry.endpoint().address().is_v4()) return tcp::endpoint(entry.endpoint().address(), port);
  }
  return tcp::endpoint(found.begin()->endpoint().address(), port);
}

Error listen_error(const error_code& error, const ListenOptions& options) {
  if (error == asio::error::address_in_use) {
    return fail("port-taken", text::cat("Port ", static_cast<int>(options.port), " on ", options.host,
                                        " is in use. Stop the program that holds it, or choose another with --port."));
  }
  if (error == asio::error::access_denied) {
    return fail("listen-failed", text::cat("Port ", static_cast<int>(options.port),
                                           " needs administrator rights. Choose one above 1023 with --port."));
  }
  return fail("listen-failed", text::cat("Cannot listen on ", options.host, " port ", static_cast<int>(options.port),
                                         ": ", error.message(), "."));
}

}  // namespace

// One acceptor deals connections out in turn. SO_REUSEPORT would let a second server share the port unnoticed, and
// spreads a handful of connections unevenly.
struct Listener::State {
  explicit State(ListenOptions options)
      : shared{std::move(options), {}, HostRules("", {})},
        acceptor(first_worker().context),
        retry(workers.front()->context) {
    shared.hosts = HostRules(shared.options.host, shared.options.allowed_hosts);
    for (unsigned i = 1; i < shared.options.threads; ++i) workers.push_back(std::make_unique<Worker>(shared));
  }

  Worker& first_worker() {
    workers.push_back(std::make_unique<Worker>(shared));
    return *workers.front();
  }

  Result<void> bind() {
    POME_TRY(const tcp::endpoint endpoint, resolve(workers.front()->context, shared.options.host, shared.options.port));
    error_code error;
    acceptor.open(endpoint.protocol(), error);
    if (!error) acceptor.set_option(asio::socket_base::reuse_address(true), error);
    if (!error) acceptor.bind(endpoint, error);
    if (!error) acceptor.listen(asio::socket_base::max_listen_connections, error);
    if (error) return listen_error(error, shared.options);
    port = acceptor.local_endpoint(error).port();
    return {};
  }

  void run() {
    // Signals belong to the main thread.
    sigset_t all, previous;
    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, &previous);
    accept();
    for (const auto& worker : workers) {
      worker->start();
      threads.emplace_back([&loop = *worker] { loop.run(); });
    }
    pthread_sigmask(SIG_SETMASK, &previous, nullptr);
  }

  void accept() {
    Worker& target = *workers[next++ % workers.size()];
    acceptor.async_accept(target.context, [this, &target](error_code error, Socket socket) {
      if (!acceptor.is_open()) return;
      if (error) return accept_later();  // out of descriptors, or the client was gone already
      asio::dispatch(target.context,
                     [&target, taken = std::move(socket)]() mutable { target.adopt(std::move(taken)); });
      accept();
    });
  }

  void accept_later() {
    retry.expires_after(kAcceptRetry);
    retry.async_wait([this](error_code error) {
      if (!error && acceptor.is_open()) accept();
    });
  }

  void stop() {
    if (threads.empty()) return;
    asio::post(workers.front()->context, [this] {
      error_code ignored;
      acceptor.close(ignored);
      retry.cancel();
    });
    for (const auto& worker : workers) asio::post(worker->context, [&loop = *worker] { loop.drain(); });
    for (std::thread& thread : threads) thread.join();
    threads.clear();
  }

  Shared shared;
  std::vector<std::unique_ptr<Worker>> workers;
  Acceptor acceptor;
  asio::steady_timer retry;
  std::vector<std::thread> threads;
  std::size_t next = 0;
  std::uint16_t port = 0;
};

Listener::Listener(std::unique_ptr<State> state) : state_(std::move(state)) {}

Listener::~Listener() { stop(); }

Result<std::unique_ptr<Listener>> Listener::bind(ListenOptions options) {
  auto state = std::make_unique<State>(std::move(options));
  POME_CHECK(state->bind());
  return std::unique_ptr<Listener>(new Listener(std::move(state)));
}

void Listener::serve(Handler handler) {
  state_->shared.handler = std::move(handler);
  state_->run();
}

Result<std::unique_ptr<Listener>> Listener::start(ListenOptions options, Handler handler) {
  POME_TRY(auto listener, bind(std::move(options)));
  listener->serve(std::move(handler));
  return listener;
}

std::uint16_t Listener::port() const { return state_->port; }

std::string Listener::url() const {
  std::string host = state_->shared.options.host;
  if (is_wildcard(host)) host = host == "::" ? "::1" : "127.0.0.1";
  const bool bracketed = host.find(':') != std::string::npos;
  return text::cat("http://", bracketed ? "[" : "", host, bracketed ? "]" : "", ":", static_cast<int>(state_->port));
}

void Listener::stop() { state_->stop(); }

}  // namespace pome::server
