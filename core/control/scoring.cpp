#include "core/control/scoring.h"

#include <optional>
#include <utility>

#include "core/base/text.h"

namespace pome::control {

namespace {

bool same_json(std::string_view a, std::string_view b) {
  const Result<Json> left = json::parse(a);
  const Result<Json> right = json::parse(b);
  return left && right && *left == *right;
}

scenario::Parsed parse(std::string_view markdown, std::string_view path, std::string_view seed) {
  return scenario::parse({markdown, path, seed.empty() ? std::nullopt : std::optional<std::string_view>(seed)});
}

}  // namespace

std::shared_ptr<const Prepared> prepare_scenario(Plane& plane, std::string markdown, std::string sent_seed,
                                                 const Principal& principal) {
  const auto& last = plane.last_prepared;
  if (last && last->team_id == principal.team.id && last->markdown == markdown && last->sent_seed == sent_seed) {
    return last;
  }
  auto prepared = std::make_shared<Prepared>();
  prepared->markdown = std::move(markdown);
  prepared->sent_seed = std::move(sent_seed);
  prepared->team_id = principal.team.id;
  prepared->parsed = parse(prepared->markdown, "scenario.md", {});
  // Clients send the seed of the Markdown itself as well; only another one is a seed file.
  const bool beside =
      !prepared->sent_seed.empty() && !same_json(prepared->sent_seed, prepared->parsed.scenario.seed.json);
  if (beside) prepared->parsed = parse(prepared->markdown, "scenario.md", prepared->sent_seed);
  const redact::Redactor redactor({principal.full_key}, eval::criterion_literals(prepared->parsed.scenario));
  prepared->stored_markdown = redactor.sentence(prepared->markdown);
  if (beside) prepared->stored_seed = redactor.json(prepared->sent_seed);
  plane.last_prepared = prepared;
  return prepared;
}

redact::Redactor run_redactor(const Live& session, const Principal& principal) {
  std::vector<std::string> known = {session.agent_token, session.github_token, session.twin->config().auth_secret,
                                    principal.full_key};
  if (text::starts_with_ignore_case(session.agent_token, "edt_")) known.push_back(session.agent_token.substr(4));
  return redact::Redactor(std::move(known), eval::criterion_literals(session.scenario->parsed.scenario));
}

Result<eval::Report> score(const Documents& documents, std::string_view scenario_name, eval::StopReason stop_reason) {
  const std::string path = text::cat(scenario_name, ".md");
  const scenario::Parsed parsed = parse(documents.scenario, path, documents.scenario_seed);
  for (const Diagnostic& problem : parsed.diagnostics) {
    if (problem.severity != Severity::error) continue;
    return fail(kInvalid,
                text::cat("The session's scenario cannot be scored: line ", problem.line, ": ", problem.message));
  }
  // A run always has its tape here; one without calls is an empty text.
  const std::string_view events = documents.events.empty() ? std::string_view("[]") : documents.events;
  Result<eval::Report> report =
      eval::evaluate(parsed.scenario, {documents.state_initial, documents.state_final, events, stop_reason});
  if (!report) return fail(kInvalid, text::cat("The run's documents cannot be scored: ", report.error().message));
  return report;
}

}  // namespace pome::control
