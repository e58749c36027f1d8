#include "core/eval/evaluate.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "core/base/json.h"
#include "core/base/text.h"
#include "core/criteria/last_touch.h"
#include "core/eval/binding.h"
#include "core/eval/tape_reader.h"

namespace pome::eval {

struct LoadedRun::Documents {
  std::optional<Json> initial;
  std::optional<Json> final_state;
  std::optional<criteria::Tape> tape;  ///< points into the events' text
  StopReason stop_reason = StopReason::exit_0;
  mutable std::optional<std::vector<criteria::Change>> changes;  ///< worked out when a criterion first asks for them
};

namespace {

using criteria::Reads;
using criteria::Verdict;

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

/// The repository a sentence without one means: the only one that was seeded.
std::optional<std::string> only_repo(const criteria::World& world) {
  const Json* state = world.initial != nullptr ? world.initial : world.final_state;
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

/// A criterion of the scenario, bound once.
struct Line {
  const scenario::Criterion* criterion = nullptr;
  std::optional<criteria::Sentence> sentence;
  std::string unbound;  ///< why there is no sentence
};

Line bind_line(const scenario::Criterion& criterion) {
  Line line{&criterion, std::nullopt, {}};
  if (criterion.kind == scenario::CriterionKind::judged) return line;
  auto bound = bind_criterion(criterion);
  if (Unbound* unbound = std::get_if<Unbound>(&bound)) {
    line.unbound = std::move(unbound->message);
  } else {
    line.sentence = std::move(*std::get_if<criteria::Sentence>(&bound));
  }
  return line;
}

std::string_view missing_substrate(const criteria::Sentence& sentence, const criteria::World& world) {
  for (const criteria::Clause& clause : sentence.clauses) {
    const std::string_view missing = missing_substrate(clause.binding.row->reads, world);
    if (!missing.empty()) return missing;
  }
  return {};
}

/// Grades the criteria of one scenario one after the other.
class Grader {
 public:
  Grader(const scenario::Scenario& scenario, const criteria::World& world,
         std::optional<std::vector<criteria::Change>>& changes)
      : world_(world) {
    report_.scenario = scenario.slug;
    report_.title = scenario.title;
    report_.pass_threshold = scenario.config.pass_threshold;
    report_.groups = scenario.groups;
    for (const scenario::Criterion& criterion : scenario.criteria) lines_.push_back(bind_line(criterion));
    find_repositories();
    compare_states(changes);
  }

  Report run(StopReason stop_reason) {
    report_.stop_reason = stop_reason;
    find_gaps();
    for (const Line& line : lines_) report_.results.push_back(grade(line));
    aggregate(report_);
    return std::move(report_);
  }

 private:
  void find_repositories() {
    const std::optional<std::string> repo = only_repo(world_);
    for (Line& line : lines_) {
      if (!line.sentence || !line.sentence->needs_repo()) continue;
      if (repo) {
        line.sentence->set_repo(*repo);
      } else {
        line.sentence.reset();
        line.unbound = "the sentence names no repository, and there is not exactly one";
      }
    }
  }

  /// Only when a criterion asks for it: this looks at every value of both states.
  void compare_states(std::optional<std::vector<criteria::Change>>& changes) {
    if (world_.initial == nullptr || world_.final_state == nullptr) return;
    const bool asked = std::any_of(lines_.begin(), lines_.end(), [](const Line& line) {
      return line.sentence && line.sentence->reads(Reads::initial_and_final);
    });
    if (!asked) return;
    if (!changes) changes = criteria::changes_between(*world_.initial, *world_.final_state);
    world_.changes = &*changes;
  }

  CriterionResult grade(const Line& line) {
    CriterionResult result;
    result.criterion = *line.criterion;
    if (line.criterion->kind == scenario::CriterionKind::judged) {
      result.reason = "not graded: this line asks for a judge, and none was asked";
    } else if (!line.sentence) {
      ++report_.unbound;
      result.reason = line.unbound;
    } else {
      grade(line, *line.sentence, result);
    }
    return result;
  }

  void grade(const Line& line, const criteria::Sentence& sentence, CriterionResult& result) {
    result.check = sentence.check();
    if (text::contains(result.check, "github.no-unsupported-endpoint")) report_.grades_gaps = true;
    if (const std::string_view missing = missing_substrate(sentence, world_); !missing.empty()) {
      result.reason = std::string(missing);
    } else if (holds_in_seed(*line.criterion, sentence)) {
      result.reason = std::string(kAlreadyTrueInSeed);
    } else {
      apply(evaluate_among_others(line, sentence), result);
    }
  }

  /// What the scenario's other lines ask for is known while one is graded.
  Verdict evaluate_among_others(const Line& line, const criteria::Sentence& sentence) {
    std::vector<criteria::Licence> licences;
    if (sentence.reads(Reads::initial_and_final)) {
      for (const Line& other : lines_) {
        if (&other == &line || !other.sentence) continue;
        for (criteria::Licence& licence : criteria::licences_of(*other.sentence, world_.tape)) {
          licences.push_back(std::move(licence));
        }
      }
    }
    criteria::World world = world_;
    world.licences = &licences;
    return criteria::evaluate(sentence, world);
  }

  /// Positive `[code]` lines that hold before the run ask nothing of the agent.
  bool holds_in_seed(const scenario::Criterion& criterion, const criteria::Sentence& sentence) const {
    if (criterion.marker != scenario::Marker::code || criterion.always_scored || world_.initial == nullptr)
      return false;
    if (sentence.reads(Reads::tape) || sentence.polarity() != criteria::Polarity::must) return false;
    const std::vector<criteria::Change> none;
    const Verdict before = criteria::evaluate(sentence, {world_.initial, world_.initial, nullptr, &none, nullptr});
    return before.outcome() == Verdict::Outcome::passed;
  }

  void apply(const Verdict& verdict, CriterionResult& result) const {
    result.outcome = verdict.outcome() == Verdict::Outcome::passed   ? Outcome::passed
                     : verdict.outcome() == Verdict::Outcome::failed ? Outcome::failed
                                                                     : Outcome::skipped;
    result.reason = verdict.reason();
    if (result.outcome == Outcome::skipped) return;
    result.expected = verdict.expected();
    result.found = verdict.found();
    const criteria::Evidence& evidence = verdict.evidence();
    result.state_pointers = evidence.state_pointers();
    result.initial_pointers = evidence.initial_pointers();
    result.events = evidence.request_ids();
    result.calls_inspected = evidence.calls_inspected();
    if (result.outcome != Outcome::failed) return;
    if (const criteria::Call* call = criteria::last_touch(evidence, world_)) {
      result.last_touch = call->request_id;
      text::append(result.reason, "; last changed by `", criteria::describe(*call), '`');
    }
  }

  void find_gaps() {
    if (world_.tape == nullptr) return;
    for (const criteria::Call& call : world_.tape->calls) {
      if (call.unsupported) report_.gaps.push_back({call.request_id, call.method, call.path});
    }
  }

  std::vector<Line> lines_;
  criteria::World world_;
  Report report_;
};

}  // namespace

LoadedRun::LoadedRun(std::unique_ptr<const Documents> documents) : documents_(std::move(documents)) {}
LoadedRun::LoadedRun(LoadedRun&&) noexcept = default;
LoadedRun& LoadedRun::operator=(LoadedRun&&) noexcept = default;
LoadedRun::~LoadedRun() = default;

Result<LoadedRun> LoadedRun::load(const Evidence& evidence) {
  auto documents = std::make_unique<Documents>();
  documents->stop_reason = evidence.stop_reason;
  POME_CHECK(read_state(evidence.state_initial, "initial", documents->initial));
  if (evidence.state_final == evidence.state_initial) {
    documents->final_state = documents->initial;
  } else {
    POME_CHECK(read_state(evidence.state_final, "final", documents->final_state));
  }
  if (!text::trim(evidence.events).empty()) {
    POME_TRY(documents->tape, read_tape(evidence.events));
  }
  return LoadedRun(std::move(documents));
}

Report evaluate(const scenario::Scenario& scenario, const LoadedRun& run) {
  const LoadedRun::Documents& documents = *run.documents_;
  criteria::World world;
  world.initial = documents.initial ? &*documents.initial : nullptr;
  world.final_state = documents.final_state ? &*documents.final_state : nullptr;
  world.tape = documents.tape ? &*documents.tape : nullptr;
  return Grader(scenario, world, documents.changes).run(documents.stop_reason);
}

Result<Report> evaluate(const scenario::Scenario& scenario, const Evidence& evidence) {
  POME_TRY(const LoadedRun run, LoadedRun::load(evidence));
  return evaluate(scenario, run);
}

}  // namespace pome::eval
