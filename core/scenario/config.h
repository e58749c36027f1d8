#pragma once
#include <span>
#include <string_view>

#include "core/base/diagnostic.h"
#include "core/scenario/markdown.h"
#include "core/scenario/scenario.h"

namespace pome::scenario {

/// The twins that exist.
std::span<const std::string_view> known_twins();
bool is_known_twin(std::string_view name);
/// "Did you mean `github`?" when something similar exists, otherwise the list of twins.
std::string twin_hint(std::string_view name);

/// Reads `## Config`: the first fence (yaml, yml, json, jsonc or without a language), or without any fence the whole
/// section, as YAML. Members that are absent or wrong keep their defaults.
Config read_config(const SourceText& source, const markdown::Section& section, Diagnostics& diagnostics);

}  // namespace pome::scenario
