#pragma once
#include <string>
#include <string_view>

#include "core/scenario/markdown.h"

namespace pome::scenario {

/// What a fence's info string says about its content; only the first word counts, in any case.
enum class Language { none, json, jsonc, yaml, other };
Language language_of(const markdown::CodeBlock& block);

/// JSON with comments and trailing commas to JSON: what is taken out becomes spaces, so positions stay.
std::string without_comments(std::string_view jsonc);

}  // namespace pome::scenario
