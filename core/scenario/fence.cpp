#include "core/scenario/fence.h"

#include <algorithm>
#include <cstddef>

#include "core/base/text.h"

namespace pome::scenario {
namespace {

/// Length of the comment that starts at `at`, or 0.
std::size_t comment_length(std::string_view text, std::size_t at) {
  const std::string_view rest = text.substr(at);
  if (rest.starts_with("//")) return std::min(rest.find('\n'), rest.size());
  if (!rest.starts_with("/*")) return 0;
  const std::size_t end = rest.find("*/", 2);
  return end == std::string_view::npos ? 0 : end + 2;
}

}  // namespace

Language language_of(const markdown::CodeBlock& block) {
  const std::string_view info = block.info;
  const std::string word = text::to_lower(info.substr(0, info.find_first_of(" \t{,:")));
  if (word.empty()) return Language::none;
  if (word == "json") return Language::json;
  if (word == "jsonc" || word == "json5") return Language::jsonc;
  if (word == "yaml" || word == "yml") return Language::yaml;
  return Language::other;
}

std::string without_comments(std::string_view jsonc) {
  std::string out(jsonc);
  bool in_string = false;
  std::size_t comma = std::string::npos;  // a comma with nothing but space and comments after it
  for (std::size_t i = 0; i < out.size(); ++i) {
    const char c = out[i];
    if (in_string) {
      if (c == '\\') ++i;
      if (c == '"') in_string = false;
      continue;
    }
    if (const std::size_t length = comment_length(jsonc, i); length > 0) {
      for (std::size_t k = i; k < i + length; ++k) {
        if (out[k] != '\n') out[k] = ' ';
      }
      i += length - 1;
      continue;
    }
    if (text::is_space(c)) continue;
    if ((c == ']' || c == '}') && comma != std::string::npos) out[comma] = ' ';
    comma = c == ',' ? i : std::string::npos;
    in_string = c == '"';
  }
  return out;
}

}  // namespace pome::scenario
