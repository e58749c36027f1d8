#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "core/judge/judgements.h"
#include "core/redact/redact.h"
#include "tools/cli/artifacts.h"
#include "tools/cli/http_client.h"
#include "tools/cli/judge_endpoint.h"

/// Asking a model about the judged lines of a run.
namespace pome::cli {

struct JudgeSettings {
  JudgeEndpoint endpoint;
  std::string cache_folder;  ///< empty: verdicts are not kept
};

/// $XDG_CACHE_HOME/pome/judge, else ~/.cache/pome/judge; empty without a home.
std::string judge_cache_folder(const Variables& own);

/// A run as the judge gets to know it. Documents are raw; they are redacted before anything is sent.
struct RunToJudge {
  const scenario::Scenario& scenario;
  const RunDocuments& documents;
  std::string_view agent_summary;
  eval::StopReason stop_reason = eval::StopReason::exit_0;
  std::string_view rest_url;  ///< the session's; differs with every run, so the judge sees GitHub's own instead
  std::string_view run_id;
};

struct JudgedRun {
  judge::Judgements judgements;
  std::vector<std::string> notes;  ///< for the user
};

/// Asks about every judged line, one after the other, each at most 30 s. Never fails: a line without an answer is
/// skipped (the key is refused, the run is too long for the model) or errored (anything else). Verdicts are kept by
/// the digest of everything that was asked; the key is in none of it, nor in any text here.
JudgedRun judge_run(const JudgeSettings& settings, const RunToJudge& run, const redact::Redactor& redactor);

}  // namespace pome::cli
