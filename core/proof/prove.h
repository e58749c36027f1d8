#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/eval/evaluate.h"
#include "core/proof/solution.h"
#include "core/scenario/scenario.h"

/// A scenario proves its own grader: an agent that does nothing must not pass, the recorded solution must, and every
/// criterion has to turn for some change of what the solution leaves behind.
namespace pome::proof {

enum class Finding {
  proven,         ///< some change turns its verdict
  vacuous,        ///< no change that was tried turns it: it would pass whatever the agent does
  contradictory,  ///< the solution itself fails it
  already_true,   ///< it holds in the seed and is therefore not scored
  not_graded,     ///< a judge's line, or one that nothing could grade
};
std::string_view finding_name(Finding finding);  ///< "proven", "vacuous", "contradictory", "already_true_in_seed", ...

struct CriterionProof {
  scenario::Criterion criterion;
  Finding finding = Finding::vacuous;
  bool holds_in_seed = false;        ///< passes when nothing is done
  std::string words;                 ///< one clause: "fails when ...", or why it is not proven
  std::optional<std::size_t> rival;  ///< index of the criterion it contradicts, where one was found
  std::size_t tried = 0;             ///< mutants seen
};

/// One play of the scenario: by an agent that does nothing, by the solution, by the recorded bad solution.
struct PlayProof {
  bool played = false;
  bool ok = false;  ///< it ended as a proof needs
  eval::Status status = eval::Status::incomplete;
  std::int64_t satisfaction = 0;  ///< 0..100
  std::size_t calls = 0;
};

struct Problem {
  std::optional<std::size_t> criterion;  ///< index into Proof::criteria; nothing: the scenario as a whole
  std::string message;                   ///< one sentence
};

struct Proof {
  std::string scenario;  ///< slug
  std::string title;
  PlayProof null_agent;
  PlayProof solution;
  PlayProof bad;
  std::vector<CriterionProof> criteria;
  std::vector<Problem> problems;  ///< everything that is missing
  bool ok() const { return problems.empty(); }
};

/// `bad` is a recorded solution that must fail; a scenario of class restraint needs one, because there doing nothing
/// may be right. Same input, same bytes; an unreadable seed is a problem like any other.
Proof prove(const scenario::Scenario& scenario, const Solution& solution, const Solution* bad);

/// Canonical JSON: fixed member order, two-space indentation, final newline.
std::string to_json(const Proof& proof);
/// A block of plain text for people, with a final newline.
std::string in_words(const Proof& proof);

}  // namespace pome::proof
