#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/diagnostic.h"
#include "core/base/json.h"

/// A strict subset of YAML 1.2 with the core schema: block and flow maps and lists, plain and quoted scalars on one
/// line, literal blocks (`|`), comments. Whatever this parser accepts means the same to a full YAML 1.2 parser.
/// Everything else (anchors, aliases, tags, directives, several documents, folded and multi-line scalars, tab
/// indentation, duplicate keys) is refused with a positioned diagnostic.
namespace pome::scenario::yaml {

inline constexpr int kMaxDepth = 64;

struct Member;

struct Node {
  enum class Kind { null, boolean, integer, number, string, list, map };
  Kind kind = Kind::null;
  bool boolean = false;
  std::int64_t integer = 0;
  double number = 0;  ///< set for integer and number
  std::string text;   ///< a string's value; for the other scalars their source
  std::vector<Node> items;
  std::vector<Member> members;  ///< in source order, keys unique
  std::size_t line = 1;         ///< of the value's first character; 1-based
  std::size_t column = 1;       ///< in code points
  std::size_t length = 0;       ///< of a scalar, in code points

  const Node* find(std::string_view key) const;
};

struct Member {
  std::string key;
  std::size_t line = 1;
  std::size_t column = 1;
  Node value;
};

struct Document {
  Node root;                ///< null when there is nothing but comments
  Diagnostics diagnostics;  ///< errors only, positions within the parsed text
};

/// `text` has "\n" line ends and is valid UTF-8. After a problem parsing goes on with the next entry of the enclosing
/// block, so several problems are reported at once.
Document parse(std::string_view text);

/// "a string", "a list", ...: for messages.
std::string_view kind_name(Node::Kind kind);

Json to_json(const Node& node);

}  // namespace pome::scenario::yaml
