#include "tools/cli/judge_flags.h"

#include <utility>

#include "core/base/text.h"

namespace pome::cli {

void JudgeFlags::declare(CLI::App& app) {
  app.add_flag("--judge", judge, "Let a model grade [P] lines, with your own key (sends the redacted run to it)");
  app.add_option("--judge-model", model, "The judge's model (default: one small model of the provider)")
      ->option_text("NAME");
  app.add_flag("--no-judge-cache", no_cache, "Ask the judge again, even where a verdict is known");
}

Result<std::optional<JudgeSettings>> JudgeFlags::settings(bool hosted, const Variables& own) const {
  if (!judge) {
    if (model.empty() && !no_cache) return std::optional<JudgeSettings>();
    return fail("usage", text::cat(model.empty() ? "--no-judge-cache" : "--judge-model", " needs --judge."));
  }
  if (hosted) return fail("usage", "--judge works in self-host runs only: leave out --hosted, or --judge.");
  JudgeSettings settings;
  POME_TRY(settings.endpoint, resolve_judge(own, model));
  if (!no_cache) settings.cache_folder = judge_cache_folder(own);
  return std::optional<JudgeSettings>(std::move(settings));
}

}  // namespace pome::cli
