#include <algorithm>

#include "core/base/text.h"
#include "core/report/escape.h"
#include "core/report/facts.h"
#include "core/report/report.h"

namespace pome::report {
namespace {

struct Counts {
  std::size_t tests = 0;
  std::size_t failures = 0;
  std::size_t errors = 0;
  std::size_t skipped = 0;
};

std::string attribute(std::string_view name, std::string_view value) {
  return text::cat(" ", name, "=\"", xml(value), "\"");
}

std::string body_of(const Run& run, const eval::CriterionResult& result) {
  std::string out;
  for (const Detail& detail : details(run, result)) text::append(out, detail.label, ": ", one_line(detail.text), "\n");
  text::append(out, "at ", place(run, result));
  return out;
}

/// A sentence, told apart from an equal one before it by its line.
std::string name_of(const eval::Report& report, std::size_t index) {
  const scenario::Criterion& criterion = report.results[index].criterion;
  const auto end = report.results.begin() + static_cast<std::ptrdiff_t>(index);
  const bool repeats = std::any_of(report.results.begin(), end, [&](const eval::CriterionResult& before) {
    return before.criterion.text == criterion.text;
  });
  return repeats ? text::cat(criterion.text, " (line ", criterion.line, ")") : criterion.text;
}

std::string outcome_element(const Run& run, const eval::CriterionResult& result, Counts& counts) {
  switch (standing_of(result)) {
    case Standing::passed:
      return {};
    case Standing::failed:
      ++counts.failures;
      return text::cat("      <failure", attribute("message", one_line(summary(result))),
                       attribute("type", result.check), ">", xml(body_of(run, result)), "</failure>\n");
    default:
      ++counts.skipped;
      return text::cat("      <skipped", attribute("message", one_line(summary(result))), "/>\n");
  }
}

std::string test_case(std::string_view class_name, std::string_view name, const std::string& inside) {
  const std::string start =
      text::cat("    <testcase", attribute("classname", class_name), attribute("name", one_line(name)));
  return inside.empty() ? start + "/>\n" : text::cat(start, ">\n", inside, "    </testcase>\n");
}

std::string test_cases(const Run& run, Counts& counts) {
  std::string out;
  for (std::size_t i = 0; run.report && i < run.report->results.size(); ++i) {
    ++counts.tests;
    const eval::CriterionResult& result = run.report->results[i];
    text::append(out, test_case(run.slug, name_of(*run.report, i), outcome_element(run, result, counts)));
  }
  for (const Obstacle& obstacle : obstacles(run)) {
    ++counts.tests;
    ++counts.errors;
    const std::string message = one_line(obstacle.message);
    text::append(out, test_case(run.slug, obstacle.title,
                                text::cat("      <error", attribute("message", message), attribute("type", obstacle.id),
                                          ">", xml(message), "</error>\n")));
  }
  return out;
}

std::string properties(const Run& run) {
  std::string out;
  const auto add = [&](std::string_view name, const std::string& value) {
    if (value.empty()) return;
    text::append(out, "      <property", attribute("name", name), attribute("value", value), "/>\n");
  };
  add("verdict", text::to_lower(words(verdict_of(run))));
  add("score", score_text(run));
  add("run_id", run.run_id);
  add("mode", run.mode);
  add("agent", run.agent);
  add("agent_model", run.agent_model);
  add("agent_summary", run.agent_summary);
  return out.empty() ? out : text::cat("    <properties>\n", out, "    </properties>\n");
}

std::string count_attributes(const Counts& counts) {
  return text::cat(" tests=\"", counts.tests, "\" failures=\"", counts.failures, "\" errors=\"", counts.errors, "\"");
}

std::string suite(const Run& run, Counts& all) {
  Counts counts;
  const std::string cases = test_cases(run, counts);
  std::string out = text::cat("  <testsuite", attribute("name", one_line(run.title)), count_attributes(counts),
                              " skipped=\"", counts.skipped, "\"");
  if (run.duration_ms) text::append(out, " time=\"", seconds(*run.duration_ms), "\"");
  if (!run.started_at.empty()) out += attribute("timestamp", run.started_at);
  if (!run.file.empty()) out += attribute("file", run.file);
  all.tests += counts.tests;
  all.failures += counts.failures;
  all.errors += counts.errors;
  return text::cat(out, ">\n", properties(run), cases, "  </testsuite>\n");
}

}  // namespace

std::string junit(const std::vector<Run>& runs) {
  Counts all;
  std::string suites;
  for (const Run& run : runs) suites += suite(run, all);
  return text::cat("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"pome\"", count_attributes(all),
                   ">\n", suites, "</testsuites>\n");
}

}  // namespace pome::report
