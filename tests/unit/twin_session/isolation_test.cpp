#include <cstdlib>
#include <new>
#include <vector>

#include "tests/support/data.h"
#include "tests/unit/twin_session/support.h"

namespace {

std::size_t g_allocated = 0;  // bytes asked for so far

}  // namespace

// The forms for arrays come down to these. AddressSanitizer has a nothrow form of its own, which must match, too.
void* operator new(std::size_t size) {
  g_allocated += size;
  if (void* memory = std::malloc(size == 0 ? 1 : size)) return memory;
  std::abort();
}
void* operator new(std::size_t size, const std::nothrow_t&) noexcept { return operator new(size); }
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
void operator delete(void* memory, const std::nothrow_t&) noexcept { std::free(memory); }

namespace pome::twin {
namespace {

/// Sessions that share one seed.
struct Family {
  explicit Family(std::string_view json) : seed(*read_seed(json)) {}

  std::unique_ptr<Session> open(std::string id) {
    return Session::start(test_config(std::move(id)), seed, environment).value();
  }
  http::Response call(Session& session, std::string_view method, std::string path, std::string body = {}) {
    http::Request request{std::string(method), session.config().mount + std::move(path), {}, {}, std::move(body)};
    request.headers.add("authorization", "Bearer " + session.mint_token("alice", environment.seconds() + 3600));
    return session.handle(std::move(request));
  }

  SeedPtr seed;
  test::FakeEnvironment environment;
};

struct Write {
  std::string_view method;
  const char* path;
  const char* body;
};

/// One for each sort of row that a call can change, delete or make.
constexpr Write kWrites[] = {
    {"POST", "/repos/acme/shop/issues", R"({"title":"New","labels":["fresh"]})"},
    {"PATCH", "/repos/acme/shop/issues/2", R"({"state":"closed","labels":[]})"},
    {"POST", "/repos/acme/shop/issues/2/comments", R"({"body":"hi"})"},
    {"POST", "/repos/acme/shop/issues/2/reactions", R"({"content":"heart"})"},
    {"DELETE", "/repos/acme/shop/labels/bug", ""},
    {"PATCH", "/repos/acme/shop/milestones/1", R"({"title":"v2"})"},
    {"PUT", "/repos/acme/shop/contents/new.txt", R"({"message":"Add","content":"bmV3"})"},
    {"POST", "/repos/acme/shop/pulls/4/reviews", R"({"event":"COMMENT","body":"Hm"})"},
    {"PUT", "/repos/acme/shop/pulls/5/merge", "{}"},
    {"DELETE", "/repos/acme/shop/git/refs/heads/idle", ""},
    {"POST", "/repos/acme/shop/releases", R"({"tag_name":"v1"})"},
    {"PUT", "/user/starred/acme/shop", ""},
    {"POST", "/gists", R"({"files":{"a.txt":{"content":"a"}}})"},
    {"POST", "/repos/acme/shop/forks", "{}"},
    {"POST", "/user/repos", R"({"name":"mine"})"},
};

std::string seed_text() { return test::read_file("tests/data/twin/seed/pulls.json"); }

TEST(Isolation, SessionsOfOneSeedNeverSeeEachOther) {
  Family family(seed_text());
  const auto busy = family.open("busy");
  const auto quiet = family.open("quiet");
  const std::string seeded = quiet->state();
  for (const Write& write : kWrites) {
    const std::string before = busy->state();
    const http::Response answer = family.call(*busy, write.method, write.path, write.body);
    EXPECT_LT(answer.status, 300) << write.path << " " << answer.body;
    EXPECT_NE(busy->state(), before) << write.path;
    EXPECT_EQ(quiet->state(), seeded) << write.path;
  }
  EXPECT_EQ(busy->initial_state(), seeded);
  EXPECT_EQ(quiet->events(), "[]");
  EXPECT_EQ(quiet->calls(), 0u);
  EXPECT_EQ(family.open("late")->state(), seeded) << "a session that starts later starts from the seed";
}

TEST(Isolation, ASessionsAnswersDoNotDependOnItsSiblings) {
  Family family(seed_text());
  Family alone(seed_text());
  const auto sibling = family.open("other");
  const auto first = family.open("same");
  const auto second = alone.open("same");
  for (const Write& write : kWrites) {
    family.call(*sibling, write.method, write.path, write.body);
    const http::Response one = family.call(*first, write.method, write.path, write.body);
    const http::Response two = alone.call(*second, write.method, write.path, write.body);
    EXPECT_EQ(one.body, two.body) << write.path;
    EXPECT_EQ(one.headers, two.headers) << write.path;
  }
  EXPECT_EQ(first->state(), second->state());
}

TEST(Isolation, EachSessionHasItsOwnRateLimit) {
  Family family(R"({"rate_limit":{"remaining":1},"repositories":[{"owner":"acme","name":"api"}]})");
  const auto spent = family.open("spent");
  const auto fresh = family.open("fresh");
  EXPECT_EQ(family.call(*spent, "GET", "/user").status, 200);
  EXPECT_EQ(family.call(*spent, "GET", "/user").status, 403);
  EXPECT_EQ(family.call(*fresh, "GET", "/user").status, 200);
}

TEST(Isolation, AThousandSessionsOfOneSeedAreSmallUntilTheyWrite) {
  constexpr std::size_t kSessions = 1000;
  Family family(seed_text());
  std::vector<std::unique_ptr<Session>> sessions;
  sessions.reserve(kSessions);
  const std::size_t before = g_allocated;
  for (std::size_t i = 0; i < kSessions; ++i) sessions.push_back(family.open(text::cat("ses_", i)));
  const std::size_t each = (g_allocated - before) / kSessions;
  EXPECT_LT(each, std::size_t{64} << 10);
  RecordProperty("bytes_each", static_cast<int>(each));
  const std::size_t alone = g_allocated;
  ASSERT_TRUE(read_seed(seed_text()));
  EXPECT_LT(each * 10, g_allocated - alone) << "reading the seed again would show here";
}

}  // namespace
}  // namespace pome::twin
