#pragma once
#include <memory>
#include <string>

#include "core/control/plane.h"
#include "core/eval/evaluate.h"
#include "core/redact/redact.h"

namespace pome::control {

/// Parses a scenario, with the seed sent beside it as its seed file, and makes the texts that may be stored. Reuses the
/// last one.
std::shared_ptr<const Prepared> prepare_scenario(Plane& plane, std::string markdown, std::string sent_seed,
                                                 const Principal& principal);

/// What removes the secrets of a session's run from its documents: its tokens, the caller's key, well-known shapes.
redact::Redactor run_redactor(const Live& session, const Principal& principal);

/// What is stored of a run, all redacted.
struct Documents {
  std::string scenario;       ///< Markdown
  std::string scenario_seed;  ///< JSON of its seed file; empty when it has none
  std::string state_initial;
  std::string state_final;
  std::string events;  ///< NDJSON
};

/// Scores stored documents, as every later reader of the run will. Fails with `validation_failed` naming the document.
Result<eval::Report> score(const Documents& documents, std::string_view scenario_name, eval::StopReason stop_reason);

}  // namespace pome::control
