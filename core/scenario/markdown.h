#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/scenario/source.h"

/// Plain CommonMark (no extensions: tables, task lists and the like stay text) as a flat list of sections. Every part
/// knows where it stands in the source; views point into the SourceText.
namespace pome::scenario::markdown {

struct Heading {
  unsigned level = 2;
  std::string name;          ///< plain text: emphasis, code marks and closing hashes removed, white space collapsed
  std::string raw;           ///< the heading's source without its marks
  bool underlined = false;   ///< written as text over a line of = or - (setext)
  std::size_t line = 0;      ///< 0-based first line
  std::size_t end_line = 0;  ///< 0-based last line (the underline of a setext heading)
};

struct CodeBlock {
  bool fenced = false;
  std::string info;      ///< the fence's info string, trimmed
  std::string content;   ///< without fences and container prefixes; every line ends in "\n"
  std::size_t line = 0;  ///< 0-based source line of the first content line
};

/// One source line of a text block: container prefixes and outer white space removed.
struct TextLine {
  std::string_view text;
  std::size_t offset = 0;  ///< of `text` in the source
};

/// The first paragraph of a list item, any other paragraph, or a heading inside a section.
struct TextBlock {
  enum class Kind { item, paragraph, heading };
  Kind kind = Kind::paragraph;
  unsigned heading_level = 0;         ///< of a heading outside any list or quote, otherwise 0
  std::size_t list_depth = 0;         ///< 0 outside lists, 1 in a top-level item, ...
  std::optional<std::size_t> parent;  ///< index of the block of the enclosing list item, when that item has text
  std::vector<TextLine> lines;        ///< never empty; the one line of a heading without text is
};

/// A second-level heading outside any list or quote, and everything up to the next one.
struct Section {
  Heading heading;
  std::size_t body_begin = 0;  ///< source offsets of the lines between this heading and the next
  std::size_t body_end = 0;
  std::vector<CodeBlock> code;
  std::vector<TextBlock> blocks;
};

struct Document {
  std::optional<Heading> title;  ///< the first first-level heading, even when empty
  std::vector<Section> sections;
  bool complete = true;  ///< false when the Markdown parser ran out of memory
};

Document parse(const SourceText& source);

/// Where (line, column), both 1-based in `block.content`, stands in the source. Exact for everything right of a line's
/// indentation.
Position locate(const SourceText& source, const CodeBlock& block, Position inside);

}  // namespace pome::scenario::markdown
