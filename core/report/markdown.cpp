#include "core/base/text.h"
#include "core/report/escape.h"
#include "core/report/facts.h"
#include "core/report/report.h"

namespace pome::report {
namespace {

constexpr std::size_t kMostSummary = 1'000'000;  // GitHub takes 1 MiB a step and drops all of a longer one

std::string_view sign(Verdict verdict) {
  switch (verdict) {
    case Verdict::pass:
      return "\xE2\x9C\x85";  // white heavy check mark
    case Verdict::fail:
      return "\xE2\x9D\x8C";  // cross mark
    default:
      return "\xE2\x9A\xA0\xEF\xB8\x8F";  // warning sign
  }
}

std::string_view sign(Standing standing) {
  switch (standing) {
    case Standing::passed:
      return sign(Verdict::pass);
    case Standing::failed:
      return sign(Verdict::fail);
    case Standing::ungraded:
      return sign(Verdict::incomplete);
    default:
      return "\xE2\x9E\x96";  // heavy minus sign
  }
}

std::string table_row(const Run& run) {
  return text::cat("| ", sign(verdict_of(run)), " ", words(verdict_of(run)), " | ", markdown_inline(run.title), " | ",
                   score_text(run), " | ", run.report ? tally(*run.report) : markdown_inline(run.problem), " |\n");
}

std::string overview(const std::vector<Run>& runs) {
  std::string out =
      text::cat("# Pome: ", headline(runs), "\n\n| Verdict | Scenario | Score | Criteria |\n", "|---|---|---|---|\n");
  for (const Run& run : runs) out += table_row(run);
  return out;
}

std::string result_item(const Run& run, const eval::CriterionResult& result) {
  const Standing standing = standing_of(result);
  std::string out = text::cat("- ", sign(standing), " ", markdown_inline(result.criterion.text), " (", words(standing),
                              ", line ", result.criterion.line, ")\n");
  if (standing == Standing::passed || standing == Standing::already_true) return out;
  for (const Detail& detail : details(run, result))
    text::append(out, "  - ", detail.label, ": ", markdown_inline(detail.text), "\n");
  return out;
}

std::string about(const Run& run) {
  std::string out;
  const auto add = [&](std::string_view label, std::string_view value) {
    if (!value.empty()) text::append(out, out.empty() ? "" : " \xC2\xB7 ", label, " ", markdown_inline(value));
  };
  add("scenario", run.file);
  add("score", score_text(run));
  add("agent", run.agent);
  add("run", run.run_id);
  if (run.duration_ms) add("took", seconds(*run.duration_ms) + " s");
  return out;
}

std::string section(const Run& run) {
  std::string out = text::cat(about(run), "\n\n");
  for (const Obstacle& obstacle : obstacles(run))
    text::append(out, "- ", sign(Verdict::incomplete), " ", markdown_inline(obstacle.message), "\n");
  for (std::size_t i = 0; run.report && i < run.report->results.size(); ++i) {
    const std::string heading = group_heading(*run.report, i);
    if (!heading.empty()) text::append(out, "\n### ", markdown_inline(heading), "\n\n");
    out += result_item(run, run.report->results[i]);
  }
  if (!run.agent_summary.empty()) text::append(out, "\nThe agent said: ", markdown_inline(run.agent_summary), "\n");
  return out;
}

std::string heading(const Run& run) {
  return text::cat("\n## ", sign(verdict_of(run)), " ", words(verdict_of(run)), ": ", markdown_inline(run.title),
                   "\n\n");
}

std::string folded(const Run& run) {
  return text::cat("\n<details><summary>", sign(verdict_of(run)), " ", html_inline(run.title), "</summary>\n\n",
                   section(run), "\n</details>\n");
}

}  // namespace

std::string markdown(const std::vector<Run>& runs) {
  std::string out = overview(runs);
  for (const Run& run : runs) text::append(out, heading(run), section(run));
  return out;
}

std::string step_summary(const std::vector<Run>& runs) {
  std::string out = overview(runs);
  if (out.size() > kMostSummary) return text::cat("# Pome: ", headline(runs), "\n");
  for (std::size_t i = 0; i < runs.size(); ++i) {
    const Run& run = runs[i];
    const std::string part = verdict_of(run) == Verdict::pass ? folded(run) : heading(run) + section(run);
    if (out.size() + part.size() > kMostSummary)
      return text::cat(out, "\nNo room for the details of ", runs.size() - i, " more runs.\n");
    out += part;
  }
  return out;
}

}  // namespace pome::report
