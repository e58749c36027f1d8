#pragma once
#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/diagnostic.h"
#include "core/base/json.h"
#include "core/base/json_scanner.h"
#include "core/twin/github/model/ids.h"

/// Reading a seed document: typed access that notes every problem at its line and column. Internal to the model.
namespace pome::twin::github::model {

/// Problems of one JSON text. Positions are worked out only when there is something to say.
class Problems {
 public:
  /// `text` must be well-formed JSON and outlive this.
  explicit Problems(std::string_view text) : text_(text) {}

  enum class At { key, value };
  /// Notes a problem at the value (or the member name) that JSON Pointer `pointer` addresses.
  void add(Severity severity, At at, const std::string& pointer, std::string_view code, std::string message,
           std::string hint);
  /// All problems in the order of the text.
  Diagnostics take() { return std::move(diagnostics_); }

 private:
  struct Span {
    std::size_t begin = 0;
    std::size_t size = 0;
  };
  struct Place {
    Span key;
    Span value;
  };
  void scan();
  void scan_value(JsonScanner& scanner, JsonScanner::Token token, const std::string& pointer, Span key);

  std::string_view text_;
  std::map<std::string, Place> places_;  // by JSON Pointer; empty until the first problem
  Diagnostics diagnostics_;              // in the order of the text
};

/// One value of the document and the way to it. Lives on the stack below its parent; `null` members count as absent.
class Node {
 public:
  Node(Problems& problems, const Json& root) : problems_(&problems), value_(&root) {}

  const Json& value() const { return *value_; }
  std::string pointer() const;

  /// Whether this is an object; warns of every member that `known` does not name: `is_object("login role")`.
  bool is_object(std::string_view known) const;
  /// The same, for members that a list of parts names by their `key`.
  template <class Part, std::size_t N>
  bool is_made_of(const Part (&parts)[N]) const {
    std::vector<std::string_view> keys;
    for (const Part& part : parts) keys.push_back(part.key);
    return is_object(keys);
  }
  bool has(std::string_view key) const { return !json::at(*value_, key).is_null(); }

  std::optional<std::string> text(std::string_view key) const;
  std::string text(std::string_view key, std::string_view otherwise) const;
  /// Notes a missing or blank member and answers "".
  std::string required_text(std::string_view key) const;
  bool flag(std::string_view key, bool otherwise) const;
  /// A whole number of at least `least`.
  std::optional<Id> whole(std::string_view key, Id least) const;
  std::optional<Id> positive(std::string_view key) const { return whole(key, 1); }
  std::optional<Time> instant(std::string_view key) const;

  /// One of the words `parse` knows; notes any other word, listing `words`.
  template <class Enum, class Parse>
  Enum word(std::string_view key, Enum otherwise, Parse parse, std::string_view words) const {
    const std::optional<std::string> written = text(key);
    if (!written) return otherwise;
    const std::optional<Enum> known = parse(*written);
    if (!known) bad_word(key, *written, words);
    return known.value_or(otherwise);
  }

  /// Calls `use(const Node&)` for each element of an array member. Anything but an array is noted.
  template <class Use>
  void each(std::string_view key, Use use) const {
    const Json& list = json::at(*value_, key);
    if (!is_array(key, list)) return;
    const Node array = member(key);
    for (std::size_t i = 0; i < list.size(); ++i) use(Node(array, list[i], i));
  }

  Node member(std::string_view key) const { return Node(*this, json::at(*value_, key), key); }
  /// This value as a non-blank string; notes anything else and answers "".
  std::string as_text() const;

  void error(std::string_view code, std::string message, std::string hint = {}) const;
  void error_at(std::string_view key, std::string_view code, std::string message, std::string hint = {}) const;

 private:
  Node(const Node& parent, const Json& value, std::string_view key)
      : problems_(parent.problems_), value_(&value), parent_(&parent), key_(key) {}
  Node(const Node& parent, const Json& value, std::size_t index)
      : problems_(parent.problems_), value_(&value), parent_(&parent), index_(index), is_element_(true) {}

  bool is_object(const std::vector<std::string_view>& known) const;
  bool is_array(std::string_view key, const Json& list) const;
  void wrong_type(std::string_view key, std::string_view wanted) const;
  void bad_word(std::string_view key, std::string_view written, std::string_view words) const;

  Problems* problems_;
  const Json* value_;
  const Node* parent_ = nullptr;
  std::string_view key_;
  std::size_t index_ = 0;
  bool is_element_ = false;
};

/// The candidate nearest to `written` (or that it begins), as a hint, or "" when none is near.
std::string did_you_mean(std::string_view written, const std::vector<std::string_view>& candidates);
std::string did_you_mean(std::string_view written, const std::vector<std::string>& candidates);

}  // namespace pome::twin::github::model
