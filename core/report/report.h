#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/report/run.h"

/// Finished runs as files that people and other tools read. No clock and no randomness: the same runs give the same
/// bytes. Whatever a run's texts hold, the output stays well-formed and says nothing but what it is meant to.
namespace pome::report {

/// JUnit XML in the dialect of Jenkins' xunit plugin (junit-10), which GitLab, Azure and GitHub's viewers read, too: a
/// test suite a run, a test case a criterion. Criteria that nothing graded are skipped; what keeps a run from passing
/// beyond its criteria is a test case with an error.
std::string junit(const std::vector<Run>& runs);

/// SARIF 2.1.0: the vocabulary as rules; criteria that failed or were not graded as results at their line and column.
std::string sarif(const std::vector<Run>& runs, std::string_view pome_version);

/// GitHub Actions workflow commands, one a line, each an annotation at a criterion's place: an error for what kept a
/// run from passing, a warning for what did not.
std::string annotations(const std::vector<Run>& runs);

/// Everything about the runs as GitHub Flavored Markdown.
std::string markdown(const std::vector<Run>& runs);

/// The same for a job's summary: runs that passed folded away, and never more than GitHub takes (1 MiB).
std::string step_summary(const std::vector<Run>& runs);

/// One versioned document: tools/schemas/report.schema.json.
std::string json(const std::vector<Run>& runs, std::string_view pome_version);

/// The built WebAssembly engine.
struct Engine {
  std::string module;  ///< pome.mjs
  std::string binary;  ///< pome.wasm
};

/// One page that needs no network and no other file; it scores its runs again with the engine in it and says whether
/// the verdict is the same. Fails with `bad-engine` when the module is not one that can be put into a page.
Result<std::string> html(const std::vector<Run>& runs, const Engine& engine, std::string_view pome_version);

}  // namespace pome::report
