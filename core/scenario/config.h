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

/// A setting that is written by another of its names: `pass_threshold`, `trials`.
struct KeyAlias {
  Position at;             ///< of the key, or of its opening quote
  std::size_t length = 0;  ///< of the key, in code points, without quotes
  std::string_view name;   ///< the setting's own name
};
std::vector<KeyAlias> aliased_keys(const SourceText& source, const markdown::Section& section);

/// Reads `## Config`: the first fence (yaml, yml, json, jsonc or without a language), or without any fence the whole
/// section, as YAML. Members that are absent or wrong keep their defaults. Other tools' names of a setting are read
/// with a note; beside the setting's own name they are ignored.
Settings read_config(const SourceText& source, const markdown::Section& section, Diagnostics& diagnostics);

}  // namespace pome::scenario
