#include "core/judge/judgements.h"

#include <algorithm>
#include <utility>

#include "core/base/json.h"
#include "core/base/json_writer.h"
#include "core/base/text.h"

namespace pome::judge {
namespace {

constexpr std::int64_t kVersion = 1;

using Tokens = std::optional<std::int64_t>;

Error bad(std::string_view why) { return fail("bad-judgements", text::cat("judge.json ", why)); }

const Judgement* find(const Judgements& judgements, const scenario::Criterion& criterion) {
  const auto found = std::find_if(judgements.lines.begin(), judgements.lines.end(), [&](const Judgement& line) {
    return line.criterion == criterion.id && line.text == criterion.text;
  });
  return found == judgements.lines.end() ? nullptr : &*found;
}

void add(Tokens& sum, const Tokens& more) {
  if (sum) sum = more ? Tokens(*sum + *more) : Tokens();
}

bool has_verdict(eval::Outcome outcome) { return outcome == eval::Outcome::passed || outcome == eval::Outcome::failed; }

std::optional<eval::Outcome> outcome_of(std::string_view name) {
  using eval::Outcome;
  for (const Outcome outcome : {Outcome::passed, Outcome::failed, Outcome::skipped, Outcome::errored}) {
    if (eval::outcome_name(outcome) == name) return outcome;
  }
  return std::nullopt;
}

/// Absent and null are nothing; anything but a whole number from 0 to `most` is wrong.
Result<Tokens> read_number(const Json& line, std::string_view name, std::int64_t most) {
  const Json& value = json::at(line, name);
  if (value.is_null()) return Tokens();
  const auto number = json::integer_at(line, name);
  if (!number || *number < 0 || *number > most) return bad(text::cat("has a ", name, " that cannot be"));
  return Tokens(number);
}

Result<Judgement> read_line(const Json& line) {
  constexpr std::int64_t kMostTokens = 1'000'000'000;
  const auto criterion = json::string_at(line, "criterion");
  const auto text = json::string_at(line, "text");
  const auto outcome = outcome_of(json::string_at(line, "outcome").value_or(""));
  const auto reason = json::string_at(line, "reason");
  if (!criterion || !text || !outcome || !reason) return bad("has a line without criterion, text, outcome or reason");
  Judgement out;
  out.criterion = std::string(*criterion);
  out.text = std::string(*text);
  out.outcome = *outcome;
  out.reason = std::string(*reason);
  POME_TRY(out.confidence, read_number(line, "confidence_percent", 100));
  POME_TRY(out.tokens_in, read_number(line, "tokens_in", kMostTokens));
  POME_TRY(out.tokens_out, read_number(line, "tokens_out", kMostTokens));
  return out;
}

}  // namespace

Judgement judged(const scenario::Criterion& criterion, const Verdict& verdict, const Answer& answer) {
  Judgement out;
  out.criterion = criterion.id;
  out.text = criterion.text;
  out.outcome = verdict.status == VerdictStatus::pass ? eval::Outcome::passed : eval::Outcome::failed;
  out.reason = verdict.status == VerdictStatus::partial ? "partly: " + verdict.reasoning : verdict.reasoning;
  out.confidence = verdict.confidence;
  out.tokens_in = answer.tokens_in;
  out.tokens_out = answer.tokens_out;
  return out;
}

Judgement not_judged(const scenario::Criterion& criterion, eval::Outcome outcome, std::string reason) {
  Judgement out;
  out.criterion = criterion.id;
  out.text = criterion.text;
  out.outcome = outcome;
  out.reason = std::move(reason);
  return out;
}

void apply(const Judgements& judgements, eval::Report& report) {
  report.judge_model = judgements.model;
  Tokens in = 0;
  Tokens out = 0;
  bool any = false;
  for (eval::CriterionResult& result : report.results) {
    if (result.criterion.kind != scenario::CriterionKind::judged) continue;
    const Judgement* line = find(judgements, result.criterion);
    if (line == nullptr) {
      result.outcome = eval::Outcome::errored;
      result.reason = "the judge was not asked about this line";
      continue;
    }
    result.outcome = line->outcome;
    result.reason = line->reason;
    result.confidence = line->confidence;
    if (!has_verdict(line->outcome)) continue;
    any = true;
    add(in, line->tokens_in);
    add(out, line->tokens_out);
  }
  report.judge_tokens_in = any ? in : Tokens();
  report.judge_tokens_out = any ? out : Tokens();
  eval::aggregate(report);
}

std::string to_json(const Judgements& judgements) {
  std::string out;
  JsonWriter writer(out, 2);
  writer.begin_object().field("version", kVersion).field("model", judgements.model).key("lines").begin_array();
  for (const Judgement& line : judgements.lines) {
    writer.begin_object().field("criterion", line.criterion).field("text", line.text);
    writer.field("outcome", eval::outcome_name(line.outcome)).field("reason", line.reason);
    writer.field("confidence_percent", line.confidence);
    writer.field("tokens_in", line.tokens_in).field("tokens_out", line.tokens_out).end_object();
  }
  writer.end_array().end_object();
  out.push_back('\n');
  return out;
}

Result<Judgements> read_judgements(std::string_view text) {
  const auto document = json::parse(text);
  if (!document || !document->is_object()) return bad("is not a JSON object");
  if (json::integer_at(*document, "version") != kVersion) return bad("is of a version this program does not know");
  const auto model = json::string_at(*document, "model");
  const Json& lines = json::at(*document, "lines");
  if (!model || model->empty() || !lines.is_array()) return bad("has no model or no lines");
  Judgements out;
  out.model = std::string(*model);
  for (const Json& line : lines) {
    POME_TRY(Judgement read, read_line(line));
    out.lines.push_back(std::move(read));
  }
  return out;
}

}  // namespace pome::judge
