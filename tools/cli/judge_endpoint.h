#pragma once
#include <string>
#include <string_view>

#include "core/base/result.h"
#include "core/judge/wire.h"
#include "tools/cli/agent_env.h"

/// Which model judges, and with whose key. Nothing is ever sent unless the user asked for a judge.
namespace pome::cli {

struct JudgeEndpoint {
  judge::Format format = judge::Format::openai;
  std::string base_url;  ///< without a final slash
  std::string model;
  std::string key;       ///< empty: a local endpoint that wants none
  std::string key_name;  ///< the variable it came from
};

/// The first that is set: POME_LLM_BASE_URL with POME_LLM_MODEL and POME_LLM_API_KEY (OpenAI's protocol; on loopback
/// the key may be missing), OPENAI_API_KEY, ANTHROPIC_API_KEY, GEMINI_API_KEY. OPENAI_BASE_URL, ANTHROPIC_BASE_URL and
/// GOOGLE_GEMINI_BASE_URL replace the providers' own addresses. `model` (may be empty) replaces the model.
/// Plain http:// is for loopback only. Fails with `usage`; no message holds a key.
Result<JudgeEndpoint> resolve_judge(const Variables& own, std::string_view model);

}  // namespace pome::cli
