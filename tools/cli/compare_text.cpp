#include "tools/cli/compare_text.h"

#include "core/base/text.h"
#include "core/report/escape.h"

namespace pome::cli {
namespace {

using trials::Change;
using trials::Comparison;
using trials::Divergence;
using trials::Rate;
using trials::Verdict;

constexpr int kScoreDigits = 2;

/// Millionths with three decimals.
std::string share(std::int64_t millionths) { return text::decimal((millionths + 500) / 1000, 3); }

std::string side_line(std::string_view label, const trials::Side& side, const trials::Stats& stats,
                      std::optional<std::int64_t> score) {
  std::string out = text::cat(label, "  ", report::one_line(side.name), "  ");
  if (!score)
    return text::cat(out, "could not be graded: ",
                     report::one_line(side.trials.empty() ? "it has no trial" : side.trials.front().reason), "\n");
  if (!side.is_group) {
    return text::cat(out, stats.passes.passed > 0 ? "pass " : "FAIL ", text::decimal(*score, kScoreDigits), "/100\n");
  }
  text::append(out, stats.passes.passed, " of ", stats.passes.total, " passed (95 % interval ",
               share(stats.interval->low), " to ", share(stats.interval->high), "), mean score ",
               text::decimal(*score, kScoreDigits));
  if (stats.ungradable > 0) text::append(out, "; ", stats.ungradable, " could not be graded");
  return out + "\n";
}

Colour colour_of(Change change) {
  if (change == Change::broken) return Colour::red;
  if (change == Change::fixed) return Colour::green;
  return change == Change::same ? Colour::dim : Colour::yellow;
}

std::string_view label_of(Change change) {
  constexpr std::string_view kLabels[] = {"same      ", "fixed     ", "broken    ", "unclear   ",
                                          "not graded", "only in A ", "only in B "};
  return kLabels[static_cast<std::size_t>(change)];
}

std::string rate_text(const Rate& rate, bool groups) {
  if (rate.total == 0) return "not graded";
  if (!groups) return rate.passed > 0 ? "passed" : "failed";
  return text::cat(rate.passed, "/", rate.total);
}

std::string change_line(const trials::CriterionChange& one, bool groups, const Paint& paint) {
  std::string rates;
  if (one.change == Change::only_in_a) {
    rates = rate_text(one.a, groups);
  } else if (one.change == Change::only_in_b) {
    rates = rate_text(one.b, groups);
  } else {
    rates = text::cat(rate_text(one.a, groups), " -> ", rate_text(one.b, groups));
  }
  return text::cat("  ", paint(colour_of(one.change), label_of(one.change)), "  ", report::one_line(one.text),
                   one.optional ? " (optional)" : "", "  ", paint(Colour::dim, rates), "\n");
}

std::string verdict_line(const Comparison& comparison) {
  const std::string test =
      comparison.p ? text::cat(" (", trials::kFisherTest, ", p = ", share(*comparison.p), ")") : std::string();
  switch (comparison.verdict) {
    case Verdict::differs:
      return text::cat("differs", test, comparison.worse ? "; B is worse" : "");
    case Verdict::same:
      if (comparison.groups) {
        return text::cat("same", test, ": at these rates even ", trials::kMostAdditionalTrials,
                         " more trials on each side would show no difference");
      }
      return "same: every line has the outcome it had";
    case Verdict::cannot_tell:
      return text::cat("cannot tell yet: run ", *comparison.more, " more on each side", test,
                       ", enough if the observed rates hold");
    case Verdict::not_graded:
      return "nothing to compare: one side has no graded run";
  }
  return {};
}

std::string call_text(const std::optional<trials::TapeCall>& call) {
  if (!call) return "made no further call";
  return text::cat(report::one_line(call->method), " ", report::one_line(call->path), "  ", call->status);
}

std::string_view parting_of(trials::DivergenceKind kind) {
  constexpr std::string_view kTexts[] = {"they call different things", "they send different bodies",
                                         "the statuses differ", "the answers differ", "one run ends"};
  return kTexts[static_cast<std::size_t>(kind)];
}

std::string divergence_lines(const Divergence& divergence, const Paint& paint) {
  std::string out = text::cat("The tapes part at call ", divergence.index, ": ", parting_of(divergence.kind), ".\n");
  if (divergence.before) {
    text::append(out, "  ", paint(Colour::dim, "before"), "  ", call_text(divergence.before), "\n");
  }
  text::append(out, "  A       ", call_text(divergence.a), "\n  B       ", call_text(divergence.b), "\n");
  if (divergence.kind != trials::DivergenceKind::body && divergence.kind != trials::DivergenceKind::answer) return out;
  const auto value = [](const std::string& json) {
    return json.empty() ? std::string("absent") : report::one_line(json);
  };
  text::append(out, "  at ", divergence.pointer.empty() ? "the whole body" : report::one_line(divergence.pointer),
               "\n    A  ", value(divergence.a_value), "\n    B  ", value(divergence.b_value), "\n");
  return out;
}

}  // namespace

std::string render_comparison(const Comparison& comparison, bool tapes, const std::optional<Divergence>& divergence,
                              const Paint& paint) {
  std::string out = side_line("A", comparison.a, comparison.a_stats, comparison.a_score);
  out += side_line("B", comparison.b, comparison.b_stats, comparison.b_score);
  if (comparison.other_scenario) {
    text::append(out, paint(Colour::yellow, "The scenarios differ"),
                 ": their text is not the same, so lines are matched by their sentences.\n");
  }
  const Colour colour = comparison.worse ? Colour::red : Colour::bold;
  text::append(out, paint(colour, verdict_line(comparison)), "\n");
  if (comparison.score_change) {
    text::append(out, "score: ", text::decimal(*comparison.a_score, kScoreDigits), " -> ",
                 text::decimal(*comparison.b_score, kScoreDigits), " (", *comparison.score_change > 0 ? "+" : "",
                 text::decimal(*comparison.score_change, kScoreDigits), ")\n");
  }
  for (const trials::CriterionChange& one : comparison.criteria) out += change_line(one, comparison.groups, paint);
  if (divergence) {
    out += divergence_lines(*divergence, paint);
  } else if (tapes) {
    out += "The tapes are alike.\n";
  }
  return out;
}

}  // namespace pome::cli
