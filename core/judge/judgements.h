#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/eval/evaluate.h"
#include "core/judge/verdict.h"
#include "core/judge/wire.h"

/// What a judge found for the judged lines of a run, kept beside the run so that it scores the same again.
namespace pome::judge {

struct Judgement {
  std::string criterion;  ///< id, "crit_2"
  std::string text;       ///< its sentence: a judgement counts for no other
  eval::Outcome outcome = eval::Outcome::errored;
  std::string reason;                      ///< the judge's reasoning, or why there is no verdict
  std::optional<std::int64_t> confidence;  ///< percent; only with a verdict
  std::optional<std::int64_t> tokens_in;
  std::optional<std::int64_t> tokens_out;

  bool operator==(const Judgement&) const = default;
};

struct Judgements {
  std::string model;  ///< never empty once a judge was asked
  std::vector<Judgement> lines;

  bool operator==(const Judgements&) const = default;
};

/// A verdict as a judgement: pass passes, fail and partial fail.
Judgement judged(const scenario::Criterion& criterion, const Verdict& verdict, const Answer& answer);
/// A line without a verdict. `outcome` is skipped or errored, `reason` one sentence.
Judgement not_judged(const scenario::Criterion& criterion, eval::Outcome outcome, std::string reason);

/// Puts judgements into a report and counts again. Deterministic lines stay as they are, whatever is in `judgements`;
/// a judged line without a judgement of its own sentence is errored.
void apply(const Judgements& judgements, eval::Report& report);

/// The document judge.json; two-space indentation, final newline.
std::string to_json(const Judgements& judgements);
/// Fails with `bad-judgements` when the text is not that document.
Result<Judgements> read_judgements(std::string_view text);

}  // namespace pome::judge
