// Measures the core's hot paths and prints {"micros": {name: median of batches}, "bytes": {name: live memory}}.
// Built natively and for Node.
#include <malloc.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <deque>
#include <functional>
#include <new>
#include <string>
#include <vector>

#include "core/base/json.h"
#include "core/eval/evaluate.h"
#include "core/scenario/scenario.h"
#include "core/twin/session/session.h"
#include "tests/support/data.h"

namespace {

std::size_t live_bytes = 0;

}  // namespace

void* operator new(std::size_t size) {
  void* memory = std::malloc(size);
  if (!memory) throw std::bad_alloc();
  live_bytes += malloc_usable_size(memory);
  return memory;
}

void operator delete(void* memory) noexcept {
  live_bytes -= malloc_usable_size(memory);
  std::free(memory);
}

void operator delete(void* memory, std::size_t) noexcept { operator delete(memory); }

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
  /// A session of the world `seed` describes, or of the default one when it is empty.
  explicit Bench(std::string_view seed = {}) {
    twin::SessionConfig config;
    config.id = "bench";
    config.mount = "/s/bench";
    config.base_url = "http://localhost/s/bench";
    config.auth_secret = std::string(32, 's');
    config.max_tape_rows = 1000;
    auto opened = twin::Session::open(config, seed, environment_);
    if (!opened) std::exit(1);
    session_ = std::move(opened).value();
    token_ = session_->mint_token("pome-agent", 4102444799);
  }

  http::Response call(std::string method, const std::string& target, std::string body = {}) {
    const std::size_t question = target.find('?');
    http::Request request{std::move(method),
                          "/s/bench" + target.substr(0, question),
                          question == std::string::npos ? "" : target.substr(question + 1),
                          {},
                          std::move(body)};
    request.headers.add("authorization", "Bearer " + token_);
    return session_->handle(std::move(request));
  }

  twin::Session& session() { return *session_; }

 private:
  BenchEnvironment environment_;
  std::unique_ptr<twin::Session> session_;
  std::string token_;
};

/// A repository with `issues` issues in three labels and `files` files on its one branch.
std::string large_seed(int issues, int files) {
  std::string seed =
      R"({"users":[{"login":"pome-agent"}],"repositories":[{"owner":"acme","name":"large","default_branch":"main",)"
      R"("collaborators":[{"login":"pome-agent","permission":"admin"}],)"
      R"("labels":[{"name":"bug"},{"name":"docs"},{"name":"later"},{"name":"seen"}],"issues":[)";
  const char* const labels[] = {"bug", "docs", "later"};
  for (int i = 1; i <= issues; ++i) {
    seed += (i > 1 ? "," : "") + (R"({"number":)" + std::to_string(i)) + R"(,"title":"Crash number )" +
            std::to_string(i) + R"( in the parser","body":"It stops at line )" + std::to_string(i * 7) +
            R"( of the input.","labels":[")" + labels[i % 3] + R"("]})";
  }
  seed += R"(],"files":[)";
  for (int i = 0; i < files; ++i) {
    const std::string number = std::to_string(i);
    seed += (i > 0 ? "," : "") + (R"({"path":"src/part)" + std::to_string(i % 20) + "/file" + number) +
            R"(.txt","content":"one )" + number + R"(\ntwo\nthree\n"})";
  }
  return seed + "]}]}";
}

struct Measured {
  std::string name;
  double value;  // microseconds or bytes
};

void expect(const http::Response& answer, int status) {
  if (answer.status == status) return;
  std::fprintf(stderr, "expected %d, got %d: %s\n", status, answer.status, answer.body.substr(0, 300).c_str());
  std::exit(1);
}

/// Commits 50 changed files to `branch`, started from main.
void change_files(Bench& bench, const std::string& branch, int first) {
  const std::string base = "/repos/acme/large/git";
  const std::string head = Json::parse(bench.call("GET", base + "/ref/heads/main").body)["object"]["sha"];
  Json tree = {{"base_tree", head}, {"tree", Json::array()}};
  for (int i = first; i < first + 50; ++i) {
    const std::string path = "src/part" + std::to_string(i % 20) + "/file" + std::to_string(i) + ".txt";
    tree["tree"].push_back(
        {{"path", path}, {"mode", "100644"}, {"type", "blob"}, {"content", "changed\ntwo\nthree\n"}});
  }
  const auto made = bench.call("POST", base + "/trees", tree.dump());
  expect(made, 201);
  const Json commit = {{"message", "Change"}, {"tree", Json::parse(made.body)["sha"]}, {"parents", {head}}};
  const auto committed = bench.call("POST", base + "/commits", commit.dump());
  expect(committed, 201);
  const Json ref = {{"ref", "refs/heads/" + branch}, {"sha", Json::parse(committed.body)["sha"]}};
  expect(bench.call("POST", base + "/refs", ref.dump()), 201);
}

/// Merges one branch into another, each with 50 changed files of 1,000: every round has branches of its own.
double merge_micros(Bench& bench) {
  std::vector<double> times;
  for (int round = 0; round < 11; ++round) {
    const std::string ours = "ours" + std::to_string(round);
    const std::string theirs = "theirs" + std::to_string(round);
    change_files(bench, ours, 0);
    change_files(bench, theirs, 500);
    const Json body = {{"base", ours}, {"head", theirs}};
    const auto began = std::chrono::steady_clock::now();
    const auto answer = bench.call("POST", "/repos/acme/large/merges", body.dump());
    const std::chrono::duration<double, std::micro> spent = std::chrono::steady_clock::now() - began;
    expect(answer, 201);
    times.push_back(spent.count());
  }
  std::sort(times.begin(), times.end());
  return times[times.size() / 2];
}

/// Fifty lines about a large world: labels, states, comments, calls, counts over all issues, and what else changed.
scenario::Scenario fifty_criteria() {
  std::string markdown = "# Bench\n\n## Prompt\n\nWork.\n\n## Success Criteria\n\n";
  for (int i = 1; i <= 15; ++i) {
    const std::string issue = "- [D] Issue #" + std::to_string(i * 37) + " in `acme/large` ";
    markdown +=
        issue + "does not have the `wontfix` label applied\n" + issue + "is in state open\n" + issue + "is unchanged\n";
  }
  markdown +=
      "- [D] Every open issue in `acme/large` is in state open\n- [D] No other issue was changed in `acme/large`\n"
      "- [D] No new labels were created in `acme/large`\n- [D] `issues/create-comment` was called at least once\n"
      "- [D] Nothing changed except the comments of issue #1 in `acme/large`\n";
  return scenario::parse({markdown, "bench.md"}).scenario;
}

std::vector<Measured> criteria_over_large_world(Bench& bench) {
  const std::string initial = bench.session().initial_state();
  expect(bench.call("POST", "/repos/acme/large/issues/1/comments", R"({"body":"On it."})"), 201);
  const std::string final = bench.session().state();
  const std::string events = bench.session().events();
  const scenario::Scenario scenario = fifty_criteria();
  const eval::Evidence evidence = {initial, final, events};
  const double load = median_micros(1, [&] {
    if (!eval::LoadedRun::load(evidence)) std::exit(1);
  });
  const auto run = eval::LoadedRun::load(evidence);
  if (!run || scenario.criteria.size() != 50) std::exit(1);
  const double grade = median_micros(3, [&] {
    if (eval::evaluate(scenario, *run).results.size() != 50) std::exit(1);
  });
  return {{"load both states of 1,000 issues (" + std::to_string(final.size() / 1024) + " KB)", load},
          {"50 criteria over them", grade}};
}

std::vector<Measured> large_world() {
  Bench bench(large_seed(1000, 1000));
  const std::string repo = "/repos/acme/large";
  const auto timed = [&](const char* name, int batch, const std::string& method, const std::string& path,
                         const std::string& body) {
    expect(bench.call(method, path, body), 200);
    return Measured{name, median_micros(batch, [&] { bench.call(method, path, body); })};
  };
  std::vector<Measured> rows;
  rows.push_back(timed("GET issue of 1,000", 200, "GET", repo + "/issues/500", ""));
  rows.push_back(timed("list 30 issues of 1,000", 20, "GET", repo + "/issues", ""));
  int calls = 0;  // each labels an issue with what it does not have yet
  rows.push_back({"POST label", median_micros(40, [&] {
                    const std::string path = repo + "/issues/" + std::to_string(++calls) + "/labels";
                    expect(bench.call("POST", path, R"({"labels":["seen"]})"), 200);
                  })});
  rows.push_back(timed("search over 1,000 issues", 5, "GET", "/search/issues?q=crash+repo:acme/large+label:bug", ""));
  rows.push_back({"state export of 1,000 issues", median_micros(1, [&] { bench.session().state(); })});
  for (Measured& row : criteria_over_large_world(bench)) rows.push_back(std::move(row));
  rows.push_back({"merge in a repository of 1,000 files", merge_micros(bench)});
  return rows;
}

std::vector<Measured> small_world() {
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
  return {{"parse + evaluate scenario 01", evaluate}, {"GET issue through the session", issue}};
}

std::vector<Measured> memory() {
  std::vector<Measured> rows;
  Bench bench;
  const std::size_t before = live_bytes;
  for (int i = 0; i < 1000; ++i) {
    expect(bench.call("POST", "/repos/acme/api/issues/1/comments", R"({"body":"On it."})"), 201);
  }
  rows.push_back({"growth by 1,000 mutations, their tape included", static_cast<double>(live_bytes - before)});
  std::deque<Bench> sessions;
  const std::size_t empty = live_bytes;
  for (int i = 0; i < 1000; ++i) sessions.emplace_back();
  rows.push_back({"one of 1,000 sessions of one seed", static_cast<double>(live_bytes - empty) / 1000});
  return rows;
}

void print(const char* name, const std::vector<Measured>& rows, const char* end) {
  std::printf("\"%s\": {", name);
  for (const Measured& row : rows)
    std::printf("%s\"%s\": %.3f", &row == rows.data() ? "" : ", ", row.name.c_str(), row.value);
  std::printf("}%s", end);
}

int run() {
  std::vector<Measured> micros = small_world();
  for (Measured& row : large_world()) micros.push_back(std::move(row));
  std::printf("{");
  print("micros", micros, ", ");
  print("bytes", memory(), "}\n");
  return 0;
}

}  // namespace
}  // namespace pome

int main() { return pome::run(); }
