#include "core/scenario/yaml.h"

#include <algorithm>
#include <utility>

#include "core/base/text.h"
#include "core/scenario/yaml_parser.h"

namespace pome::scenario::yaml {

std::size_t Parser::line_start() const {
  const std::size_t newline = at_ == 0 ? std::string_view::npos : text_.rfind('\n', at_ - 1);
  return newline == std::string_view::npos ? 0 : newline + 1;
}

void Parser::skip_blanks() {
  while (is_blank(peek())) ++at_;
}

void Parser::skip_line() {
  while (!done() && peek() != '\n') ++at_;
  if (!done()) ++at_;
}

/// Moves to the next character that is neither space, comment nor line end; at a line's start tabs are refused.
/// False when a tab stands in the indentation.
bool Parser::skip_to_content(bool in_flow) {
  while (!done()) {
    const std::size_t begin = at_;
    skip_blanks();
    const bool comment = peek() == '#' && (at_ == 0 || is_blank(text_[at_ - 1]) || text_[at_ - 1] == '\n');
    const std::size_t tab = text_.substr(begin, at_ - begin).find('\t');
    const bool line_begins = begin == 0 || text_[begin - 1] == '\n';
    if (!in_flow && !comment && line_begins && tab != std::string_view::npos) {
      return fail_at(begin + tab, 1, "yaml-tab", "A tab cannot indent YAML.", "Use spaces.");
    }
    if (!comment && peek() != '\n') return true;
    skip_line();
  }
  return true;
}

/// After a problem: on to the next line that belongs to the block indented by `indent`, or to one outside it.
void Parser::skip_entry(std::size_t indent) {
  do {
    skip_line();
    const std::size_t begin = at_;
    while (peek() == ' ') ++at_;
    const bool blank = at_line_end(at_) || peek() == '#' || peek() == '\t';
    const bool dash = at_dash();
    const std::size_t column = at_ - begin;
    const bool closer = peek() == ']' || peek() == '}';
    at_ = begin;
    if (!blank && !closer && (column < indent || (column == indent && !dash))) return;
    if (!blank && dash && column == indent) return;
  } while (!done());
}

/// Counts on from the place asked for last, so that long documents and long lines cost linear time.
Position Parser::position(std::size_t offset) {
  offset = std::min(offset, text_.size());
  const auto [low, high] = std::minmax(offset, known_offset_);
  const std::string_view between = text_.substr(low, high - low);
  const auto newlines = static_cast<std::size_t>(std::count(between.begin(), between.end(), '\n'));
  const bool forward = offset >= known_offset_;
  if (newlines == 0) {
    const std::size_t moved = count_code_points(between);
    known_.column = forward ? known_.column + moved : known_.column - moved;
  } else {
    known_.line = forward ? known_.line + newlines : known_.line - newlines;
    const std::size_t newline = offset == 0 ? std::string_view::npos : text_.rfind('\n', offset - 1);
    const std::size_t start = newline == std::string_view::npos ? 0 : newline + 1;
    known_.column = count_code_points(text_.substr(start, offset - start)) + 1;
  }
  known_offset_ = offset;
  return known_;
}

bool Parser::fail_at(std::size_t offset, std::size_t bytes, std::string code, std::string message, std::string hint) {
  const Position at = position(offset);
  const std::size_t length = count_code_points(text_.substr(std::min(offset, text_.size()), bytes));
  diagnostics_.push_back(
      {Severity::error, at.line, at.column, length, std::move(code), std::move(message), std::move(hint)});
  return false;
}

void Parser::place(Node& node, std::size_t offset) {
  const Position at = position(offset);
  node.line = at.line;
  node.column = at.column;
}

Document Parser::parse() {
  Document document;
  if (text_.starts_with("---") && ends_word(3)) at_ = 3;
  bool ok = at_ == 0 || end_of_value();
  ok = ok && skip_to_content();
  if (ok && !done()) ok = block(document.root, column0());
  if (ok && skip_to_content() && !done()) {
    fail_at(at_, 1, "yaml-indentation", "This line is not indented like the lines above it.",
            "Start every entry of a map or list in the same column.");
  }
  document.diagnostics = std::move(diagnostics_);
  return document;
}

/// A value that starts on its own line at column `indent`, or compactly after "- ".
bool Parser::block(Node& node, std::size_t indent) {
  if (depth_ >= kMaxDepth) {
    return fail_at(at_, 1, "yaml-depth", text::cat("Nesting is deeper than ", kMaxDepth, " levels."),
                   "Make it flatter.");
  }
  ++depth_;
  place(node, at_);
  bool ok = true;
  if (at_dash()) {
    ok = block_list(node, indent);
  } else if (key_follows()) {
    ok = block_map(node, indent);
  } else {
    ok = value_after_key(node, depth_ == 1 || peek() == '|' ? std::string_view::npos : indent - 1);
  }
  --depth_;
  return ok;
}

bool Parser::block_list(Node& node, std::size_t indent) {
  node.kind = Node::Kind::list;
  bool ok = true;
  while (!done() && column0() == indent && at_dash()) {
    ++at_;
    Node item;
    bool good = true;
    skip_blanks();
    if (peek() == '#' || at_line_end(at_)) {
      good = skip_to_content();
      if (good && !done() && column0() > indent) good = block(item, column0());
    } else if (at_dash() || key_follows()) {
      const std::string_view gap = text_.substr(line_start(), column0());
      good = gap.find('\t') == std::string_view::npos
                 ? block(item, column0())
                 : fail_at(at_ - 1, 1, "yaml-tab", "A tab cannot indent YAML.", "Use spaces.");
    } else {
      good = value_after_key(item, indent);
    }
    if (!good) skip_entry(indent);
    ok = good && ok;
    node.items.push_back(std::move(item));
    if (!skip_to_content()) return false;
  }
  return ok;
}

bool Parser::block_map(Node& node, std::size_t indent) {
  node.kind = Node::Kind::map;
  bool ok = true;
  while (!done() && column0() == indent) {
    if (!entry(node, indent)) {
      ok = false;
      skip_entry(indent);
    }
    if (!skip_to_content()) return false;
  }
  if (done() || column0() < indent) return ok;
  fail_at(at_, 1, "yaml-indentation", "This line is indented deeper than the entry it follows.",
          "Start every entry of a map or list in the same column.");
  return false;
}

bool Parser::entry(Node& map, std::size_t indent) {
  if (at_dash()) {
    return fail_at(at_, 1, "yaml-syntax", "A list item stands where a `key: value` entry is expected.",
                   "Indent the list below its key, or give it a key.");
  }
  Member member;
  const std::size_t start = at_;
  if (!read_key(member.key, false)) return false;
  Node place_of_key;
  place(place_of_key, start);
  member.line = place_of_key.line;
  member.column = place_of_key.column;
  skip_blanks();
  if (peek() != ':' || !ends_word(at_ + 1)) {
    return fail_at(start, at_ - start, "yaml-syntax", "This is not a `key: value` entry.",
                   "Put a colon and a space between key and value.");
  }
  ++at_;
  place(member.value, at_);
  skip_blanks();
  if (peek() != '#' && !at_line_end(at_)) {
    if (!value_after_key(member.value, indent)) return false;
    return add(map, std::move(member));
  }
  if (!skip_to_content()) return false;
  const bool nested = !done() && (column0() > indent || (column0() == indent && at_dash()));
  if (nested && !block(member.value, column0())) {
    add(map, std::move(member));
    return false;
  }
  return add(map, std::move(member));
}

/// A scalar, literal block or flow collection; `indent` is the enclosing block's (npos: none).
bool Parser::value_after_key(Node& node, std::size_t indent) {
  place(node, at_);
  if (peek() == '|' && indent != std::string_view::npos) return literal(node, indent);
  if (peek() == '[' || peek() == '{') {
    flow_indent_ = indent == std::string_view::npos ? 0 : indent + 1;
    if (!flow(node)) return false;
    return end_of_value();
  }
  if (key_follows() || at_dash()) {
    return fail_at(at_, 1, "yaml-syntax", "A map or list cannot start on the same line as its key.",
                   "Start it on the next line, indented, or quote the text.");
  }
  if (!scalar(node, false) || !end_of_value()) return false;
  const std::size_t resume = at_;
  const std::size_t lines_end = at_;
  if (!skip_to_content()) return false;
  const bool continues = !done() && (indent == std::string_view::npos || column0() > indent);
  if (continues && text_.substr(lines_end, at_ - lines_end).find('\n') != std::string_view::npos) {
    return fail_at(at_, 1, "yaml-multi-line", "A value cannot go on over several lines.",
                   "Keep it on one line, or use a literal block (`key: |`).");
  }
  at_ = resume;
  return true;
}

bool Parser::literal_header(char& chomping) {
  const std::size_t start = at_++;
  if (peek() == '-' || peek() == '+') chomping = text_[at_++];
  if (!ends_word(at_)) {
    return fail_at(start, at_ - start + 1, "yaml-syntax", "This is not a literal block header.",
                   "Write `|`, `|-` or `|+` and start the text on the next line.");
  }
  if (!end_of_value()) return false;
  skip_line();
  return true;
}

bool Parser::literal(Node& node, std::size_t indent) {
  char chomping = ' ';
  if (!literal_header(chomping)) return false;
  const std::size_t floor = indent == std::string_view::npos ? 0 : indent + 1;
  std::size_t content = std::string_view::npos;  // indentation of the text, known from its first line
  std::size_t widest_blank = 0;                  // of the blank lines before that
  std::size_t breaks = 0;                        // line ends that are not written yet
  node.kind = Node::Kind::string;
  while (!done()) {
    const std::size_t begin = at_;
    std::size_t spaces = 0;
    while (peek(spaces) == ' ') ++spaces;
    const bool blank = at_line_end(begin + spaces) && (content == std::string_view::npos || spaces <= content);
    if (blank && content == std::string_view::npos) widest_blank = std::max(widest_blank, spaces);
    if (!blank && content == std::string_view::npos && spaces >= floor) {
      content = spaces;
      if (peek(spaces) == '\t') return fail_at(begin, 1, "yaml-tab", "A tab cannot indent YAML.", "Use spaces.");
      if (widest_blank > content) {
        return fail_at(begin, content, "yaml-literal",
                       "A blank line above has more spaces than the literal block's text.",
                       "Remove the spaces from the blank line.");
      }
    }
    if (!blank && (content == std::string_view::npos || spaces < content)) break;
    skip_line();
    const std::size_t end = text_[at_ - 1] == '\n' ? at_ - 1 : at_;
    if (!blank) {
      node.text.append(breaks, '\n').append(text_.substr(begin + content, end - begin - content));
      breaks = 0;
    }
    if (!blank || text_[at_ - 1] == '\n') ++breaks;
  }
  if (chomping == '+' && content == std::string_view::npos) {
    return fail_at(at_, 0, "yaml-literal", "The literal block has no text.", "Write \"\" for an empty text.");
  }
  if (chomping == '+') node.text.append(breaks, '\n');
  if (chomping == ' ' && !node.text.empty()) node.text.push_back('\n');
  return true;
}

const Node* Node::find(std::string_view key) const {
  const auto found = std::find_if(members.begin(), members.end(), [key](const Member& m) { return m.key == key; });
  return found == members.end() ? nullptr : &found->value;
}

Document parse(std::string_view text) { return Parser(text).parse(); }

std::string_view kind_name(Node::Kind kind) {
  switch (kind) {
    case Node::Kind::null:
      return "nothing";
    case Node::Kind::boolean:
      return "true or false";
    case Node::Kind::integer:
    case Node::Kind::number:
      return "a number";
    case Node::Kind::string:
      return "text";
    case Node::Kind::list:
      return "a list";
    case Node::Kind::map:
      return "a map";
  }
  return "";
}

Json to_json(const Node& node) {
  switch (node.kind) {
    case Node::Kind::null:
      return nullptr;
    case Node::Kind::boolean:
      return node.boolean;
    case Node::Kind::integer:
      return node.integer;
    case Node::Kind::number:
      return node.number;
    case Node::Kind::string:
      return node.text;
    case Node::Kind::list: {
      Json list = Json::array();
      for (const Node& item : node.items) list.push_back(to_json(item));
      return list;
    }
    case Node::Kind::map: {
      Json map = Json::object();
      for (const Member& member : node.members) map[member.key] = to_json(member.value);
      return map;
    }
  }
  return nullptr;
}

}  // namespace pome::scenario::yaml
