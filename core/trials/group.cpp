#include "core/trials/group.h"

#include <utility>

#include "core/base/text.h"
#include "core/trials/json_reads.h"

namespace pome::trials {
namespace {

constexpr std::int64_t kVersion = 1;
constexpr std::size_t kMostTrials = 1000;

}  // namespace

void write_group(JsonWriter& json, const Group& group) {
  json.begin_object().field("version", kVersion).field("group_id", group.id).field("scenario", group.scenario);
  json.field("title", group.title).field("scenario_file", group.scenario_file);
  json.field("scenario_hash", group.scenario_hash).field("mode", group.mode);
  json.key("agent").begin_object().field("command", group.agent_command).field("source", group.agent_source);
  json.field("model", group.agent_model).end_object();
  json.key("trials").begin_array();
  for (const Trial& trial : group.trials) write_trial(json, trial);
  json.end_array().key("stats");
  write_stats(json, summarize(group.trials));
  json.end_object();
}

std::string group_json(const Group& group) {
  std::string out;
  JsonWriter json(out, 2);
  write_group(json, group);
  return out + "\n";
}

Result<Group> read_group(std::string_view text) {
  const auto bad = [](std::string message) { return fail("bad-group", std::move(message)); };
  auto document = json::parse(text);
  if (!document) return bad(document.error().message);
  const Json& trials = json::at(*document, "trials");
  if (!json::string_at(*document, "group_id") || !trials.is_array()) return bad("it is not a group of trials");
  if (const auto version = json::integer_at(*document, "version"); version != kVersion) {
    return bad(text::cat("its version is ", version ? text::cat(*version) : "missing",
                         ", and this build reads version ", kVersion));
  }
  if (trials.size() > kMostTrials) return bad(text::cat("it has more than ", kMostTrials, " trials"));
  Group group;
  group.id = string_or_empty(*document, "group_id");
  group.scenario = string_or_empty(*document, "scenario");
  group.title = string_or_empty(*document, "title");
  group.scenario_file = string_or_empty(*document, "scenario_file");
  group.scenario_hash = string_or_empty(*document, "scenario_hash");
  group.mode = string_or_empty(*document, "mode");
  const Json& agent = json::at(*document, "agent");
  group.agent_command = string_or_empty(agent, "command");
  group.agent_source = string_or_empty(agent, "source");
  group.agent_model = string_or_empty(agent, "model");
  for (std::size_t i = 0; i < trials.size(); ++i) {
    auto trial = read_trial(trials[i]);
    if (!trial) return bad(text::cat("/trials/", i, ": ", trial.error().message));
    group.trials.push_back(std::move(trial).value());
  }
  return group;
}

}  // namespace pome::trials
