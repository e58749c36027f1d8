// Times the core's hot paths and prints {"name": microseconds} (median of batches). Built natively and for Node.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <functional>
#include <string>
#include <vector>

#include "core/eval/evaluate.h"
#include "core/scenario/scenario.h"
#include "core/twin/session/session.h"
#include "tests/support/data.h"

namespace pome {
namespace {

double median_micros(int batch, const std::function<void()>& work) {
  using Clock = std::chrono::steady_clock;
  std::vector<double> times;
  for (int round = 0; round < 21; ++round) {
    const auto began = Clock::now();
    for (int i = 0; i < batch; ++i) work();
    const std::chrono::duration<double, std::micro> spent = Clock::now() - began;
    if (round > 0) times.push_back(spent.count() / batch);
  }
  std::sort(times.begin(), times.end());
  return times[times.size() / 2];
}

class BenchEnvironment : public Environment {
 public:
  std::int64_t now_millis() override { return 1767225600000; }
  std::int64_t monotonic_micros() override { return 0; }
  std::string random_bytes(std::size_t count) override { return std::string(count, 'r'); }
};

class Bench {
 public:
  Bench() {
    twin::SessionConfig config;
    config.id = "bench";
    config.mount = "/s/bench";
    config.base_url = "http://localhost/s/bench";
    config.auth_secret = std::string(32, 's');
    config.max_tape_rows = 1000;
    auto opened = twin::Session::open(config, "", environment_);
    if (!opened) std::exit(1);
    session_ = std::move(opened).value();
    token_ = session_->mint_token("pome-agent", 4102444799);
  }

  http::Response call(std::string method, std::string path, std::string body = {}) {
    http::Request request{std::move(method), "/s/bench" + std::move(path), "", {}, std::move(body)};
    request.headers.add("authorization", "Bearer " + token_);
    return session_->handle(std::move(request));
  }

  twin::Session& session() { return *session_; }

 private:
  BenchEnvironment environment_;
  std::unique_ptr<twin::Session> session_;
  std::string token_;
};

int run() {
  Bench bench;
  const std::string markdown = test::read_file("scenarios/01-bug-happy-path.md");
  const std::string initial = bench.session().initial_state();
  bench.call("POST", "/repos/acme/api/issues/1/labels", R"({"labels":["bug"]})");
  bench.call("POST", "/repos/acme/api/issues/1/assignees", R"({"assignees":["alice"]})");
  bench.call("POST", "/repos/acme/api/issues/1/comments", R"({"body":"On it."})");
  const std::string final = bench.session().state();
  const std::string events = bench.session().events();
  const double evaluate = median_micros(20, [&] {
    const auto parsed = scenario::parse({markdown, "scenarios/01-bug-happy-path.md"});
    const auto report = eval::evaluate(parsed.scenario, {initial, final, events});
    if (!report || eval::to_json(*report).empty()) std::exit(1);
  });
  const double issue = median_micros(200, [&] { bench.call("GET", "/repos/acme/api/issues/1"); });
  std::printf("{\"parse + evaluate scenario 01\": %.3f, \"GET issue through the session\": %.3f}\n", evaluate, issue);
  return 0;
}

}  // namespace
}  // namespace pome

int main() { return pome::run(); }
