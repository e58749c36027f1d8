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

void write_status(JsonWriter& out, const World&, const CommitStatus& row) {
  out.field("id", row.id).field("sha", row.commit.hex());
  out.field("state", status_state_name(row.state)).field("context", row.context);
}

void write_check_run(JsonWriter& out, const World&, const CheckRun& row) {
  out.field("id", row.id).field("head_sha", row.commit.hex()).field("name", row.name);
  out.field("status", check_status_name(row.status));
  out.field("conclusion", row.conclusion ? std::optional(check_conclusion_name(*row.conclusion)) : std::nullopt);
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

}  // namespace pome::twin::github::model
