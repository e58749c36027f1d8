#include <algorithm>
#include <chrono>
#include <utility>

#include "core/base/json.h"
#include "core/base/json_writer.h"
#include "core/base/text.h"
#include "tools/cli/twin_host.h"

namespace pome::cli {
namespace {

constexpr std::chrono::milliseconds kCountEvery{1000};

class Hosted final : public TwinHost {
 public:
  Hosted(HttpClient& http, Environment& environment, std::string api_url, std::string api_key)
      : environment_(environment), client_(http, std::move(api_url), std::move(api_key)) {}

  std::string_view mode() const override { return "hosted"; }

  Result<void> open(const ScenarioInput& input, std::int64_t life_seconds) override {
    NewSession wanted;
    wanted.twins = input.scenario.config.twins;
    wanted.scenario_markdown = input.markdown;
    wanted.seed_json = seed_ = input.scenario.seed.json;
    wanted.idempotency_key = make_uuid(environment_);
    wanted.life_seconds = life_seconds;
    POME_TRY(session_, client_.create_session(wanted));
    run_id_ = session_.id;
    rest_url_ = session_.twin_url;
    auth_token_ = session_.agent_token;
    github_token_ = session_.github_token;
    return {};
  }

  Result<std::string> initial_state() override {
    POME_TRY(auto state, client_.state(session_));
    const bool ignored = session_.reports_seed ? !session_.seeded : !state_has_seed(state, seed_);
    if (!seed_.empty() && ignored) {
      notes_.push_back("This control plane ignored the scenario's seed: the run starts from the twin's default world.");
    }
    return state;
  }

  Result<std::optional<std::string>> reset() override {
    const auto done = client_.reset(session_.id);
    if (done) return std::optional<std::string>();
    if (done.error().code != "not-found") return done.error();
    POME_TRY(const auto tape, client_.events(session_));
    const auto rows = json::parse(tape);
    if (!rows || rows->empty()) return std::optional<std::string>();
    return std::optional<std::string>(text::cat("This control plane cannot reset a session: the ", rows->size(),
                                                " calls of the agent's preflight stay part of the run."));
  }

  Result<std::string> final_state() override { return client_.state(session_); }
  Result<std::string> events() override { return client_.events(session_); }

  std::optional<std::uint64_t> calls() override {
    const auto now = std::chrono::steady_clock::now();
    if (now - counted_at_ >= kCountEvery) {
      counted_at_ = now;
      if (const auto count = client_.call_count(session_)) count_ = count;
    }
    return count_;
  }

  Result<Kept> keep(const FinishedRun& run) override {
    Kept kept;
    const StoredDocuments stored =
        client_.upload(session_.id, run.events_ndjson, run.state_initial, run.state_final, kept.notes);
    std::string body = run.result_json;
    const std::pair<std::string_view, const std::string*> keys[] = {
        {"trace_storage_key", &stored.events_key},
        {"state_initial_storage_key", &stored.state_initial_key},
        {"state_final_storage_key", &stored.state_final_key}};
    for (const auto& [name, key] : keys) {
      if (key->empty()) continue;
      text::append(body, ",\"");
      text::append(body, name);
      text::append(body, "\":");
      append_json_string(body, *key);
    }
    body += '}';
    POME_TRY(const StoredRun run_row, client_.post_result(session_.id, body));
    kept.dashboard_url = run_row.dashboard_url;
    if (run_row.mismatch) {
      kept.notes.push_back("The control plane's own score differs from this one; the run's page shows both.");
    }
    return kept;
  }

  Result<void> close() override {
    if (session_.id.empty()) return {};
    const std::string id = std::exchange(session_.id, {});
    return client_.delete_session(id);
  }

 private:
  Environment& environment_;
  ControlClient client_;
  HostedSession session_;
  std::string seed_;
  std::optional<std::uint64_t> count_;
  std::chrono::steady_clock::time_point counted_at_;
};

bool has_named(const Json& list, std::string_view member, std::string_view name) {
  return list.is_array() && std::any_of(list.begin(), list.end(), [&](const Json& item) {
           const auto value = json::string_at(item, member);
           return value && text::equals_ignore_case(*value, name);
         });
}

/// Whether `wanted` (a list in the seed) is covered by `found` (the same list in the state), by the named member.
bool covers(const Json& found, const Json& wanted, std::string_view member) {
  if (!wanted.is_array()) return true;
  return std::all_of(wanted.begin(), wanted.end(), [&](const Json& item) {
    const auto name = json::string_at(item, member);
    return !name || has_named(found, member, *name);
  });
}

}  // namespace

std::unique_ptr<TwinHost> make_hosted(HttpClient& http, Environment& environment, std::string api_url,
                                      std::string api_key) {
  return std::make_unique<Hosted>(http, environment, std::move(api_url), std::move(api_key));
}

bool state_has_seed(std::string_view state_json, std::string_view seed_json) {
  if (text::trim(seed_json).empty()) return true;
  const auto state = json::parse(state_json);
  const auto seed = json::parse(seed_json);
  if (!state || !seed) return false;
  const Json& nested = json::at(*seed, "github");
  const Json& wanted = json::at(nested.is_object() ? nested : *seed, "repositories");
  if (!wanted.is_array()) return true;
  return std::all_of(wanted.begin(), wanted.end(), [&](const Json& repository) {
    const std::string full_name = text::cat(json::string_at(repository, "owner").value_or(""), "/",
                                            json::string_at(repository, "name").value_or(""));
    const Json& repositories = json::at(*state, "repositories");
    if (!has_named(repositories, "full_name", full_name)) return false;
    const auto list_of = [&](const char* name) -> Json {
      // Lists stand inside their repository, or at the top with a "repo" member.
      for (const Json& found : repositories) {
        const auto found_name = json::string_at(found, "full_name");
        if (found_name && text::equals_ignore_case(*found_name, full_name) && found.contains(name))
          return found.at(name);
      }
      Json mine = Json::array();
      for (const Json& item : json::at(*state, name)) {
        const auto owner = json::string_at(item, "repo");
        if (!owner || text::equals_ignore_case(*owner, full_name)) mine.push_back(item);
      }
      return mine;
    };
    return covers(list_of("labels"), json::at(repository, "labels"), "name") &&
           covers(list_of("issues"), json::at(repository, "issues"), "title");
  });
}

}  // namespace pome::cli
