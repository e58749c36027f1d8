#include <algorithm>

#include "core/base/text.h"
#include "core/report/escape.h"
#include "core/report/facts.h"
#include "core/report/report.h"

namespace pome::report {
namespace {

constexpr std::size_t kMostMessage = 4000;

struct Annotation {
  std::string_view level;  ///< "error", "warning"
  std::size_t line = 1;
  std::size_t column = 0;  ///< 0: none
  std::string title;
  std::string message;
};

std::string command(const Run& run, const Annotation& annotation) {
  std::string out = text::cat("::", annotation.level, " ");
  if (!run.file.empty()) text::append(out, "file=", command_property(run.file), ",line=", annotation.line, ",");
  if (!run.file.empty() && annotation.column > 0) text::append(out, "col=", annotation.column, ",");
  text::append(out, "title=", command_property(one_line(annotation.title)),
               "::", command_data(text::truncate_utf8(annotation.message, kMostMessage)), "\n");
  return out;
}

std::string message_of(const Run& run, const eval::CriterionResult& result) {
  std::string out = result.criterion.text;
  for (const Detail& detail : details(run, result)) text::append(out, "\n", detail.label, ": ", one_line(detail.text));
  return out;
}

void add_results(std::string& out, const Run& run) {
  const bool passed = verdict_of(run) == Verdict::pass;
  for (const eval::CriterionResult& result : run.report->results) {
    const Standing standing = standing_of(result);
    if (standing != Standing::failed && standing != Standing::failed_optional && standing != Standing::ungraded)
      continue;
    const bool error = standing == Standing::failed && !passed;
    out += command(run, {error ? "error" : "warning", result.criterion.line, result.criterion.column,
                         text::cat(run.title, ": ", words(standing)), message_of(run, result)});
  }
}

}  // namespace

std::string annotations(const std::vector<Run>& runs) {
  std::string out;
  for (const Run& run : runs) {
    for (const Obstacle& obstacle : obstacles(run)) {
      out += command(run, {"error", 1, 0, text::cat(run.title, ": ", words(verdict_of(run))), obstacle.message});
    }
    if (run.report) add_results(out, run);
  }
  return out;
}

}  // namespace pome::report
