#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/diagnostic.h"

namespace pome::scenario {

/// A Markdown file larger than this is refused unread (1 MiB).
inline constexpr std::size_t kMaxSourceBytes = 1024 * 1024;
/// A sidecar seed larger than this is refused unread (16 MiB).
inline constexpr std::size_t kMaxSidecarBytes = 16 * 1024 * 1024;

struct Position {
  std::size_t line = 1;    ///< 1-based
  std::size_t column = 1;  ///< 1-based, in Unicode code points
  bool operator==(const Position&) const = default;
};

/// Number of code points in well-formed UTF-8.
std::size_t count_code_points(std::string_view text);

/// A document ready for parsing: no byte order mark, every line ended by "\n", valid UTF-8 without NUL. Whatever had to
/// be replaced to get there is a diagnostic (`bad-encoding`, `nul-byte`, `too-large`). Views into text() live as long
/// as the object; it does not move.
class SourceText {
 public:
  SourceText(std::string_view raw, std::size_t max_bytes, Diagnostics& diagnostics);
  SourceText(const SourceText&) = delete;
  SourceText& operator=(const SourceText&) = delete;

  std::string_view text() const { return text_; }
  bool too_large() const { return too_large_; }  ///< unread then: the text is empty
  std::size_t line_count() const { return starts_.size(); }
  std::size_t line_index(std::size_t offset) const;  ///< 0-based line that holds the byte at `offset`
  std::size_t line_start(std::size_t index) const;   ///< clamped to the end of the text
  std::string_view line(std::size_t index) const;    ///< without its "\n"; empty beyond the end
  Position position(std::size_t offset) const;
  /// Offset of a view that points into text().
  std::size_t offset_of(std::string_view part) const { return static_cast<std::size_t>(part.data() - text_.data()); }

 private:
  bool too_large_ = false;
  std::string text_;
  std::vector<std::size_t> starts_;
};

}  // namespace pome::scenario
