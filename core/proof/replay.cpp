#include "core/proof/replay.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "core/base/json.h"
#include "core/base/text.h"
#include "core/http/message.h"
#include "core/proof/placeholders.h"

namespace pome::proof {
namespace {

constexpr std::int64_t kStartMillis = 1'767'225'600'000;  // 2026-01-01T00:00:00Z, where the virtual clock starts, too
constexpr std::int64_t kTokenLifeSeconds = 1'000'000;
constexpr std::size_t kShownAnswer = 200;

/// One second passes with each look at the clock, so that no limit of calls in a minute is met by chance.
class ProofEnvironment final : public Environment {
 public:
  std::int64_t now_millis() override { return millis_ += 1000; }
  std::int64_t monotonic_micros() override { return 0; }
  std::string random_bytes(std::size_t count) override { return std::string(count, 'p'); }

 private:
  std::int64_t millis_ = kStartMillis;
};

std::vector<std::string> logins_in(const std::string& state) {
  std::vector<std::string> logins;
  const Result<Json> document = json::parse(state);
  if (!document) return logins;
  const Json& users = json::at(*document, "users");
  if (!users.is_array()) return logins;
  for (const Json& user : users) logins.emplace_back(json::string_at(user, "login").value_or(""));
  return logins;
}

/// One session and the calls made in it.
class Player {
 public:
  /// `refers`: whether some call has a placeholder, so that answers have to be read.
  Player(twin::Session& session, Played& played, bool refers)
      : session_(session), played_(played), logins_(logins_in(played.state_initial)), refers_(refers) {}

  /// Makes one call and notes its answer, which becomes the next number of placeholders. Fails when it cannot be made.
  Result<int> make(const Call& call) {
    Result<int> status = send(call);
    Result<Json> body = status && refers_ ? json::parse(last_body_) : Result<Json>(Json());
    answers_.push_back(body ? std::move(body).value() : Json());
    return status;
  }

  /// Makes a call whose answer nobody refers to.
  Result<int> send(const Call& call) {
    if (!call.as.empty() && std::find(logins_.begin(), logins_.end(), call.as) == logins_.end())
      return fail("bad-call", text::cat("there is no user `", call.as, "` in the seed"));
    POME_TRY(http::Request request, request_of(call));
    http::Response response = session_.handle(std::move(request));
    ++played_.calls;
    last_body_ = std::move(response.body);
    return response.status;
  }

  /// A call that is not made has a number all the same.
  void skip() { answers_.emplace_back(); }
  const std::string& last_body() const { return last_body_; }

 private:
  Result<http::Request> request_of(const Call& call) const {
    http::Request request;
    POME_TRY(const std::string target, fill_text(call.path, answers_));
    const std::size_t question = std::min(target.find('?'), target.size());
    request.method = call.method;
    request.path = session_.config().mount + target.substr(0, question);
    if (question < target.size()) request.query = target.substr(question + 1);
    const std::string_view login = call.as.empty() ? twin::kDefaultLogin : std::string_view(call.as);
    request.headers.set("authorization",
                        "Bearer " + session_.mint_token(login, kStartMillis / 1000 + kTokenLifeSeconds));
    if (call.body) {
      POME_TRY(request.body, fill_json(*call.body, answers_));
      request.headers.set("content-type", "application/json");
    }
    for (const auto& [name, value] : call.headers) {
      POME_TRY(const std::string filled, fill_text(value, answers_));
      request.headers.set(name, filled);
    }
    return request;
  }

  twin::Session& session_;
  Played& played_;
  std::vector<std::string> logins_;
  bool refers_;
  Answers answers_;
  std::string last_body_;
};

std::string call_name(std::size_t index, const Call& call) {
  return text::cat("call ", index + 1, " (", call.method, ' ', call.path, ')');
}

/// What is wrong with a call's answer, or nothing.
std::optional<Error> unexpected(std::size_t index, const Call& call, const Result<int>& status,
                                const std::string& body) {
  if (!status) return fail("bad-call", text::cat(call_name(index, call), ": ", status.error().message));
  const bool fine = call.expect ? *status == *call.expect : *status < 400;
  if (fine) return std::nullopt;
  const std::string wanted = call.expect ? text::cat(*call.expect) : std::string("a status below 400");
  return fail("bad-call", text::cat(call_name(index, call), " answered ", *status, ", expected ", wanted, ": ",
                                    text::truncate_utf8(body, kShownAnswer)));
}

void play(Player& player, const Solution& solution, const std::optional<Variation>& variation, Played& played) {
  for (std::size_t i = 0; i < solution.calls.size(); ++i) {
    const Call& call = solution.calls[i];
    if (variation && variation->left_out == i) {
      player.skip();
      continue;
    }
    const Result<int> status = player.make(call);
    if (!variation) {
      played.problem = unexpected(i, call, status, player.last_body());
      if (played.problem) return;
    } else if (status && variation->doubled == i) {
      const Result<int> again = player.send(call);
      static_cast<void>(again);  // whatever it answers: that is what the variation is about
    }
  }
}

}  // namespace

Played replay(const twin::SeedPtr& seed, const Solution& solution, const std::optional<Variation>& variation) {
  Played played;
  ProofEnvironment environment;
  twin::SessionConfig config;
  config.id = "proof";
  config.mount = "/s/proof";
  config.base_url = "http://127.0.0.1/s/proof";
  config.auth_secret = environment.random_bytes(32);
  auto started = twin::Session::start(std::move(config), seed, environment);
  if (!started) {
    played.problem = started.error();
    return played;
  }
  const std::unique_ptr<twin::Session> session = std::move(started).value();
  played.state_initial = session->initial_state();
  Player player(*session, played, text::contains(solution_json(solution), "{{"));
  play(player, solution, variation, played);
  played.state_final = session->state();
  played.events = session->events();
  return played;
}

}  // namespace pome::proof
