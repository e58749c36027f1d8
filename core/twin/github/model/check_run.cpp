#include "core/twin/github/model/check_run.h"

#include <algorithm>
#include <utility>

#include "core/base/text.h"
#include "core/twin/github/model/app.h"
#include "core/twin/github/model/row_writer.h"
#include "core/twin/github/model/store.h"
#include "core/twin/github/model/words.h"

namespace pome::twin::github::model {
namespace {

constexpr std::array<std::string_view, 6> kCheckStatuses{"queued",  "in_progress", "completed",
                                                         "waiting", "requested",   "pending"};
constexpr std::array<std::string_view, 8> kConclusions{"success", "failure",   "neutral",         "cancelled",
                                                       "skipped", "timed_out", "action_required", "stale"};
constexpr std::size_t kMaxAnnotations = 50;
constexpr std::size_t kMaxActions = 3;

void write_check_run(JsonWriter& out, const World&, const CheckRun& row) {
  out.field("id", row.id).field("head_sha", row.commit.hex()).field("name", row.name);
  out.field("status", check_status_name(row.status));
  out.field("conclusion", row.conclusion ? std::optional(check_conclusion_name(*row.conclusion)) : std::nullopt);
}

void write_check_suite(JsonWriter& out, const World&, const CheckSuite& row) {
  out.field("id", row.id).field("head_sha", row.commit.hex()).field("app", row.app);
  out.field("head_branch", or_null(row.head_branch));
  times(out, row.created_at, row.updated_at);
}

/// The first branch that points at a commit; empty when none does.
std::string branch_at(const World& world, Id repo, const git::ObjectId& commit) {
  for (const RefPtr& ref : refs_of(world, repo, kHeads)) {
    if (ref->target == commit) return ref->name.substr(kHeads.size());
  }
  return {};
}

FieldError about(std::string_view field, std::string_view code, std::string message = {}) {
  return {"CheckRun", field, code, std::nullopt, std::move(message)};
}

Refused check_input(const CheckInput& input) {
  if (input.conclusion == CheckConclusion::stale) return invalid(about("conclusion", "invalid"));
  if (input.status == CheckStatus::completed && !input.conclusion) {
    return invalid(about("conclusion", "missing_field"));
  }
  if (input.name && text::trim(*input.name).empty()) return invalid(about("name", "missing_field"));
  if (input.actions && input.actions->size() > kMaxActions) {
    return invalid(about("actions", "custom", "Only 3 actions can be specified."));
  }
  if (input.output && input.output->annotations.size() > kMaxAnnotations) {
    return invalid(about("annotations", "custom", "Only 50 annotations can be specified per request."));
  }
  for (const CheckAnnotation& one : input.output ? input.output->annotations : std::vector<CheckAnnotation>()) {
    if (one.end_line < one.start_line) return invalid(about("end_line", "invalid"));
  }
  return std::nullopt;
}

void apply_output(CheckOutput& output, const CheckOutput& given) {
  if (given.title) output.title = given.title;
  output.summary = given.summary;
  if (given.text) output.text = given.text;
  output.annotations.insert(output.annotations.end(), given.annotations.begin(), given.annotations.end());
  output.images.insert(output.images.end(), given.images.begin(), given.images.end());
}

void apply(CheckRun& run, const CheckInput& input, Time now) {
  if (input.name) run.name = *input.name;
  if (input.details_url) run.details_url = input.details_url;
  if (input.external_id) run.external_id = input.external_id;
  if (input.started_at) run.started_at = input.started_at;
  if (input.status) run.status = *input.status;
  if (input.conclusion) {
    run.status = CheckStatus::completed;
    run.conclusion = input.conclusion;
  }
  if (run.status == CheckStatus::completed) {
    if (input.completed_at) run.completed_at = input.completed_at;
    if (!run.completed_at) run.completed_at = now;
  } else {
    run.conclusion.reset();
    run.completed_at.reset();
  }
  if (input.output) apply_output(run.output, *input.output);
  if (input.actions) run.actions = *input.actions;
}

void touch_suite(Action& action, const CheckSuitePtr& suite, Time now) {
  if (suite->updated_at == now) return;
  CheckSuite next = *suite;
  next.updated_at = now;
  put(action, std::move(next), Cause::followed);
}

Refused check_actor(const Action& action, Id repo) {
  const Role role = permission_of(action.world, repo, action.actor);
  if (role == Role::none) return not_found();
  if (role < Role::write) return forbidden();
  return std::nullopt;
}

/// From the conclusion that decides alone to the one that decides only when there is no other.
constexpr CheckConclusion kGravity[] = {
    CheckConclusion::failure, CheckConclusion::timed_out, CheckConclusion::action_required, CheckConclusion::cancelled,
    CheckConclusion::stale,   CheckConclusion::success,   CheckConclusion::neutral,         CheckConclusion::skipped,
};

}  // namespace

const RowKind CheckRun::kind = row_kind<&World::check_runs, write_check_run>("check_run");
const RowKind CheckSuite::kind = row_kind<&World::check_suites, write_check_suite>("check_suite");

std::string_view check_status_name(CheckStatus status) { return word_of(kCheckStatuses, status); }
std::optional<CheckStatus> check_status_from(std::string_view word) {
  return enum_from<CheckStatus>(kCheckStatuses, word);
}

std::string_view check_conclusion_name(CheckConclusion conclusion) { return word_of(kConclusions, conclusion); }
std::optional<CheckConclusion> check_conclusion_from(std::string_view word) {
  return enum_from<CheckConclusion>(kConclusions, word);
}

CheckRunPtr find_check_run(const World& world, Id repo, Id id) { return world.check_runs.get(NumberKey{repo, id}); }
CheckSuitePtr find_check_suite(const World& world, Id repo, Id id) {
  return world.check_suites.get(NumberKey{repo, id});
}

std::vector<CheckRunPtr> check_runs_on(const World& world, Id repo, const git::ObjectId& commit) {
  std::vector<CheckRunPtr> out;
  for (const auto& entry : rows_of(world.check_runs, repo)) {
    if (entry.row->commit == commit) out.push_back(entry.row);
  }
  std::reverse(out.begin(), out.end());
  return out;
}

std::vector<CheckRunPtr> check_runs_in(const World& world, const CheckSuite& suite) {
  std::vector<CheckRunPtr> out = check_runs_on(world, suite.repo, suite.commit);
  std::erase_if(out, [&](const CheckRunPtr& run) { return run->suite != suite.id; });
  return out;
}

std::vector<CheckSuitePtr> check_suites_on(const World& world, Id repo, const git::ObjectId& commit) {
  std::vector<CheckSuitePtr> out;
  for (const auto& entry : rows_of(world.check_suites, repo)) {
    if (entry.row->commit == commit) out.push_back(entry.row);
  }
  return out;
}

void keep_latest(std::vector<CheckRunPtr>& runs) {
  std::vector<CheckRunPtr> latest;
  for (CheckRunPtr& run : runs) {
    const bool superseded = std::any_of(latest.begin(), latest.end(), [&](const CheckRunPtr& newer) {
      return newer->suite == run->suite && newer->name == run->name;
    });
    if (!superseded) latest.push_back(std::move(run));
  }
  runs = std::move(latest);
}

SuiteVerdict verdict_of(const std::vector<CheckRunPtr>& latest) {
  SuiteVerdict verdict;
  if (latest.empty()) return verdict;
  for (const CheckRunPtr& run : latest) {
    if (run->status == CheckStatus::in_progress) return {CheckStatus::in_progress, std::nullopt};
  }
  const auto open = std::find_if(latest.begin(), latest.end(),
                                 [](const CheckRunPtr& run) { return run->status != CheckStatus::completed; });
  if (open != latest.end()) return {(*open)->status, std::nullopt};
  verdict.status = CheckStatus::completed;
  for (const CheckConclusion candidate : kGravity) {
    const bool reached =
        std::any_of(latest.begin(), latest.end(), [&](const CheckRunPtr& run) { return run->conclusion == candidate; });
    if (reached && !verdict.conclusion) verdict.conclusion = candidate;
  }
  return verdict;
}

CheckSuitePtr ensure_check_suite(Action& action, Id repo, const git::ObjectId& commit, std::string_view app, Time now) {
  for (const CheckSuitePtr& suite : check_suites_on(action.world, repo, commit)) {
    if (suite->app == app) return suite;
  }
  CheckSuite fresh;
  fresh.repo = repo;
  fresh.commit = commit;
  fresh.app = std::string(app);
  fresh.head_branch = branch_at(action.world, repo, commit);
  fresh.created_at = fresh.updated_at = now;
  fresh.id = ++action.world.counters.check_suite;
  return put(action, std::move(fresh), Cause::followed);
}

Ruling<CheckRunPtr> create_check_run(Action& action, Id repo, std::string_view sha, const CheckInput& input) {
  World& world = action.world;
  if (const Refused refused = check_actor(action, repo)) return refused;
  const auto commit = resolve_commit(world, repo, sha);
  if (!commit) return no_commit_for(sha);
  if (const Refused refused = check_input(input)) return refused;
  const Time now = begin_mutation(action);
  CheckRun run;
  run.repo = repo;
  run.commit = *commit;
  run.started_at = now;
  apply(run, input, now);
  const CheckSuitePtr suite = ensure_check_suite(action, repo, *commit, app_slug_of(action.actor), now);
  touch_suite(action, suite, now);
  run.suite = suite->id;
  run.id = ++world.counters.check_run;
  return put(action, std::move(run));
}

Ruling<CheckRunPtr> update_check_run(Action& action, Id repo, Id id, const CheckInput& input) {
  if (const Refused refused = check_actor(action, repo)) return refused;
  const CheckRunPtr current = find_check_run(action.world, repo, id);
  if (!current) return not_found();
  if (const Refused refused = check_input(input)) return refused;
  CheckRun next = *current;
  apply(next, input, action.world.now + 1);
  if (next == *current) return current;
  const Time now = begin_mutation(action);
  if (const CheckSuitePtr suite = find_check_suite(action.world, repo, next.suite)) touch_suite(action, suite, now);
  return put(action, std::move(next));
}

}  // namespace pome::twin::github::model
