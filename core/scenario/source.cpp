#include "core/scenario/source.h"

#include <algorithm>
#include <utility>

#include "core/base/text.h"

namespace pome::scenario {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

std::string with_unix_line_ends(std::string_view raw) {
  std::string out;
  out.reserve(raw.size());
  for (std::size_t i = 0; i < raw.size(); ++i) {
    if (raw[i] != '\r') {
      out.push_back(raw[i]);
    } else if (i + 1 == raw.size() || raw[i + 1] != '\n') {
      out.push_back('\n');
    }
  }
  return out;
}

/// Replaces NUL and malformed sequences; `first_bad` and `first_nul` get the offset in the result, or npos.
std::string cleaned(std::string_view text, std::size_t& first_bad, std::size_t& first_nul) {
  std::string out;
  out.reserve(text.size() + 16);
  while (!text.empty()) {
    const std::size_t length = text::utf8_sequence_length(text);
    if (length > 0 && text.front() != '\0') {
      out.append(text.substr(0, length));
      text.remove_prefix(length);
      continue;
    }
    std::size_t& first = length == 0 ? first_bad : first_nul;
    first = std::min(first, out.size());
    out.append(kReplacement);
    text.remove_prefix(1);
  }
  return out;
}

}  // namespace

std::size_t count_code_points(std::string_view text) {
  std::size_t count = 0;
  for (const char c : text) count += (static_cast<unsigned char>(c) & 0xC0U) != 0x80U ? 1 : 0;
  return count;
}

SourceText::SourceText(std::string_view raw, std::size_t max_bytes, Diagnostics& diagnostics) {
  if (raw.size() > max_bytes) {
    diagnostics.push_back({Severity::error, 1, 1, 0, "too-large",
                           text::cat("The file has ", raw.size(), " bytes; the limit is ", max_bytes, "."),
                           "Make it smaller, for example by moving long seed content out of it."});
    raw = {};
    too_large_ = true;
  }
  if (raw.starts_with("\xEF\xBB\xBF")) raw.remove_prefix(3);
  text_ = raw.find('\r') == std::string_view::npos ? std::string(raw) : with_unix_line_ends(raw);
  std::size_t first_bad = std::string::npos;
  std::size_t first_nul = std::string::npos;
  if (text_.find('\0') != std::string::npos || !text::is_valid_utf8(text_)) {
    text_ = cleaned(text_, first_bad, first_nul);
  }
  starts_.push_back(0);
  for (std::size_t at = text_.find('\n'); at != std::string::npos; at = text_.find('\n', at + 1)) {
    starts_.push_back(at + 1);
  }
  const auto report = [&](std::size_t offset, std::string code, std::string message, std::string hint) {
    if (offset == std::string::npos) return;
    const Position at = position(offset);
    diagnostics.push_back(
        {Severity::error, at.line, at.column, 1, std::move(code), std::move(message), std::move(hint)});
  };
  report(first_bad, "bad-encoding", "This is not valid UTF-8.", "Save the file as UTF-8.");
  report(first_nul, "nul-byte", "The file contains a NUL byte.", "Remove it; scenarios and seeds are plain text.");
}

std::size_t SourceText::line_index(std::size_t offset) const {
  const auto next = std::upper_bound(starts_.begin(), starts_.end(), offset);
  return static_cast<std::size_t>(next - starts_.begin()) - 1;
}

std::size_t SourceText::line_start(std::size_t index) const {
  return index < starts_.size() ? starts_[index] : text_.size();
}

std::string_view SourceText::line(std::size_t index) const {
  if (index >= starts_.size()) return std::string_view(text_).substr(text_.size());
  const std::size_t begin = starts_[index];
  const std::size_t end = index + 1 < starts_.size() ? starts_[index + 1] - 1 : text_.size();
  return std::string_view(text_).substr(begin, end - begin);
}

Position SourceText::position(std::size_t offset) const {
  offset = std::min(offset, text_.size());
  const std::size_t index = line_index(offset);
  const std::size_t begin = starts_[index];
  return {index + 1, count_code_points(std::string_view(text_).substr(begin, offset - begin)) + 1};
}

}  // namespace pome::scenario
