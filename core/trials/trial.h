#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/json.h"
#include "core/base/json_writer.h"
#include "core/base/result.h"
#include "core/eval/evaluate.h"

/// One run of a scenario among several, as far as statistics and comparisons read it.
namespace pome::trials {

struct CriterionOutcome {
  std::string id;
  std::string text;
  bool optional = false;  ///< reported, but never part of score or status
  eval::Outcome outcome = eval::Outcome::skipped;
};

struct Trial {
  std::int64_t number = 1;  ///< 1-based
  std::string run_id;       ///< empty when no session was made
  bool graded = false;      ///< passed or failed; a twin gap or a failed session says nothing about the agent
  bool passed = false;
  std::int64_t score = 0;  ///< 0..100, of a graded trial
  int exit_code = 0;       ///< what a single `pome run` answers
  std::int64_t duration_ms = 0;
  std::int64_t calls = 0;
  std::string artifacts_dir;
  std::string reason;      ///< why it could not be graded; empty when it was
  std::string agent_end;   ///< "ran out of time"; empty when the agent ended well, or never ran
  std::string error_code;  ///< of the failure that left no verdict, or kept it from being stored
  std::vector<CriterionOutcome> criteria;
};

/// A trial from a report in its published form (eval::to_json, score.json). Fails with `bad-report`.
Result<Trial> trial_of_report(const Json& report);

/// A trial from an entry of `runs` in the document that `pome run --json` prints. Fails with `bad-report`.
Result<Trial> trial_of_run(const Json& run);

/// How a trial is written in a group's document, and read from there. Reading fails with `bad-report`.
void write_trial(JsonWriter& json, const Trial& trial);
Result<Trial> read_trial(const Json& trial);

}  // namespace pome::trials
