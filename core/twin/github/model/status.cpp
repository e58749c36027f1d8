#include "core/twin/github/model/status.h"

#include "core/twin/github/model/row_writer.h"
#include "core/twin/github/model/store.h"
#include "core/twin/github/model/words.h"

namespace pome::twin::github::model {
namespace {

constexpr std::array<std::string_view, 4> kStatusStates{"error", "failure", "pending", "success"};
constexpr std::array<std::string_view, 3> kCheckStatuses{"queued", "in_progress", "completed"};
constexpr std::array<std::string_view, 8> kConclusions{"success", "failure",   "neutral",         "cancelled",
                                                       "skipped", "timed_out", "action_required", "stale"};

/// What the recorder and the state export write alike.
void write_report(JsonWriter& out, const CommitStatus& row) {
  out.field("sha", row.commit.hex()).field("state", status_state_name(row.state)).field("context", row.context);
}
void write_report(JsonWriter& out, const CheckRun& row) {
  out.field("head_sha", row.commit.hex()).field("name", row.name).field("status", check_status_name(row.status));
  out.field("conclusion", row.conclusion ? std::optional(check_conclusion_name(*row.conclusion)) : std::nullopt);
}

void write_status(JsonWriter& out, const World&, const CommitStatus& row) {
  out.field("id", row.id);
  write_report(out, row);
}

void write_check_run(JsonWriter& out, const World&, const CheckRun& row) {
  out.field("id", row.id);
  write_report(out, row);
}

}  // namespace

const RowKind CommitStatus::kind = row_kind<&World::statuses, write_status>("commit_status");
const RowKind CheckRun::kind = row_kind<&World::check_runs, write_check_run>("check_run");

std::string_view status_state_name(StatusState state) { return word_of(kStatusStates, state); }
std::optional<StatusState> status_state_from(std::string_view word) {
  return enum_from<StatusState>(kStatusStates, word);
}

std::string_view check_status_name(CheckStatus status) { return word_of(kCheckStatuses, status); }
std::optional<CheckStatus> check_status_from(std::string_view word) {
  return enum_from<CheckStatus>(kCheckStatuses, word);
}

std::string_view check_conclusion_name(CheckConclusion conclusion) { return word_of(kConclusions, conclusion); }
std::optional<CheckConclusion> check_conclusion_from(std::string_view word) {
  return enum_from<CheckConclusion>(kConclusions, word);
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

void export_check_runs(JsonWriter& out, const World& world, const Repository& repo) {
  for (const auto& entry : rows_of(world.check_runs, repo.id)) {
    const CheckRun& row = *entry.row;
    out.begin_object().field("id", row.id).field("repo_id", row.repo);
    write_report(out, row);
    out.field("details_url", row.details_url).field("external_id", row.external_id);
    out.field("output_title", row.output_title).field("output_summary", row.output_summary);
    time_field(out, "started_at", row.started_at);
    time_field(out, "completed_at", row.completed_at);
    out.end_object();
  }
}

}  // namespace pome::twin::github::model
