#pragma once
#include <cstddef>
#include <string>
#include <string_view>

#include "core/scenario/source.h"
#include "core/scenario/yaml.h"

/// The parser behind yaml.h: block structure in yaml.cpp, scalars and flow collections in yaml_flow.cpp.
namespace pome::scenario::yaml {

inline bool is_blank(char c) { return c == ' ' || c == '\t'; }
inline bool is_flow_indicator(char c) { return c == ',' || c == '[' || c == ']' || c == '{' || c == '}'; }

class Parser {
 public:
  explicit Parser(std::string_view text) : text_(text) {}
  Document parse();

 private:
  // Where the parser stands.
  bool done() const { return at_ >= text_.size(); }
  char peek(std::size_t ahead = 0) const { return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0'; }
  bool at_line_end(std::size_t offset) const { return offset >= text_.size() || text_[offset] == '\n'; }
  bool ends_word(std::size_t offset) const { return at_line_end(offset) || is_blank(text_[offset]); }
  std::size_t line_start() const;
  std::size_t column0() const { return at_ - line_start(); }
  bool at_dash() const { return peek() == '-' && ends_word(at_ + 1); }
  void skip_blanks();
  bool skip_to_content(bool in_flow = false);
  void skip_line();
  void skip_entry(std::size_t indent);

  // Problems. Each returns false, so that callers can pass it on.
  bool fail_at(std::size_t offset, std::size_t bytes, std::string code, std::string message, std::string hint);
  bool refuse_indicator(bool flow);
  Position position(std::size_t offset);
  void place(Node& node, std::size_t offset);

  // Values.
  bool block(Node& node, std::size_t indent);
  bool block_list(Node& node, std::size_t indent);
  bool block_map(Node& node, std::size_t indent);
  bool entry(Node& map, std::size_t indent);
  bool value_after_key(Node& node, std::size_t indent);
  bool literal(Node& node, std::size_t indent);
  bool literal_header(char& chomping);
  bool scalar(Node& node, bool flow);
  bool flow(Node& node);
  bool flow_list(Node& node);
  bool flow_map(Node& node);
  bool skip_flow_space();
  bool end_of_value();
  bool key_follows() const;
  bool read_key(std::string& key, bool flow);
  bool add(Node& map, Member member);
  std::size_t plain_end(bool flow) const;

  std::string_view text_;
  std::size_t at_ = 0;
  int depth_ = 0;
  int flow_depth_ = 0;
  std::size_t flow_indent_ = 0;  // continuation lines of a flow collection need at least this indentation
  Diagnostics diagnostics_;
  std::size_t known_offset_ = 0;  // a place whose position is known; the next one asked for is usually close
  Position known_;
};

}  // namespace pome::scenario::yaml
