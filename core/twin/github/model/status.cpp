#include "core/twin/github/model/status.h"

#include <algorithm>
#include <cstddef>

#include "core/base/text.h"
#include "core/twin/github/model/label_rules.h"
#include "core/twin/github/model/row_writer.h"
#include "core/twin/github/model/store.h"
#include "core/twin/github/model/words.h"

namespace pome::twin::github::model {
namespace {

constexpr std::array<std::string_view, 4> kStatusStates{"error", "failure", "pending", "success"};
constexpr std::ptrdiff_t kMaxReports = 1000;
constexpr std::size_t kMaxDescription = 140;

/// What the recorder and the state export write alike.
void write_report(JsonWriter& out, const CommitStatus& row) {
  out.field("sha", row.commit.hex()).field("state", status_state_name(row.state)).field("context", row.context);
}

void write_status(JsonWriter& out, const World&, const CommitStatus& row) {
  out.field("id", row.id);
  write_report(out, row);
}

Refused check_texts(const NewStatus& input) {
  if (input.description && code_points(*input.description) > kMaxDescription) {
    return invalid_because("Status", "description", "description is too long (maximum is 140 characters)");
  }
  const std::string_view url = input.target_url ? std::string_view(*input.target_url) : std::string_view();
  const bool is_web = text::starts_with_ignore_case(url, "http://") || text::starts_with_ignore_case(url, "https://");
  if (!url.empty() && !is_web) {
    return invalid_because("Status", "target_url", "target_url must use http(s) scheme");
  }
  return std::nullopt;
}

}  // namespace

const RowKind CommitStatus::kind = row_kind<&World::statuses, write_status>("commit_status");

std::string_view status_state_name(StatusState state) { return word_of(kStatusStates, state); }
std::optional<StatusState> status_state_from(std::string_view word) {
  return enum_from<StatusState>(kStatusStates, word);
}

std::vector<CommitStatusPtr> statuses_of(const World& world, Id repo, const git::ObjectId& commit) {
  std::vector<CommitStatusPtr> out;
  for (const auto& entry : rows_of(world.statuses, repo)) {
    if (entry.row->commit == commit) out.push_back(entry.row);
  }
  std::reverse(out.begin(), out.end());
  return out;
}

std::vector<CommitStatusPtr> latest_statuses(const World& world, Id repo, const git::ObjectId& commit) {
  std::vector<CommitStatusPtr> out;
  for (CommitStatusPtr& row : statuses_of(world, repo, commit)) {
    const bool superseded = std::any_of(out.begin(), out.end(),
                                        [&](const CommitStatusPtr& newer) { return newer->context == row->context; });
    if (!superseded) out.push_back(std::move(row));
  }
  return out;
}

StatusState combined_state(const std::vector<CommitStatusPtr>& latest) {
  bool pending = latest.empty();
  for (const CommitStatusPtr& row : latest) {
    if (row->state == StatusState::failure || row->state == StatusState::error) return StatusState::failure;
    if (row->state == StatusState::pending) pending = true;
  }
  return pending ? StatusState::pending : StatusState::success;
}

Ruling<CommitStatusPtr> create_status(Action& action, Id repo, std::string_view sha, const NewStatus& input) {
  World& world = action.world;
  const Role role = permission_of(world, repo, action.actor);
  if (role == Role::none) return not_found();
  if (role < Role::write) return forbidden();
  const auto commit = resolve_commit(world, repo, sha);
  if (!commit) return no_commit_for(sha);
  if (const Refused refused = check_texts(input)) return refused;
  const std::vector<CommitStatusPtr> present = statuses_of(world, repo, *commit);
  const auto reports = std::count_if(present.begin(), present.end(),
                                     [&](const CommitStatusPtr& row) { return row->context == input.context; });
  if (reports >= kMaxReports) {
    return invalid_because("Status", "", "This SHA and context has reached the maximum number of statuses.");
  }
  CommitStatus row;
  row.repo = repo;
  row.commit = *commit;
  row.state = input.state;
  row.context = input.context;
  row.description = input.description;
  row.target_url = input.target_url;
  row.created_at = row.updated_at = begin_mutation(action);
  row.creator = user_or_stranger(world, action.actor)->login;
  row.id = ++world.counters.status;
  return put(action, std::move(row));
}

void export_statuses(JsonWriter& out, const World& world, const Repository& repo) {
  for (const auto& entry : rows_of(world.statuses, repo.id)) {
    const CommitStatus& row = *entry.row;
    out.begin_object().field("id", row.id).field("repo_id", row.repo);
    write_report(out, row);
    out.field("description", row.description).field("target_url", row.target_url);
    times(out, row.created_at, row.updated_at);
    out.field("creator_login", row.creator).end_object();
  }
}

}  // namespace pome::twin::github::model
