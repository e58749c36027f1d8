#include "core/control/scoring.h"

#include <utility>

#include "core/base/text.h"

namespace pome::control {

std::shared_ptr<const Prepared> prepare_scenario(Plane& plane, std::string markdown, const Principal& principal) {
  const auto& last = plane.last_prepared;
  if (last && last->team_id == principal.team.id && last->markdown == markdown) return last;
  auto prepared = std::make_shared<Prepared>();
  prepared->markdown = std::move(markdown);
  prepared->parsed = scenario::parse({prepared->markdown, "scenario.md", std::nullopt});
  const redact::Redactor redactor({principal.full_key}, eval::criterion_literals(prepared->parsed.scenario));
  prepared->stored_markdown = redactor.sentence(prepared->markdown);
  prepared->team_id = principal.team.id;
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
  const scenario::Parsed parsed = scenario::parse({documents.scenario, path, std::nullopt});
  for (const Diagnostic& problem : parsed.diagnostics) {
    if (problem.severity != Severity::error) continue;
    return fail(kInvalid,
                text::cat("The session's scenario cannot be scored: line ", problem.line, ": ", problem.message));
  }
  Result<eval::Report> report =
      eval::evaluate(parsed.scenario, {documents.state_initial, documents.state_final, documents.events, stop_reason});
  if (!report) return fail(kInvalid, text::cat("The run's documents cannot be scored: ", report.error().message));
  return report;
}

}  // namespace pome::control
