#pragma once
#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include "core/base/json.h"

namespace pome {

/// Reads JSON text token by token without building a document, checking the grammar of RFC 8259 on the way. For texts
/// that are copied with changes (redaction) or of which little is needed (tapes).
///
/// Several values may follow each other at top level (NDJSON); ask `depth()` where that matters. Nesting is limited to
/// json::kMaxDepth. After `error` every further token is `error`. Views point into the text, which must outlive them.
class JsonScanner {
 public:
  enum class Token { begin_object, end_object, begin_array, end_array, key, string, number, literal, end, error };

  explicit JsonScanner(std::string_view text) : text_(text) {}

  Token next();
  /// Reads one whole value, nested or not; raw() is all of it then. Returns the kind of its first token, or what next()
  /// returned when no value follows (end, end_object, end_array, key, error).
  Token skip();

  std::string_view raw() const {
    return text_.substr(begin_, end_ - begin_);
  }  ///< the token as written, quotes included
  std::size_t begin() const { return begin_; }
  std::size_t end() const { return end_; }
  std::size_t depth() const { return depth_; }
  /// The text of a key or string token: escapes decoded, half surrogates as U+FFFD.
  std::string text() const;

 private:
  enum class Expect { value, value_or_end, key, key_or_end, comma_or_end };

  Token open(bool object);
  Token close(bool object);
  Token key();
  Token scalar(std::size_t length, Token token);
  Token failed();
  void skip_space();
  void value_is_over() { expect_ = depth_ == 0 ? Expect::value : Expect::comma_or_end; }

  std::string_view text_;
  std::size_t at_ = 0;  ///< where reading goes on
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
  std::size_t depth_ = 0;
  std::array<bool, json::kMaxDepth> in_object_{};
  Expect expect_ = Expect::value;
  bool failed_ = false;
};

}  // namespace pome
