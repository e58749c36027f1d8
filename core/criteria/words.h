#pragma once
#include <string_view>

#include "core/base/text.h"
#include "core/criteria/phrase.h"

namespace pome::criteria {

/// Reads a text from the left, for the parts of the grammar that are lists and not phrases.
class Words {
 public:
  explicit Words(std::string_view text) : rest_(text) {}

  std::string_view rest() const { return rest_; }
  /// Reads exactly these words, or nothing.
  bool take(std::string_view words, bool any_case = false) {
    if (!(any_case ? text::starts_with_ignore_case(rest_, words) : rest_.starts_with(words))) return false;
    rest_.remove_prefix(words.size());
    return true;
  }
  /// Reads a value of that kind, in quotes where it must or may be.
  bool take_slot(SlotKind kind, Args& args) {
    std::string_view value;
    std::size_t length = quoted_length(rest_, value);
    if (length == 0 && may_be_bare(kind)) {
      length = bare_length(kind, rest_);
      value = rest_.substr(0, length);
    }
    if (length == 0 || !store(kind, value, args)) return false;
    rest_.remove_prefix(length);
    return true;
  }

 private:
  std::string_view rest_;
};

}  // namespace pome::criteria
