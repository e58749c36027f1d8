#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "core/base/json.h"
#include "core/scenario/rewrite.h"
#include "core/scenario/scenario_json.h"
#include "core/scenario/yaml.h"

/// Input: a scenario, optionally followed by a NUL byte and a sidecar. Besides the sanitizers' findings, output that is
/// not JSON is a bug, and so is an import that has more to change the second time.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  const std::size_t split = input.find('\0');
  pome::scenario::Source source;
  source.markdown = input.substr(0, split);
  source.path = "fuzz.md";
  if (split != std::string_view::npos) source.sidecar = input.substr(split + 1);
  const pome::scenario::Parsed parsed = pome::scenario::parse(source);
  if (!pome::json::parse(pome::scenario::to_json(parsed))) std::abort();
  const std::string& seed = parsed.scenario.seed.json;
  if (!seed.empty() && !pome::json::parse(seed)) std::abort();
  const std::string imported = pome::scenario::rewrite(source.markdown).markdown;
  if (pome::scenario::rewrite(imported).markdown != imported) std::abort();
  return 0;
}
