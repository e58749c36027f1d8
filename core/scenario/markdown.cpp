#include "core/scenario/markdown.h"

#include <md4c.h>

#include <algorithm>
#include <functional>
#include <utility>

#include "core/base/text.h"

namespace pome::scenario::markdown {
namespace {

constexpr std::size_t kNone = std::string_view::npos;

/// CommonMark and nothing else. MD_FLAG_TASKLISTS would turn "[ ]" into a checkbox and MD_FLAG_TABLES would take lines
/// with bars away from their paragraph; both must stay text here.
constexpr unsigned kFlags = MD_DIALECT_COMMONMARK;

/// A heading, paragraph or code block that is being received.
struct Leaf {
  MD_BLOCKTYPE type = MD_BLOCK_P;
  unsigned level = 0;
  std::size_t first = kNone;  // offset of the first byte received from the source
  std::size_t last = kNone;   // offset of the last byte received from the source
  std::string text;
  std::size_t lines_before_first = 0;  // code: complete content lines received before `first`
  CodeBlock code;
};

struct Item {
  std::optional<std::size_t> block;  // its TextBlock, once there is one
  bool started = false;              // its first paragraph is past
};

/// Skips block quote and list markers in front of a paragraph's first line. A paragraph cannot begin with such a marker
/// itself, so taking all of them is exact.
std::string_view without_markers(std::string_view line) {
  for (;;) {
    line = text::trim_left(line);
    if (line.empty()) return line;
    if (line.front() == '>') {
      line.remove_prefix(1);
      continue;
    }
    std::size_t width = 0;
    if (line.front() == '-' || line.front() == '*' || line.front() == '+') {
      width = 1;
    } else {
      while (width < line.size() && width < 9 && text::is_digit(line[width])) ++width;
      const bool delimited = width > 0 && width < line.size() && (line[width] == '.' || line[width] == ')');
      width = delimited ? width + 1 : 0;
    }
    if (width == 0 || width >= line.size() || !text::is_space(line[width])) return line;
    line.remove_prefix(width);
  }
}

/// Skips indentation and at most `quotes` block quote marks in front of a continuation line.
std::string_view without_quotes(std::string_view line, std::size_t quotes) {
  line = text::trim_left(line);
  for (; quotes > 0 && line.starts_with('>'); --quotes) line = text::trim_left(line.substr(1));
  return line;
}

bool is_atx(std::string_view line, unsigned level) {
  line = text::trim_left(line);
  const std::size_t hashes = std::min(line.find_first_not_of('#'), line.size());
  return hashes == level && (hashes == line.size() || text::is_space(line[hashes]));
}

bool is_underline(std::string_view line) {
  line = text::trim(line);
  return !line.empty() && (line.find_first_not_of('=') == kNone || line.find_first_not_of('-') == kNone);
}

/// "  ## Name ##" to "Name".
std::string_view atx_content(std::string_view line) {
  line = text::trim(line);
  line = text::trim(line.substr(std::min(line.find_first_not_of('#'), line.size())));
  const std::size_t last = line.find_last_not_of('#');
  if (last == kNone) return {};
  if (last + 1 < line.size() && text::is_space(line[last])) line = text::trim_right(line.substr(0, last));
  return line;
}

std::string collapsed(std::string_view text) {
  std::string out;
  for (const char c : text::trim(text)) {
    if (!text::is_space(c)) {
      out.push_back(c);
    } else if (!out.ends_with(' ')) {
      out.push_back(' ');
    }
  }
  return out;
}

class Builder {
 public:
  explicit Builder(const SourceText& source) : source_(source) {}

  void enter(MD_BLOCKTYPE type, const void* detail);
  void leave(MD_BLOCKTYPE type);
  void receive(MD_TEXTTYPE type, std::string_view part);
  Document finish(bool complete);

 private:
  void open(MD_BLOCKTYPE type);
  void close();
  void close_heading(const Leaf& leaf);
  TextBlock empty_heading(const Heading& heading) const;
  void close_text(const Leaf& leaf, TextBlock::Kind kind);
  void close_code(Leaf leaf);
  Heading locate_heading(const Leaf& leaf);
  std::size_t offset_in_source(std::string_view part) const;
  void see(std::size_t offset) { seen_ = seen_ == kNone ? offset : std::max(seen_, offset); }
  Section& section() { return document_.sections.empty() ? preamble_ : document_.sections.back(); }

  const SourceText& source_;
  Document document_;
  Section preamble_;  // what stands before the first section; nobody reads it
  std::optional<Leaf> leaf_;
  std::vector<Item> items_;
  std::size_t quotes_ = 0;
  std::size_t lists_ = 0;
  std::size_t seen_ = kNone;  // the furthest source offset any event has pointed to
};

std::size_t Builder::offset_in_source(std::string_view part) const {
  const std::string_view all = source_.text();
  const std::less<const char*> before;
  if (before(part.data(), all.data()) || !before(part.data(), all.data() + all.size())) return kNone;
  return static_cast<std::size_t>(part.data() - all.data());
}

void Builder::open(MD_BLOCKTYPE type) {
  leaf_.emplace();
  leaf_->type = type;
}

void Builder::enter(MD_BLOCKTYPE type, const void* detail) {
  close();  // ends the bare text of a tight list item
  if (type == MD_BLOCK_QUOTE) ++quotes_;
  if (type == MD_BLOCK_UL || type == MD_BLOCK_OL) ++lists_;
  if (type == MD_BLOCK_LI) items_.emplace_back();
  if (type != MD_BLOCK_H && type != MD_BLOCK_P && type != MD_BLOCK_CODE && type != MD_BLOCK_HTML) return;
  open(type);
  if (type == MD_BLOCK_H) leaf_->level = static_cast<const MD_BLOCK_H_DETAIL*>(detail)->level;
  if (type != MD_BLOCK_CODE) return;
  const auto& code = *static_cast<const MD_BLOCK_CODE_DETAIL*>(detail);
  leaf_->code.fenced = code.fence_char != 0;
  // Until its text says better: the line after the furthest known place, or after the info string.
  leaf_->code.line = seen_ == kNone ? 0 : source_.line_index(seen_) + 1;
  if (code.info.size == 0) return;
  const std::string_view info(code.info.text, code.info.size);
  leaf_->code.info = std::string(text::trim(info));
  if (const std::size_t offset = offset_in_source(info); offset != kNone) {
    see(offset);
    leaf_->code.line = source_.line_index(offset) + 1;
  }
}

void Builder::leave(MD_BLOCKTYPE type) {
  close();
  if (type == MD_BLOCK_QUOTE) --quotes_;
  if (type == MD_BLOCK_UL || type == MD_BLOCK_OL) --lists_;
  if (type == MD_BLOCK_LI) items_.pop_back();
}

void Builder::receive(MD_TEXTTYPE type, std::string_view part) {
  if (!leaf_) open(MD_BLOCK_P);  // a tight list item sends its text without a paragraph
  Leaf& leaf = *leaf_;
  if (const std::size_t offset = offset_in_source(part); offset != kNone) {
    if (leaf.first == kNone) {
      leaf.first = offset;
      leaf.lines_before_first = static_cast<std::size_t>(std::count(leaf.text.begin(), leaf.text.end(), '\n'));
    }
    leaf.last = offset + part.size() - 1;
    see(leaf.last);
  }
  if (type == MD_TEXT_BR || type == MD_TEXT_SOFTBR) {
    leaf.text.push_back(' ');
  } else if (leaf.type == MD_BLOCK_H || leaf.type == MD_BLOCK_CODE) {
    leaf.text.append(part);
  }
}

void Builder::close() {
  if (!leaf_) return;
  Leaf leaf = std::move(*leaf_);
  leaf_.reset();
  if (leaf.type == MD_BLOCK_H) close_heading(leaf);
  if (leaf.type == MD_BLOCK_P) close_text(leaf, TextBlock::Kind::paragraph);
  if (leaf.type == MD_BLOCK_CODE) close_code(std::move(leaf));
  if (!items_.empty()) items_.back().started = true;
}

/// md4c does not say where a heading stands. Its text does; a heading without text is the next source line that can be
/// one, since nothing but blank lines, fences, rules and definitions lies between two pieces of text.
Heading Builder::locate_heading(const Leaf& leaf) {
  Heading heading;
  heading.level = leaf.level;
  heading.name = collapsed(leaf.text);
  const std::size_t count = source_.line_count();
  std::size_t line = 0;
  if (leaf.first != kNone) {
    line = source_.line_index(leaf.first);
  } else {
    line = seen_ == kNone ? 0 : source_.line_index(seen_) + 1;
    while (line < count && !is_atx(without_markers(source_.line(line)), leaf.level)) ++line;
    line = std::min(line, count - 1);
    see(source_.line_start(line));
  }
  heading.line = line;
  heading.end_line = line;
  if (is_atx(without_markers(source_.line(line)), leaf.level)) {
    heading.raw = std::string(atx_content(without_markers(source_.line(line))));
    return heading;
  }
  heading.underlined = true;
  const std::size_t last_text = leaf.last == kNone ? line : source_.line_index(leaf.last);
  heading.end_line = std::min(last_text + 1, count - 1);
  while (heading.end_line + 1 < count && !is_underline(without_quotes(source_.line(heading.end_line), quotes_))) {
    ++heading.end_line;
  }
  for (std::size_t i = line; i < heading.end_line; ++i) {
    heading.raw += i == line ? "" : " ";
    heading.raw += text::trim(source_.line(i));
  }
  see(source_.line_start(heading.end_line));
  return heading;
}

void Builder::close_heading(const Leaf& leaf) {
  const bool outside = items_.empty() && quotes_ == 0;
  if (!outside || leaf.level > 2) {
    if (leaf.first != kNone) return close_text(leaf, TextBlock::Kind::heading);
    const Heading empty = locate_heading(leaf);  // keeps `seen_` exact
    if (outside) section().blocks.push_back(empty_heading(empty));
    return;
  }
  Heading heading = locate_heading(leaf);
  if (leaf.level == 1) {
    if (!document_.title) document_.title = std::move(heading);
    return;
  }
  section().body_end = source_.line_start(heading.line);
  Section next;
  next.body_begin = source_.line_start(heading.end_line + 1);
  next.heading = std::move(heading);
  document_.sections.push_back(std::move(next));
}

TextBlock Builder::empty_heading(const Heading& heading) const {
  TextBlock block;
  block.kind = TextBlock::Kind::heading;
  block.heading_level = heading.level;
  const std::string_view line = source_.line(heading.line);
  block.lines.push_back({line.substr(line.size()), source_.line_start(heading.line)});
  return block;
}

void Builder::close_text(const Leaf& leaf, TextBlock::Kind kind) {
  if (leaf.first == kNone) return;
  TextBlock block;
  block.kind = kind;
  if (kind == TextBlock::Kind::heading && items_.empty() && quotes_ == 0) block.heading_level = leaf.level;
  block.list_depth = lists_;
  const std::size_t first = source_.line_index(leaf.first);
  const std::size_t last = source_.line_index(leaf.last);
  for (std::size_t i = first; i <= last; ++i) {
    const std::string_view line = source_.line(i);
    std::string_view text = text::trim_right(i == first ? without_markers(line) : without_quotes(line, quotes_));
    if (kind == TextBlock::Kind::heading && is_atx(text, leaf.level)) text = atx_content(text);
    if (!text.empty()) block.lines.push_back({text, source_.offset_of(text)});
  }
  if (block.lines.empty()) return;
  std::vector<TextBlock>& blocks = section().blocks;
  if (!items_.empty()) {
    Item& item = items_.back();
    if (kind == TextBlock::Kind::paragraph && !item.started) {
      block.kind = TextBlock::Kind::item;
      item.block = blocks.size();
      if (items_.size() > 1) block.parent = items_[items_.size() - 2].block;
    } else {
      block.parent = item.block;
    }
  }
  blocks.push_back(std::move(block));
}

void Builder::close_code(Leaf leaf) {
  leaf.code.content = std::move(leaf.text);
  if (leaf.first != kNone) leaf.code.line = source_.line_index(leaf.first) - leaf.lines_before_first;
  section().code.push_back(std::move(leaf.code));
}

Document Builder::finish(bool complete) {
  close();
  section().body_end = source_.text().size();
  document_.complete = complete;
  return std::move(document_);
}

Builder& builder(void* user) { return *static_cast<Builder*>(user); }

}  // namespace

Document parse(const SourceText& source) {
  MD_PARSER parser = {};
  parser.flags = kFlags;
  parser.enter_block = [](MD_BLOCKTYPE type, void* detail, void* user) {
    builder(user).enter(type, detail);
    return 0;
  };
  parser.leave_block = [](MD_BLOCKTYPE type, void*, void* user) {
    builder(user).leave(type);
    return 0;
  };
  parser.enter_span = [](MD_SPANTYPE, void*, void*) { return 0; };
  parser.leave_span = [](MD_SPANTYPE, void*, void*) { return 0; };
  parser.text = [](MD_TEXTTYPE type, const MD_CHAR* text, MD_SIZE size, void* user) {
    builder(user).receive(type, {text, size});
    return 0;
  };
  Builder build(source);
  const std::string_view text = source.text();
  const int failed = md_parse(text.data(), static_cast<MD_SIZE>(text.size()), &parser, &build);
  return build.finish(failed == 0);
}

Position locate(const SourceText& source, const CodeBlock& block, Position inside) {
  std::string_view content = block.content;
  for (std::size_t line = 1; line < inside.line; ++line)
    content.remove_prefix(std::min(content.find('\n'), content.size() - 1) + 1);
  const std::size_t kept = count_code_points(content.substr(0, content.find('\n')));
  const std::size_t index = std::min(block.line + inside.line, source.line_count()) - 1;
  if (content.empty()) return {index + 1, 1};
  // Both lines end alike; what differs is container prefixes and indentation (md4c turns its tabs into spaces).
  const std::size_t from_end = kept + 1 > inside.column ? kept + 1 - inside.column : 0;
  const std::size_t whole = count_code_points(source.line(index));
  return {index + 1, whole > from_end ? whole - from_end + 1 : 1};
}

}  // namespace pome::scenario::markdown
