#include "core/report/facts.h"

#include <algorithm>

#include "core/base/text.h"

namespace pome::report {
namespace {

constexpr std::size_t kMostPlaces = 8;

/// "a, b, c and 3 more"
std::string listed(const std::vector<std::string>& parts) {
  std::string out;
  for (std::size_t i = 0; i < parts.size() && i < kMostPlaces; ++i) text::append(out, i == 0 ? "" : ", ", parts[i]);
  if (parts.size() > kMostPlaces) text::append(out, " and ", parts.size() - kMostPlaces, " more");
  return out;
}

/// "req_3 (POST /repos/acme/api/issues/1/labels, answered 200)"
std::string call_text(const Run& run, const std::string& request_id) {
  const auto found =
      std::find_if(run.calls.begin(), run.calls.end(), [&](const Call& call) { return call.request_id == request_id; });
  if (found == run.calls.end()) return request_id;
  return text::cat(request_id, " (", found->method, " ", found->path, ", answered ", found->status, ")");
}

std::string evidence_text(const Run& run, const eval::CriterionResult& result) {
  std::vector<std::string> parts;
  for (const std::string& pointer : result.initial_pointers) parts.push_back("initial state at " + pointer);
  for (const std::string& pointer : result.state_pointers) parts.push_back("final state at " + pointer);
  for (const std::string& id : result.events) parts.push_back("call " + call_text(run, id));
  if (result.calls_inspected > 0)
    parts.push_back(text::cat("all ", result.calls_inspected, result.calls_inspected == 1 ? " call" : " calls"));
  return listed(parts);
}

std::string gap_text(const eval::Report& report) {
  std::vector<std::string> calls;
  for (const eval::Gap& gap : report.gaps) calls.push_back(text::cat(gap.method, " ", gap.path));
  return text::cat("The agent made calls the twin does not support, so the run cannot be judged: ", listed(calls), ".");
}

}  // namespace

Standing standing_of(const eval::CriterionResult& result) {
  switch (result.outcome) {
    case eval::Outcome::passed:
      return Standing::passed;
    case eval::Outcome::failed:
      return result.criterion.optional ? Standing::failed_optional : Standing::failed;
    default:
      break;
  }
  if (result.criterion.kind == scenario::CriterionKind::judged) return Standing::judged;
  return result.reason == "already_true_in_seed" ? Standing::already_true : Standing::ungraded;
}

std::string_view words(Standing standing) {
  constexpr std::string_view kWords[] = {"passed",     "failed",    "not met, optional", "already true in the seed",
                                         "not graded", "not judged"};
  return kWords[static_cast<std::size_t>(standing)];
}

Verdict verdict_of(const Run& run) {
  if (!run.report) return Verdict::error;
  switch (run.report->status) {
    case eval::Status::pass:
      return Verdict::pass;
    case eval::Status::fail:
      return Verdict::fail;
    default:
      return Verdict::incomplete;
  }
}

std::string_view words(Verdict verdict) {
  constexpr std::string_view kWords[] = {"Passed", "Failed", "Incomplete", "Error"};
  return kWords[static_cast<std::size_t>(verdict)];
}

std::string tally(const eval::Report& report) {
  std::string out = text::cat(report.passed, " passed, ", report.failed, " failed");
  if (report.skipped > 0) text::append(out, ", ", report.skipped, " not graded");
  if (report.errored > 0) text::append(out, ", ", report.errored, " errored");
  return out;
}

std::string score_text(const Run& run) {
  if (!run.report) return {};
  const std::string threshold = text::cat(" (passes at ", eval::threshold_text(run.report->pass_threshold), ")");
  if (!run.report->evaluated) return "nothing could be graded";
  return text::cat(run.report->satisfaction, "/100", threshold);
}

std::vector<Obstacle> obstacles(const Run& run) {
  std::vector<Obstacle> found;
  if (!run.report) return {{"no-verdict", "The run ends with a verdict", run.problem}};
  const eval::Report& report = *run.report;
  if (report.stop_reason != eval::StopReason::exit_0) {
    const bool timeout = report.stop_reason == eval::StopReason::timeout;
    found.push_back({std::string(eval::stop_reason_name(report.stop_reason)), "The agent ends well",
                     timeout ? "The agent ran out of time; such a run never passes."
                             : "The agent ended with a failure; such a run never passes."});
  }
  if (report.status != eval::Status::incomplete) return found;
  if (!report.gaps.empty()) {
    found.push_back({"twin-gap", "The twin supports every call", gap_text(report)});
  } else if (report.errored > 0) {
    found.push_back({"no-judgement", "The judge answers",
                     "The judge could not be asked about every line, so the run cannot be judged."});
  } else {
    found.push_back({"ungraded", "Every deterministic criterion can be graded",
                     report.evaluated ? "Not every deterministic criterion could be graded, so the run cannot pass."
                                      : "No criterion could be graded."});
  }
  return found;
}

std::vector<Detail> details(const Run& run, const eval::CriterionResult& result) {
  std::vector<Detail> found;
  const auto add = [&](std::string_view label, std::string text) {
    if (!text.empty()) found.push_back({label, std::move(text)});
  };
  if (standing_of(result) == Standing::already_true) return found;
  add("expected", result.expected);
  add(result.found.empty() ? "reason" : "found", result.found.empty() ? result.reason : result.found);
  add("evidence", evidence_text(run, result));
  if (!result.last_touch.empty()) add("last change", call_text(run, result.last_touch));
  return found;
}

std::string summary(const eval::CriterionResult& result) {
  if (standing_of(result) == Standing::already_true) return std::string(words(Standing::already_true));
  if (result.expected.empty() || result.found.empty()) return result.reason;
  return text::cat("Expected: ", result.expected, ". Found: ", result.found, ".");
}

std::string group_heading(const eval::Report& report, std::size_t index) {
  const auto group = report.results[index].criterion.group;
  const auto before = index == 0 ? std::nullopt : report.results[index - 1].criterion.group;
  if (!group || group == before || *group >= report.groups.size()) return {};
  const scenario::Group& started = report.groups[*group];
  return started.weight == 1 ? started.title : text::cat(started.title, " (weight ", started.weight, ")");
}

std::string place(const Run& run, const eval::CriterionResult& result) {
  return text::cat(run.file, ":", result.criterion.line, ":", result.criterion.column);
}

std::string seconds(std::int64_t milliseconds) {
  const std::int64_t shown = std::max<std::int64_t>(milliseconds, 0);
  return text::cat(shown / 1000, ".", text::cat(1000 + shown % 1000).substr(1));
}

std::string headline(const std::vector<Run>& runs) {
  const auto passed =
      std::count_if(runs.begin(), runs.end(), [](const Run& run) { return verdict_of(run) == Verdict::pass; });
  return text::cat(passed, " of ", runs.size(), runs.size() == 1 ? " run passed" : " runs passed");
}

}  // namespace pome::report
