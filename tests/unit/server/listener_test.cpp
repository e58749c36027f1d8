#include "tools/server/listener.h"

#include <gtest/gtest.h>

#include <atomic>
#include <stdexcept>
#include <thread>

#include "core/base/text.h"
#include "tests/unit/server/raw_client.h"

namespace pome::server {
namespace {

using std::chrono::milliseconds;
using test::RawClient;

constexpr std::size_t kHuge = std::size_t{48} << 20;  // more than socket buffers hold
constexpr std::size_t kHugeStep = kHuge / 8;

/// Answers what it was asked, so that a test sees the request value; /throw throws, /slow takes 200 ms.
http::Response describe(http::Request request, const Peer& peer) {
  if (request.path == "/throw") throw std::runtime_error("secret detail");
  if (request.path == "/slow") std::this_thread::sleep_for(milliseconds(200));
  http::Response response{.status = 200, .headers = {}, .body = {}};
  if (request.path == "/split") response.headers.add("x-bad", "a\r\nset-cookie: b");
  if (request.path == "/empty") return {.status = 204, .headers = {}, .body = "never sent"};
  if (request.path == "/bare") return response;
  if (request.path == "/huge") {
    response.body.assign(kHuge, 'x');
    return response;
  }
  if (request.path == "/big") {
    response.body.assign(std::size_t{3} << 20, 'x');
    return response;
  }
  response.body = text::cat(request.method, " ", request.path, "?", request.query, " ", request.headers.size(),
                            " headers, body ", request.body.size() < 40 ? request.body : "large", ", peer ",
                            peer.address, peer.loopback ? " loopback" : "", "\n");
  return response;
}

class ListenerTest : public testing::Test {
 protected:
  void start(ListenOptions options = {}) {
    auto started = Listener::start(std::move(options), describe);
    ASSERT_TRUE(started) << started.error().message;
    listener = std::move(*started);
  }
  std::string exchange(std::string_view bytes) {
    RawClient client(listener->port());
    client.send(bytes);
    return client.read_all();
  }
  std::unique_ptr<Listener> listener;
};

TEST_F(ListenerTest, GivesTheRequestAsAValue) {
  start();
  const std::string answer = exchange(
      "PATCH /a%20b/c?x=1&y=%20 HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhello");
  EXPECT_TRUE(answer.starts_with("HTTP/1.1 200 OK\r\n")) << answer;
  EXPECT_NE(answer.find("PATCH /a%20b/c?x=1&y=%20 3 headers, body hello, peer 127.0.0.1 loopback\n"), std::string::npos)
      << answer;
  EXPECT_NE(answer.find("\r\nconnection: close\r\n"), std::string::npos) << answer;
  EXPECT_NE(answer.find("\r\ndate: "), std::string::npos) << answer;
}

TEST_F(ListenerTest, KeepsConnectionsAliveAndAnswersPipelinedRequestsInOrder) {
  start();
  RawClient client(listener->port());
  std::string burst;
  for (int i = 0; i < 50; ++i) burst += text::cat("GET /", i, " HTTP/1.1\r\nHost: localhost\r\n\r\n");
  client.send(burst);
  for (int i = 0; i < 50; ++i) {
    const std::string answer = client.read_until("loopback\n");
    EXPECT_NE(answer.find(text::cat("GET /", i, "? ")), std::string::npos) << answer;
  }
  client.send("GET /last HTTP/1.1\r\nHost: localhost\r\n\r\n");
  EXPECT_NE(client.read_until("loopback\n").find("GET /last"), std::string::npos);
}

TEST_F(ListenerTest, ReadsRequestsThatArriveByteByByte) {
  start();
  RawClient client(listener->port());
  for (const char c : std::string_view("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\n\r\nabc")) {
    client.send({&c, 1});
    std::this_thread::sleep_for(milliseconds(1));
  }
  EXPECT_NE(client.read_until("loopback\n").find("body abc"), std::string::npos);
}

TEST_F(ListenerTest, ReadsChunkedBodiesAndDropsTrailers) {
  start();
  const std::string answer = exchange(
      "POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
      "3;ext=1\r\nabc\r\n2\r\nde\r\n0\r\nAuthorization: Bearer x\r\n\r\n");
  EXPECT_NE(answer.find("3 headers, body abcde"), std::string::npos) << answer;
}

TEST_F(ListenerTest, AnswersExpectContinueBeforeTheBody) {
  start();
  RawClient client(listener->port());
  client.send("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n");
  EXPECT_EQ(client.read_until("\r\n\r\n"), "HTTP/1.1 100 Continue\r\n\r\n");
  client.send("ok");
  EXPECT_NE(client.read_until("loopback\n").find("body ok"), std::string::npos);
}

TEST_F(ListenerTest, HeadAndBodilessStatusesSendNoBody) {
  start();
  const std::string head = exchange("HEAD /x HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
  EXPECT_TRUE(head.ends_with("\r\n\r\n")) << head;
  EXPECT_EQ(head.find("content-length: 0"), std::string::npos) << head;
  const std::string bare = exchange("HEAD /bare HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
  EXPECT_EQ(bare.find("content-length"), std::string::npos) << bare;
  EXPECT_NE(exchange("GET /bare HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").find("content-length: 0"),
            std::string::npos);
  const std::string empty = exchange("GET /empty HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
  EXPECT_TRUE(empty.starts_with("HTTP/1.1 204 No Content\r\n")) << empty;
  EXPECT_EQ(empty.find("content-length"), std::string::npos) << empty;
  EXPECT_TRUE(empty.ends_with("\r\n\r\n")) << empty;
}

TEST_F(ListenerTest, SendsLargeAnswersWhole) {
  start();
  const std::string answer = exchange("GET /big HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
  EXPECT_EQ(answer.size() - answer.find("\r\n\r\n") - 4, std::size_t{3} << 20);
}

TEST_F(ListenerTest, Http10ClosesUnlessAskedNotTo) {
  start();
  EXPECT_NE(exchange("GET / HTTP/1.0\r\n\r\n").find("connection: close"), std::string::npos);
  RawClient client(listener->port());
  client.send("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
  EXPECT_NE(client.read_until("loopback\n").find("connection: keep-alive"), std::string::npos);
  client.send("GET /two HTTP/1.0\r\n\r\n");
  EXPECT_NE(client.read_all().find("/two"), std::string::npos);
}

TEST_F(ListenerTest, AnExceptionIsA500ThatTellsNothing) {
  start();
  const std::string answer = exchange("GET /throw HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
  EXPECT_TRUE(answer.starts_with("HTTP/1.1 500 ")) << answer;
  EXPECT_NE(answer.find("application/json"), std::string::npos);
  EXPECT_EQ(answer.find("secret detail"), std::string::npos);
}

TEST_F(ListenerTest, AHeaderValueCannotStartAnotherHeader) {
  start();
  const std::string answer = exchange("GET /split HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
  EXPECT_EQ(answer.find("set-cookie"), std::string::npos) << answer;
}

TEST_F(ListenerTest, RefusesOversizedHeadersAndBodies) {
  start({.max_header_bytes = 2048, .max_body_bytes = 1000});
  const std::string huge(5000, 'a');
  EXPECT_TRUE(
      exchange(text::cat("GET / HTTP/1.1\r\nHost: localhost\r\nX: ", huge, "\r\n\r\n")).starts_with("HTTP/1.1 431 "));
  EXPECT_TRUE(exchange(text::cat("GET /", huge, " HTTP/1.1\r\nHost: localhost\r\n\r\n")).starts_with("HTTP/1.1 431 "));
  EXPECT_TRUE(
      exchange("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1001\r\n\r\n").starts_with("HTTP/1.1 413 "));
  EXPECT_TRUE(exchange(text::cat("POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n1388\r\n",
                                 huge, "\r\n0\r\n\r\n"))
                  .starts_with("HTTP/1.1 413 "));
  EXPECT_TRUE(exchange("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5000\r\nExpect: 100-continue\r\n\r\n")
                  .starts_with("HTTP/1.1 413 "));
}

TEST_F(ListenerTest, AnEndlessChunkExtensionIsCutOff) {
  start({.max_header_bytes = 2048});
  RawClient client(listener->port());
  client.send("POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n3;");
  for (int i = 0; i < 20; ++i) client.send(std::string(4096, 'e'));
  const std::string answer = client.read_all();
  EXPECT_TRUE(answer.starts_with("HTTP/1.1 4")) << answer;
}

TEST_F(ListenerTest, TheAnswerToARefusedUploadArrivesWhileTheClientStillSends) {
  start({.max_body_bytes = 1000});
  RawClient client(listener->port());
  client.send("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3000000\r\n\r\n");
  client.send(std::string(3'000'000, 'x'));
  EXPECT_TRUE(client.read_all().starts_with("HTTP/1.1 413 "));
}

TEST_F(ListenerTest, RefusesMalformedRequests) {
  start();
  for (const std::string_view bytes :
       {"\x16\x03\x01 TLS hello\r\n\r\n", "GET\r\n\r\n", "GET / HTTP/1.1\r\n\r\n",
        "GET / HTTP/2.0\r\nHost: localhost\r\n\r\n", "GET / HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: localhost\r\nbad header\r\n\r\n", "GET nowhere HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
        "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"}) {
    const std::string answer = exchange(bytes);
    EXPECT_TRUE(answer.starts_with("HTTP/1.1 400 ")) << bytes << "\n-> " << answer;
  }
}

TEST_F(ListenerTest, RefusesHostNamesThatAreNotItsOwn) {
  start({.allowed_hosts = {"pome.example"}});
  const auto status = [&](std::string_view host) {
    return exchange(text::cat("GET / HTTP/1.1\r\nHost: ", host, "\r\nConnection: close\r\n\r\n")).substr(9, 3);
  };
  for (const auto* host : {"localhost", "LOCALHOST:1", "127.0.0.1", "127.0.0.1:7663", "127.0.0.2", "[::1]:80",
                           "pome.example", "Pome.Example.:443"}) {
    EXPECT_EQ(status(host), "200") << host;
  }
  for (const auto* host : {"evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "192.168.0.7",
                           "127.0.0.1:80@evil", "", "[::1", "localhost:abc"}) {
    EXPECT_EQ(status(host), "421") << host;
  }
  EXPECT_TRUE(exchange("GET http://evil.example/ HTTP/1.1\r\nHost: localhost\r\n\r\n").starts_with("HTTP/1.1 421 "));
  EXPECT_TRUE(exchange("GET http://localhost/x HTTP/1.1\r\nHost: evil\r\nConnection: close\r\n\r\n")
                  .starts_with("HTTP/1.1 200 "));
}

TEST_F(ListenerTest, SlowHeadersAndStalledBodiesRunOutOfTime) {
  start({.head_timeout = milliseconds(150), .stall_timeout = milliseconds(150), .idle_timeout = milliseconds(150)});
  EXPECT_TRUE(exchange("GET / HTTP/1.1\r\nHost: loc").starts_with("HTTP/1.1 408 "));
  EXPECT_TRUE(
      exchange("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\nabc").starts_with("HTTP/1.1 408 "));
  EXPECT_EQ(exchange(""), "");
}

TEST_F(ListenerTest, ABodyThatTricklesInRunsOutOfTimeAsAWhole) {
  start({.stall_timeout = milliseconds(400), .body_timeout = milliseconds(600)});
  RawClient client(listener->port());
  client.send("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n");
  for (int i = 0; i < 12; ++i) {
    std::this_thread::sleep_for(milliseconds(100));
    client.send("x");
  }
  EXPECT_TRUE(client.read_all().starts_with("HTTP/1.1 408 "));
}

TEST_F(ListenerTest, AnAnswerThatIsReadSlowlyArrivesWhole) {
  start({.stall_timeout = milliseconds(900)});
  RawClient client(listener->port());
  client.receive_buffer(16 * 1024);
  client.send("GET /huge HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
  std::size_t bytes = 0;
  const auto begin = std::chrono::steady_clock::now();
  for (std::string part = client.read_some(); !part.empty(); part = client.read_some()) {
    const bool reading_slowly = bytes / kHugeStep != (bytes + part.size()) / kHugeStep;
    bytes += part.size();
    if (reading_slowly) std::this_thread::sleep_for(milliseconds(200));
  }
  EXPECT_GT(bytes, kHuge);
  EXPECT_GT(std::chrono::steady_clock::now() - begin, milliseconds(1000)) << "longer than one stall";
}

TEST_F(ListenerTest, PagesOfOtherOriginsCanReadItsRefusals) {
  start({.max_body_bytes = 10});
  constexpr std::string_view kOrigin = "Origin: https://play.example\r\n";
  for (const auto& [status, request] : std::vector<std::pair<std::string, std::string>>{
           {"413", text::cat("POST / HTTP/1.1\r\nHost: localhost\r\n", kOrigin, "Content-Length: 11\r\n\r\n")},
           {"500", text::cat("GET /throw HTTP/1.1\r\nHost: localhost\r\n", kOrigin, "Connection: close\r\n\r\n")},
           {"400", text::cat("GET / HTTP/1.1\r\nHost: localhost\r\n", kOrigin, "bad header\r\n\r\n")}}) {
    const std::string answer = exchange(request);
    EXPECT_EQ(answer.substr(9, 3), status);
    EXPECT_NE(answer.find("\r\naccess-control-allow-origin: *\r\n"), std::string::npos) << answer;
  }
  const std::string local = exchange("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 11\r\n\r\n");
  EXPECT_EQ(local.find("access-control"), std::string::npos) << local;
}

TEST_F(ListenerTest, BeyondTheConnectionLimitItSaysSo) {
  start({.max_connections = 2});
  RawClient first(listener->port()), second(listener->port());
  first.send("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
  second.send("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
  first.read_until("loopback\n");
  second.read_until("loopback\n");
  RawClient third(listener->port());
  const std::string refused = third.read_all();
  EXPECT_TRUE(refused.starts_with("HTTP/1.1 503 ")) << refused;
  EXPECT_NE(refused.find("\r\nretry-after: "), std::string::npos) << refused;
}

TEST_F(ListenerTest, StopFinishesTheRequestUnderWayAndClosesIdleConnections) {
  start({.threads = 2});
  RawClient idle(listener->port()), busy(listener->port());
  idle.send("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
  idle.read_until("loopback\n");
  busy.send("GET /slow HTTP/1.1\r\nHost: localhost\r\n\r\n");
  std::this_thread::sleep_for(milliseconds(50));
  const auto started = std::chrono::steady_clock::now();
  listener->stop();
  EXPECT_LT(std::chrono::steady_clock::now() - started, milliseconds(3000));
  EXPECT_NE(busy.read_all().find("GET /slow"), std::string::npos);
  EXPECT_EQ(idle.read_all(), "");
  EXPECT_FALSE(RawClient(listener->port()).connected());
}

TEST_F(ListenerTest, ATakenPortIsNamed) {
  start();
  const auto second = Listener::start({.port = listener->port()}, describe);
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, "port-taken");
  EXPECT_NE(second.error().message.find(std::to_string(listener->port())), std::string::npos);
}

TEST_F(ListenerTest, AnUnknownBindHostIsAnError) {
  const auto result = Listener::start({.host = "no such host"}, describe);
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, "bad-host");
}

TEST_F(ListenerTest, ManyConnectionsOnTwoThreads) {
  start({.threads = 2});
  std::atomic<int> good{0};
  std::vector<std::thread> clients;
  for (int c = 0; c < 8; ++c) {
    clients.emplace_back([&] {
      RawClient client(listener->port());
      for (int i = 0; i < 100; ++i) {
        client.send(text::cat("GET /", i, " HTTP/1.1\r\nHost: localhost\r\n\r\n"));
        if (client.read_until("loopback\n").find(text::cat("GET /", i, "? ")) != std::string::npos) ++good;
      }
    });
  }
  for (std::thread& client : clients) client.join();
  EXPECT_EQ(good, 800);
}

}  // namespace
}  // namespace pome::server
