#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/diagnostic.h"
#include "core/scenario/markdown.h"
#include "core/scenario/scenario.h"

namespace pome::scenario {

/// The twins that exist.
std::span<const std::string_view> known_twins();
bool is_known_twin(std::string_view name);
/// "Did you mean `github`?" when something similar exists, otherwise the list of twins.
std::string twin_hint(std::string_view name);

/// Most tags a scenario may have, and the longest, in bytes.
inline constexpr std::size_t kMaxTags = 16;
inline constexpr std::size_t kMaxTagBytes = 40;

struct Settings {
  Config config;
  std::vector<std::string> tags;  ///< lower-case words joined by hyphens, each once
};

/// Reads `## Config`: the first fence (yaml, yml, json, jsonc or without a language), or without any fence the whole
/// section, as YAML. Members that are absent or wrong keep their defaults.
Settings read_config(const SourceText& source, const markdown::Section& section, Diagnostics& diagnostics);

}  // namespace pome::scenario
