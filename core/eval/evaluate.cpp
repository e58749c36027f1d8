#include "core/eval/evaluate.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "core/base/json.h"
#include "core/base/text.h"
#include "core/criteria/criterion.h"
#include "core/eval/binding.h"
#include "core/eval/tape_reader.h"

namespace pome::eval {
namespace {

using criteria::Reads;
using criteria::Verdict;

/// The documents of a run, read once.
struct Documents {
  std::optional<Json> initial;
  std::optional<Json> final_state;
  std::optional<criteria::Tape> tape;

  criteria::World world() const {
    return {initial ? &*initial : nullptr, final_state ? &*final_state : nullptr, tape ? &*tape : nullptr};
  }
};

Result<void> read_state(std::string_view text, std::string_view name, std::optional<Json>& place) {
  if (text::trim(text).empty()) return {};
  Result<Json> state = json::parse(text);
  if (!state)
    return fail("bad-evidence", text::cat("the ", name, " state is not JSON: ", state.error().message),
                std::string(name));
  if (!state->is_object())
    return fail("bad-evidence", text::cat("the ", name, " state is not a JSON object"), std::string(name));
  place = std::move(state).value();
  return {};
}

Result<Documents> read(const Evidence& evidence) {
  Documents documents;
  POME_CHECK(read_state(evidence.state_initial, "initial", documents.initial));
  if (evidence.state_final == evidence.state_initial) {
    documents.final_state = documents.initial;
  } else {
    POME_CHECK(read_state(evidence.state_final, "final", documents.final_state));
  }
  if (!text::trim(evidence.events).empty()) {
    POME_TRY(documents.tape, read_tape(evidence.events));
  }
  return documents;
}

/// The repository a sentence without one means: the only one that was seeded.
std::optional<std::string> only_repo(const Documents& documents) {
  const Json* state = documents.initial       ? &*documents.initial
                      : documents.final_state ? &*documents.final_state
                                              : nullptr;
  if (state == nullptr) return std::nullopt;
  std::vector<std::string> names = criteria::repo_names(*state);
  if (names.size() != 1) return std::nullopt;
  return std::move(names.front());
}

std::string_view missing_substrate(Reads reads, const criteria::World& world) {
  if (reads == Reads::tape) return world.tape == nullptr ? "tape_missing" : "";
  if (world.final_state == nullptr) return "state_missing";
  return reads == Reads::initial_and_final && world.initial == nullptr ? "seed_missing" : "";
}

/// Positive `[code]` lines that hold before the run ask nothing of the agent.
bool holds_in_seed(const scenario::Criterion& criterion, const criteria::Binding& binding,
                   const criteria::World& world) {
  if (criterion.marker != scenario::Marker::code || criterion.always_scored || world.initial == nullptr) return false;
  if (binding.row->reads == Reads::tape || binding.row->polarity_of(binding.args) != criteria::Polarity::must)
    return false;
  const Verdict before = binding.row->evaluate(binding.args, {world.initial, world.initial, nullptr});
  return before.outcome() == Verdict::Outcome::passed;
}

void apply(const Verdict& verdict, CriterionResult& result) {
  result.outcome = verdict.outcome() == Verdict::Outcome::passed   ? Outcome::passed
                   : verdict.outcome() == Verdict::Outcome::failed ? Outcome::failed
                                                                   : Outcome::skipped;
  result.reason = verdict.reason();
  result.state_pointers = verdict.evidence().state_pointers();
  result.initial_pointers = verdict.evidence().initial_pointers();
  result.events = verdict.evidence().request_ids();
  result.calls_inspected = verdict.evidence().calls_inspected();
}

/// Grades the criteria of one scenario one after the other and counts.
class Grader {
 public:
  Grader(const scenario::Scenario& scenario, const Documents& documents)
      : documents_(documents), world_(documents.world()) {
    report_.scenario = scenario.slug;
    report_.title = scenario.title;
    report_.pass_threshold = scenario.config.pass_threshold;
  }

  void grade(const scenario::Criterion& criterion) {
    CriterionResult result;
    result.criterion = criterion;
    if (criterion.kind == scenario::CriterionKind::judged) {
      result.reason = "not graded: this line asks for a judge, and Pome only grades deterministic lines";
    } else {
      grade_deterministic(result);
    }
    if (result.outcome == Outcome::passed) ++report_.passed;
    if (result.outcome == Outcome::failed) ++report_.failed;
    if (result.outcome == Outcome::skipped) ++report_.skipped;
    report_.results.push_back(std::move(result));
  }

  Report finish(StopReason stop_reason) {
    report_.stop_reason = stop_reason;
    const std::size_t total = report_.passed + report_.failed;
    report_.evaluated = total > 0;
    report_.satisfaction = total == 0 ? 0 : static_cast<std::int64_t>((200 * report_.passed + total) / (2 * total));
    find_gaps();
    const bool gap = !report_.gaps.empty() && !grades_gaps_;
    report_.can_pass = report_.evaluated && !ungraded_ && !gap;
    report_.status = status(gap);
    return std::move(report_);
  }

 private:
  void grade_deterministic(CriterionResult& result) {
    std::variant<criteria::Binding, Unbound> bound = bind_criterion(result.criterion);
    if (const Unbound* unbound = std::get_if<Unbound>(&bound)) return leave_unbound(unbound->message, result);
    criteria::Binding& binding = *std::get_if<criteria::Binding>(&bound);
    result.check = std::string(binding.row->id);
    if (result.check == "github.no-unsupported-endpoint") grades_gaps_ = true;
    if (const std::string_view missing = missing_substrate(binding.row->reads, world_); !missing.empty()) {
      ungraded_ = true;
      result.reason = std::string(missing);
      return;
    }
    if (binding.needs_repo()) {
      std::optional<std::string> repo = only_repo(documents_);
      if (!repo) return leave_unbound("the sentence names no repository, and there is not exactly one", result);
      binding.args.repo = std::move(*repo);
    }
    if (holds_in_seed(result.criterion, binding, world_)) {
      ++report_.pre_satisfied;
      result.reason = "already_true_in_seed";
      return;
    }
    apply(binding.row->evaluate(binding.args, world_), result);
    ungraded_ = ungraded_ || result.outcome == Outcome::skipped;
  }

  void leave_unbound(std::string reason, CriterionResult& result) {
    ++report_.unbound;
    ungraded_ = true;
    result.reason = std::move(reason);
  }

  void find_gaps() {
    if (!documents_.tape) return;
    for (const criteria::Call& call : documents_.tape->calls) {
      if (call.unsupported) report_.gaps.push_back({call.request_id, call.method, call.path});
    }
  }

  Status status(bool gap) const {
    if (gap || !report_.evaluated) return Status::incomplete;
    if (report_.stop_reason != StopReason::exit_0) return Status::fail;
    if (static_cast<double>(report_.satisfaction) < report_.pass_threshold) return Status::fail;
    return report_.can_pass ? Status::pass : Status::incomplete;
  }

  const Documents& documents_;
  criteria::World world_;
  Report report_;
  bool ungraded_ = false;     ///< a deterministic line could not be graded
  bool grades_gaps_ = false;  ///< the author wrote a criterion about unsupported endpoints
};

}  // namespace

Result<Report> evaluate(const scenario::Scenario& scenario, const Evidence& evidence) {
  POME_TRY(const Documents documents, read(evidence));
  Grader grader(scenario, documents);
  for (const scenario::Criterion& criterion : scenario.criteria) grader.grade(criterion);
  return grader.finish(evidence.stop_reason);
}

}  // namespace pome::eval
