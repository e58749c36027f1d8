#include "core/base/json_writer.h"
#include "core/base/text.h"
#include "core/proof/prove.h"

namespace pome::proof {
namespace {

void write_play(JsonWriter& out, std::string_view name, const PlayProof& play) {
  out.key(name);
  if (!play.played) {
    out.null();
    return;
  }
  out.begin_object().field("ok", play.ok).field("status", eval::status_name(play.status));
  out.field("satisfaction", play.satisfaction).field("calls", play.calls).end_object();
}

void write_criterion(JsonWriter& out, const CriterionProof& one, const Proof& proof) {
  out.begin_object().field("id", one.criterion.id).field("line", one.criterion.line);
  out.field("text", one.criterion.text).field("finding", finding_name(one.finding)).field("words", one.words);
  out.field("holds_in_seed", one.holds_in_seed).field("mutants_tried", one.tried);
  out.key("contradicts");
  one.rival ? out.value(proof.criteria[*one.rival].criterion.id) : out.null();
  out.end_object();
}

std::string play_words(std::string_view who, const PlayProof& play, std::string_view wanted) {
  if (!play.played) return {};
  return text::cat(play.ok ? "  ok   " : "  NOT  ", who, ": ", eval::status_name(play.status), ", ", play.satisfaction,
                   " of 100 with ", play.calls, play.calls == 1 ? " call" : " calls", " (", wanted, ")\n");
}

std::string_view mark_of(Finding finding) {
  if (finding == Finding::proven) return "  ok   ";
  return finding == Finding::not_graded ? "  -    " : "  NOT  ";
}

}  // namespace

std::string_view finding_name(Finding finding) {
  switch (finding) {
    case Finding::proven:
      return "proven";
    case Finding::vacuous:
      return "vacuous";
    case Finding::contradictory:
      return "contradictory";
    case Finding::already_true:
      return "already_true_in_seed";
    case Finding::not_graded:
      break;
  }
  return "not_graded";
}

std::string to_json(const Proof& proof) {
  std::string out;
  JsonWriter json(out, 2);
  json.begin_object().field("version", 1).field("scenario", proof.scenario).field("title", proof.title);
  json.field("ok", proof.ok());
  write_play(json, "null_agent", proof.null_agent);
  write_play(json, "solution", proof.solution);
  write_play(json, "bad_solution", proof.bad);
  json.key("criteria").begin_array();
  for (const CriterionProof& one : proof.criteria) write_criterion(json, one, proof);
  json.end_array().key("problems").begin_array();
  for (const Problem& problem : proof.problems) {
    json.begin_object().key("criterion");
    problem.criterion ? json.value(proof.criteria[*problem.criterion].criterion.id) : json.null();
    json.field("message", problem.message).end_object();
  }
  json.end_array().end_object();
  return out + "\n";
}

std::string in_words(const Proof& proof) {
  std::string out = text::cat(proof.scenario, ": ", proof.ok() ? "proven" : "NOT proven", "\n");
  out += play_words("an agent that does nothing", proof.null_agent,
                    proof.bad.played ? "the bad solution stands for it" : "must not pass");
  out += play_words("the solution", proof.solution, "must pass");
  out += play_words("the bad solution", proof.bad, "must fail");
  for (const CriterionProof& one : proof.criteria) {
    out += text::cat(mark_of(one.finding), one.criterion.text, "\n         ",
                     one.finding == Finding::proven ? "" : text::cat(finding_name(one.finding), ": "), one.words, "\n");
  }
  for (const Problem& problem : proof.problems) out += text::cat("  problem: ", problem.message, "\n");
  return out;
}

}  // namespace pome::proof
