#include "core/twin/github/model/workflow.h"

#include <array>

#include "core/base/text.h"
#include "core/twin/github/model/row_writer.h"
#include "core/twin/github/model/store.h"
#include "core/twin/github/model/words.h"

namespace pome::twin::github::model {
namespace {

constexpr std::array<std::string_view, 5> kStates = {"active", "deleted", "disabled_fork", "disabled_inactivity",
                                                     "disabled_manually"};
constexpr std::array<std::string_view, 6> kStatuses = {"queued",  "in_progress", "completed",
                                                       "waiting", "requested",   "pending"};
constexpr std::array<std::string_view, 8> kConclusions = {"",          "success", "failure",   "neutral",
                                                          "cancelled", "skipped", "timed_out", "action_required"};

void write_workflow(JsonWriter& out, const World&, const Workflow& row) {
  out.field("id", row.id).field("name", row.name).field("path", row.path);
  out.field("state", workflow_state_name(row.state));
  list_field(out, "triggers", row.triggers);
  times(out, row.created_at, row.updated_at);
}

}  // namespace

const RowKind Workflow::kind = row_kind<&World::workflows, write_workflow>("workflow");

std::string_view workflow_state_name(WorkflowState state) { return word_of(kStates, state); }
std::string_view run_status_name(RunStatus status) { return word_of(kStatuses, status); }
std::optional<RunStatus> run_status_from(std::string_view word) { return enum_from<RunStatus>(kStatuses, word); }
std::string_view conclusion_name(Conclusion conclusion) { return word_of(kConclusions, conclusion); }

std::optional<Conclusion> conclusion_from(std::string_view word) {
  return word.empty() ? std::nullopt : enum_from<Conclusion>(kConclusions, word);
}

bool is_failed(Conclusion conclusion) {
  return conclusion == Conclusion::failure || conclusion == Conclusion::cancelled ||
         conclusion == Conclusion::timed_out;
}

std::string_view file_name(const Workflow& workflow) {
  const std::string_view path = workflow.path;
  const std::size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? path : path.substr(slash + 1);
}

WorkflowPtr find_workflow(const World& world, Id repo, Id id) { return world.workflows.get(NumberKey{repo, id}); }

WorkflowPtr find_workflow(const World& world, Id repo, std::string_view id_or_file) {
  if (const std::optional<Id> id = text::to_integer(id_or_file)) return find_workflow(world, repo, *id);
  for (const auto& entry : rows_of(world.workflows, repo)) {
    if (file_name(*entry.row) == id_or_file) return entry.row;
  }
  return nullptr;
}

void export_workflows(JsonWriter& out, const World& world, const Repository& repo) {
  export_rows(out, world, repo.id, world.workflows);
}

}  // namespace pome::twin::github::model
