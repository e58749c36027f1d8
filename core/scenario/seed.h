#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/diagnostic.h"
#include "core/scenario/markdown.h"
#include "core/scenario/scenario.h"

namespace pome::scenario {

/// Where a seed can come from.
struct SeedInput {
  const SourceText& source;
  const markdown::Section* seed_state = nullptr;
  const markdown::Section* setup = nullptr;
  std::optional<std::string_view> sidecar;
  std::string sidecar_name;  ///< for hints
  const std::vector<std::string>& twins;
};

/// The first of: the sidecar without its `_meta`, the JSON (or YAML) of `## Seed State`, the first JSON fence of
/// `## Setup`, the twin's default. An envelope `{"github": {...}}` is unwrapped.
Seed read_seed(const SeedInput& input, Diagnostics& diagnostics);

}  // namespace pome::scenario
