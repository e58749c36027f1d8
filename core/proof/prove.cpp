#include "core/proof/prove.h"

#include <algorithm>
#include <utility>

#include "core/base/text.h"
#include "core/http/message.h"
#include "core/proof/mutants.h"
#include "core/proof/replay.h"

namespace pome::proof {
namespace {

using eval::Outcome;

/// One outcome a criterion. All are graded together, because some sentences mean "beside what the others ask for".
using Outcomes = std::vector<Outcome>;

constexpr std::size_t kMaxVaried = 20;         // calls of a solution that are left out and doubled
constexpr std::size_t kMaxVariedCalls = 2000;  // calls that playing the variations may take

/// Runs of the scenario that need no mutation: nothing done, the bad solution, the solution with one call left out.
struct Alternative {
  std::string words;
  Played played;
};

std::string call_words(const Solution& solution, std::size_t i) {
  return text::cat("call ", i + 1, " (`", solution.calls[i].method, ' ', solution.calls[i].path, "`)");
}

class Prover {
 public:
  Prover(const scenario::Scenario& scenario, const Solution& solution, const Solution* bad)
      : scenario_(scenario), solution_(solution), bad_(bad), seen_failing_(scenario.criteria.size()) {
    proof_.scenario = scenario.slug;
    proof_.title = scenario.title;
  }

  Proof run() {
    Result<twin::SeedPtr> seed = twin::read_seed(scenario_.seed.json);
    if (!seed) {
      problem(text::cat("The seed cannot be read: ", seed.error().message));
      return std::move(proof_);
    }
    seed_ = std::move(seed).value();
    const std::optional<eval::Report> nothing = check_null_agent();
    solved_ = replay(seed_, solution_);
    const std::optional<eval::Report> report = check_solution();
    check_bad();
    if (nothing && report) prove_criteria(*nothing, *report);
    return std::move(proof_);
  }

 private:
  void problem(std::string sentence) { proof_.problems.push_back({std::nullopt, std::move(sentence)}); }
  bool is_restraint() const { return scenario_.config.scenario_class == scenario::ScenarioClass::restraint; }

  /// The verdict of one play; notes what kept it from being made.
  std::optional<eval::Report> judge(std::string_view whose, const Played& played, PlayProof& place) {
    place.calls = played.calls;
    if (played.problem) {
      problem(text::cat(whose, " cannot be played: ", played.problem->message, '.'));
      return std::nullopt;
    }
    Result<eval::Report> report = eval::evaluate(scenario_, played.evidence());
    if (!report) {
      problem(text::cat(whose, " cannot be scored: ", report.error().message, '.'));
      return std::nullopt;
    }
    place.played = true;
    place.status = report->status;
    place.satisfaction = report->satisfaction;
    return std::move(report).value();
  }

  std::optional<eval::Report> check_null_agent() {
    nothing_ = replay(seed_, {});
    std::optional<eval::Report> report = judge("Doing nothing", nothing_, proof_.null_agent);
    if (!report) return report;
    proof_.null_agent.ok = report->status != eval::Status::pass || is_restraint();
    if (!proof_.null_agent.ok) problem("An agent that does nothing passes: ask for something it has to do.");
    return report;
  }

  std::optional<eval::Report> check_solution() {
    std::optional<eval::Report> report = judge("The solution", solved_, proof_.solution);
    if (!report) return report;
    proof_.solution.ok = report->status == eval::Status::pass;
    if (!proof_.solution.ok) {
      problem(text::cat("The solution does not pass: ", eval::status_name(report->status), ", ", report->satisfaction,
                        " of 100."));
    }
    return report;
  }

  void check_bad() {
    if (bad_ == nullptr) {
      if (is_restraint()) {
        problem("A restraint scenario needs a recorded bad solution that fails, because doing nothing may be right.");
      }
      return;
    }
    wrong_ = replay(seed_, *bad_);
    const std::optional<eval::Report> report = judge("The bad solution", *wrong_, proof_.bad);
    if (!report) return;
    proof_.bad.ok = report->status == eval::Status::fail;
    if (!proof_.bad.ok) {
      problem(text::cat("The bad solution does not fail: ", eval::status_name(report->status), ", ",
                        report->satisfaction, " of 100."));
    }
  }

  void prove_criteria(const eval::Report& nothing, const eval::Report& report) {
    const std::string short_events = without_answers(solved_.events);
    eval::Evidence evidence = solved_.evidence();
    evidence.events = short_events;
    if (outcomes_of(eval::evaluate(scenario_, evidence)) != outcomes_of(report)) evidence = solved_.evidence();
    const Subject subject(evidence);
    for (std::size_t i = 0; i < report.results.size(); ++i) {
      const eval::CriterionResult& result = report.results[i];
      CriterionProof one;
      one.criterion = result.criterion;
      one.holds_in_seed = nothing.results[i].outcome == Outcome::passed;
      if (result.criterion.kind == scenario::CriterionKind::judged) {
        one.finding = Finding::not_graded;
        one.words = "a judge's line, which a proof does not cover";
      } else if (result.outcome == Outcome::passed) {
        find_failure(i, subject, result, one);
      } else if (result.reason == eval::kAlreadyTrueInSeed) {
        one.finding = Finding::already_true;
        one.words = "holds before the agent starts, so it is not scored; add `always-scored` or ask for something else";
      } else if (result.outcome != Outcome::failed) {
        one.finding = Finding::not_graded;
        one.words = text::cat("could not be graded: ", result.reason);
      } else {
        explain_failure(i, subject, report, one);
      }
      note(one);
      proof_.criteria.push_back(std::move(one));
    }
  }

  /// To be called before the criterion joins the others.
  void note(const CriterionProof& one) {
    if (one.finding == Finding::proven || one.criterion.kind == scenario::CriterionKind::judged) return;
    std::string_view words = one.words;
    while (words.ends_with('.')) words.remove_suffix(1);
    proof_.problems.push_back(
        {proof_.criteria.size(),
         text::cat('"', one.criterion.text, "\" is ",
                   text::replace_all(std::string(finding_name(one.finding)), "_", " "), ": it ", words, '.')});
  }

  /// Every mutant of what the solution left behind, the most telling first.
  void each_mutant(const Subject& subject, const eval::CriterionResult& result, Visit visit) {
    Mutator mutator(subject, result, Budget(), visit);
    const bool calls = rests_on_calls(result);
    calls ? mutate_tape(mutator) : mutate_state(mutator);
    for (const Alternative& other : alternatives())
      mutator.both(other.words, other.played.state_final, other.played.events);
    if (calls) mutate_state(mutator);
    mutate_world(mutator);
    if (!calls) mutate_tape(mutator);
  }

  const std::vector<Alternative>& alternatives() {
    if (!alternatives_.empty()) return alternatives_;
    alternatives_.push_back({"nothing is done", nothing_});
    if (wrong_) alternatives_.push_back({"the bad solution is played", *wrong_});
    const std::size_t calls = solution_.calls.size();
    std::size_t left = std::min(kMaxVaried, kMaxVariedCalls / (2 * calls + 1));
    for (std::size_t i = 0; i < calls && left > 0; ++i) {
      if (http::is_safe(solution_.calls[i].method)) continue;
      --left;
      alternatives_.push_back(
          {text::cat(call_words(solution_, i), " is left out"), replay(seed_, solution_, Variation{i, std::nullopt})});
      alternatives_.push_back({text::cat(call_words(solution_, i), " is made twice"),
                               replay(seed_, solution_, Variation{std::nullopt, i})});
    }
    return alternatives_;
  }

  Outcomes outcomes_of(const Result<eval::Report>& report) const {
    Outcomes outcomes(scenario_.criteria.size(), Outcome::errored);
    for (std::size_t i = 0; report && i < outcomes.size(); ++i) outcomes[i] = report->results[i].outcome;
    return outcomes;
  }

  Outcomes outcomes_of(const Mutant& mutant) {
    const Outcomes outcomes =
        outcomes_of(eval::evaluate(scenario_, {solved_.state_initial, mutant.state_final, mutant.events}));
    for (std::size_t i = 0; i < outcomes.size(); ++i) {
      if (outcomes[i] == Outcome::failed && seen_failing_[i].empty()) seen_failing_[i] = mutant.words;
    }
    return outcomes;
  }

  void find_failure(std::size_t i, const Subject& subject, const eval::CriterionResult& result, CriterionProof& one) {
    std::string words;
    each_mutant(subject, result, [&](const Mutant& mutant) {
      ++one.tried;
      if (outcomes_of(mutant)[i] != Outcome::failed) return false;
      words = mutant.words;
      return true;
    });
    if (words.empty()) words = seen_failing_[i];  // by a mutant made for another criterion
    one.finding = words.empty() ? Finding::vacuous : Finding::proven;
    one.words = words.empty() ? text::cat("passes under all of ", one.tried, " changes that were tried")
                              : text::cat("fails when ", words);
  }

  /// A criterion the solution fails: is there anything that makes it pass, and which other criterion breaks then?
  void explain_failure(std::size_t i, const Subject& subject, const eval::Report& report, CriterionProof& one) {
    one.finding = Finding::contradictory;
    std::vector<bool> rivals;
    for (const eval::CriterionResult& other : report.results) rivals.push_back(other.outcome == Outcome::passed);
    std::string passes_when;
    each_mutant(subject, report.results[i], [&](const Mutant& mutant) {
      ++one.tried;
      const Outcomes outcomes = outcomes_of(mutant);
      if (outcomes[i] != Outcome::passed) return false;
      if (passes_when.empty()) passes_when = mutant.words;
      bool any = false;
      for (std::size_t other = 0; other < rivals.size(); ++other) {
        rivals[other] = rivals[other] && outcomes[other] != Outcome::passed;
        any = any || rivals[other];
      }
      return !any;
    });
    name_contradiction(report.results[i], passes_when, rivals, one);
  }

  void name_contradiction(const eval::CriterionResult& result, const std::string& passes_when,
                          const std::vector<bool>& rivals, CriterionProof& one) {
    if (passes_when.empty()) {
      one.words = text::cat("fails under the solution and under all of ", one.tried,
                            " changes that were tried: ", result.reason);
      return;
    }
    if (result.criterion.optional) {
      one.finding = Finding::proven;
      one.words = "passes when " + passes_when;
      return;
    }
    one.words = text::cat("fails under the solution (", result.reason, "); it would pass when ", passes_when);
    for (std::size_t other = 0; other < rivals.size(); ++other) {
      if (!rivals[other] || one.rival) continue;
      one.rival = other;
      one.words += text::cat(", but then \"", scenario_.criteria[other].text, "\" never holds");
    }
  }

  const scenario::Scenario& scenario_;
  const Solution& solution_;
  const Solution* bad_;
  Proof proof_;
  twin::SeedPtr seed_;
  Played nothing_;
  Played solved_;
  std::optional<Played> wrong_;
  std::vector<std::string> seen_failing_;  // by criterion: the first mutant that failed it, whoever it was made for
  std::vector<Alternative> alternatives_;  // played when the first criterion needs them
};

}  // namespace

Proof prove(const scenario::Scenario& scenario, const Solution& solution, const Solution* bad) {
  return Prover(scenario, solution, bad).run();
}

}  // namespace pome::proof
