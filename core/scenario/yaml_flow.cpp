#include <algorithm>
#include <utility>

#include "core/base/text.h"
#include "core/scenario/yaml_parser.h"
#include "core/scenario/yaml_scalar.h"

namespace pome::scenario::yaml {
namespace {

constexpr std::size_t kMaxKeyBytes = 1000;
constexpr std::size_t kMaxMembers = 2000;  // of one map; keeps the search for duplicate keys cheap

}  // namespace

/// Only a comment may follow a value on its line.
bool Parser::end_of_value() {
  const bool spaced = is_blank(peek());
  skip_blanks();
  if (at_line_end(at_) || (peek() == '#' && spaced)) return true;
  return fail_at(at_, 1, "yaml-syntax", "There is something after the end of the value.",
                 "Quote the whole value, or remove the rest.");
}

/// Syntax of YAML that is left out on purpose, recognised by its first character.
bool Parser::refuse_indicator(bool flow) {
  const char c = peek();
  const std::string quote = "Quote the text if that is what you mean.";
  if (c == '&' || c == '*') return fail_at(at_, 1, "yaml-anchor", "Anchors and aliases are not supported.", quote);
  if (c == '!') return fail_at(at_, 1, "yaml-tag", "Tags are not supported.", quote);
  if (c == '%') return fail_at(at_, 1, "yaml-directive", "Directives are not supported.", quote);
  if (c == '>') return fail_at(at_, 1, "yaml-folded", "Folded text is not supported.", "Use `|` or one quoted line.");
  if (c == '|') return fail_at(at_, 1, "yaml-syntax", "A literal block cannot stand here.", quote);
  if (c == '@' || c == '`')
    return fail_at(at_, 1, "yaml-syntax", text::cat("A value cannot start with ", c, "."), quote);
  const bool lone = ends_word(at_ + 1) || (flow && is_flow_indicator(peek(1)));
  if ((c == '?' || c == '-' || c == ':') && lone) {
    return fail_at(at_, 1, "yaml-syntax", text::cat("A lone `", c, "` cannot stand here."), quote);
  }
  if (is_flow_indicator(c) || c == '#') {
    return fail_at(at_, 1, "yaml-syntax", text::cat("`", c, "` cannot stand here."), quote);
  }
  const std::string_view rest = text_.substr(at_, 3);
  if ((rest == "---" || rest == "...") && ends_word(at_ + 3) && column0() == 0) {
    return fail_at(at_, 3, "yaml-documents", "Only one document is allowed.",
                   text::cat("Remove the `", rest, "` line."));
  }
  return true;
}

/// The end of the plain scalar that starts here, trailing blanks excluded.
std::size_t Parser::plain_end(bool flow) const {
  std::size_t end = at_;
  for (std::size_t i = at_; !at_line_end(i); ++i) {
    const char c = text_[i];
    if (c == ':' && (ends_word(i + 1) || (flow && is_flow_indicator(text_[i + 1])))) break;
    if (c == '#' && i > at_ && is_blank(text_[i - 1])) break;
    if (flow && is_flow_indicator(c)) break;
    if (!is_blank(c)) end = i + 1;
  }
  return end;
}

bool Parser::scalar(Node& node, bool flow) {
  const std::size_t start = at_;
  place(node, start);
  ScalarProblem problem;
  if (peek() == '"' || peek() == '\'') {
    std::size_t width = 0;
    node.kind = Node::Kind::string;
    problem = read_quoted(text_.substr(at_), node.text, width);
    at_ += width;
  } else {
    if (!refuse_indicator(flow)) return false;
    at_ = plain_end(flow);
    problem = resolve_plain(text_.substr(start, at_ - start), node);
  }
  node.length = count_code_points(text_.substr(start, at_ - start));
  if (problem.code.empty()) return true;
  return fail_at(start + problem.offset, 1, problem.code, problem.message, problem.hint);
}

/// Whether this line starts with a key and its colon.
bool Parser::key_follows() const {
  std::size_t end = at_;
  if (peek() == '"' || peek() == '\'') {
    std::string value;
    std::size_t width = 0;
    if (!read_quoted(text_.substr(at_), value, width).code.empty()) return false;
    end = at_ + width;
  } else if (is_flow_indicator(peek())) {
    return false;
  } else {
    end = plain_end(false);
  }
  while (end < text_.size() && is_blank(text_[end])) ++end;
  return end < text_.size() && text_[end] == ':' && ends_word(end + 1);
}

bool Parser::read_key(std::string& key, bool flow) {
  Node node;
  const std::size_t start = at_;
  const bool quoted = peek() == '"' || peek() == '\'';
  if (!scalar(node, flow)) return false;
  if (at_ - start > kMaxKeyBytes) {
    return fail_at(start, at_ - start, "yaml-key", "This key is too long.",
                   text::cat("Use at most ", kMaxKeyBytes, " bytes."));
  }
  if (!quoted && node.kind != Node::Kind::string) {
    return fail_at(start, at_ - start, "yaml-key",
                   text::cat("The key reads as ", kind_name(node.kind), ", not as text."), "Quote it.");
  }
  key = std::move(node.text);
  return true;
}

bool Parser::add(Node& map, Member member) {
  const auto problem = [&](std::string code, std::string message, std::string hint) {
    diagnostics_.push_back({Severity::error, member.line, member.column, count_code_points(member.key), std::move(code),
                            std::move(message), std::move(hint)});
    return true;
  };
  if (map.members.size() > kMaxMembers) return true;  // reported already
  if (map.members.size() == kMaxMembers) {
    problem("yaml-size", text::cat("A map has more than ", kMaxMembers, " entries."), "Split it.");
  }
  for (const Member& earlier : map.members) {
    if (earlier.key != member.key) continue;
    return problem("yaml-duplicate-key", text::cat("The key `", member.key, "` was given above already."),
                   "Keep one of the two.");
  }
  map.members.push_back(std::move(member));
  return true;
}

bool Parser::skip_flow_space() {
  const std::size_t begin = at_;
  if (!skip_to_content(true)) return false;
  if (done()) return fail_at(begin, 1, "yaml-flow", "The list or map is not closed.", "Add the closing bracket.");
  if (text_.substr(begin, at_ - begin).find('\n') == std::string_view::npos || flow_indent_ == 0) return true;
  const std::size_t start = line_start();
  std::size_t spaces = 0;
  while (text_[start + spaces] == ' ') ++spaces;
  const bool closes = flow_depth_ == 1 && (peek() == ']' || peek() == '}');
  if (spaces >= flow_indent_ || (closes && spaces + 1 == flow_indent_)) return true;
  return fail_at(at_, 1, "yaml-indentation", "A bracketed value that goes on over several lines must stay indented.",
                 "Indent this line deeper than its key.");
}

bool Parser::flow(Node& node) {
  if (depth_ >= kMaxDepth) {
    return fail_at(at_, 1, "yaml-depth", text::cat("Nesting is deeper than ", kMaxDepth, " levels."),
                   "Make it flatter.");
  }
  ++depth_;
  place(node, at_);
  bool ok = false;
  if (peek() == '[' || peek() == '{') {
    ++flow_depth_;
    ok = peek() == '[' ? flow_list(node) : flow_map(node);
    --flow_depth_;
  } else {
    ok = scalar(node, true);
  }
  --depth_;
  return ok;
}

bool Parser::flow_list(Node& node) {
  node.kind = Node::Kind::list;
  ++at_;
  for (;;) {
    if (!skip_flow_space()) return false;
    if (peek() == ']') break;
    if (peek() == ',')
      return fail_at(at_, 1, "yaml-flow", "A value is missing before this comma.", "Remove the comma.");
    node.items.emplace_back();
    if (!flow(node.items.back()) || !skip_flow_space()) return false;
    if (peek() == ',') {
      ++at_;
    } else if (peek() != ']') {
      return fail_at(at_, 1, "yaml-flow", "A comma or `]` is expected here.", "Separate the values by commas.");
    }
  }
  ++at_;
  return true;
}

bool Parser::flow_map(Node& node) {
  node.kind = Node::Kind::map;
  ++at_;
  for (;;) {
    if (!skip_flow_space()) return false;
    if (peek() == '}') break;
    Member member;
    Node key;
    place(key, at_);
    member.line = member.value.line = key.line;
    member.column = member.value.column = key.column;
    const bool quoted = peek() == '"' || peek() == '\'';
    if (!read_key(member.key, true) || !skip_flow_space()) return false;
    if (peek() == ':' && (quoted || ends_word(at_ + 1) || is_flow_indicator(peek(1)))) {
      ++at_;
      if (!skip_flow_space()) return false;
      if (peek() != ',' && peek() != '}' && !flow(member.value)) return false;
      if (!skip_flow_space()) return false;
    }
    add(node, std::move(member));
    if (peek() == ',') {
      ++at_;
    } else if (peek() != '}') {
      return fail_at(at_, 1, "yaml-flow", "A comma or `}` is expected here.", "Separate the entries by commas.");
    }
  }
  ++at_;
  return true;
}

}  // namespace pome::scenario::yaml
