#pragma once
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

/// Locale-free string helpers. All case folding is ASCII only, as GitHub's name rules are.
namespace pome::text {

char lower(char c);
std::string to_lower(std::string_view text);
std::string to_upper(std::string_view text);
bool equals_ignore_case(std::string_view a, std::string_view b);
/// Three-way comparison of the lower-cased bytes: negative, zero or positive.
int compare_ignore_case(std::string_view a, std::string_view b);
bool contains(std::string_view text, std::string_view needle);
bool contains_ignore_case(std::string_view text, std::string_view needle);
bool starts_with_ignore_case(std::string_view text, std::string_view prefix);

bool is_space(char c);
bool is_digit(char c);
bool is_alpha(char c);
std::string_view trim(std::string_view text);
std::string_view trim_left(std::string_view text);
std::string_view trim_right(std::string_view text);

/// Splits at every separator; keeps empty parts; an empty text gives one empty part.
std::vector<std::string_view> split(std::string_view text, char separator);
/// Lines without their "\n" or "\r\n"; a final newline does not start another line.
std::vector<std::string_view> lines(std::string_view text);
std::string join(const std::vector<std::string>& parts, std::string_view separator);
std::string replace_all(std::string text, std::string_view from, std::string_view to);

/// The whole text as a decimal integer, or nothing (empty, sign only, stray characters, overflow).
std::optional<std::int64_t> to_integer(std::string_view text);
void append_integer(std::string& out, std::int64_t value);
/// A number given in units of its last decimal, without trailing zeros: 66500 with 3 digits gives "66.5".
std::string decimal(std::int64_t scaled, int digits);

/// One piece of a concatenation: text, a character or an integer. Text is referred to, not copied.
class Part {
 public:
  Part(std::string_view text) : data_(text.data()), size_(text.size()), kind_(Kind::text) {}  // NOLINT: implicit
  Part(const std::string& text) : Part(std::string_view(text)) {}                             // NOLINT: implicit
  Part(const char* text) : Part(std::string_view(text)) {}                                    // NOLINT: implicit
  Part(char c) : number_(c), kind_(Kind::character) {}                                        // NOLINT: implicit
  template <class Integer>
  requires(std::is_integral_v<Integer> && !std::is_same_v<Integer, bool>)  // NOLINTNEXTLINE: implicit
      Part(Integer number)
      : number_(static_cast<std::int64_t>(number)), kind_(Kind::integer) {}

  void append_to(std::string& out) const;
  std::size_t size_hint() const { return kind_ == Kind::text ? size_ : 4; }

 private:
  enum class Kind : std::uint8_t { text, character, integer };
  const char* data_ = nullptr;
  std::size_t size_ = 0;
  std::int64_t number_ = 0;
  Kind kind_;
};

/// Concatenates parts: `cat("issue #", 7, " not found")`. The work is done once, outside the templates.
std::string cat_parts(std::initializer_list<Part> parts);
void append_parts(std::string& out, std::initializer_list<Part> parts);
template <class... Parts>
std::string cat(const Parts&... parts) {
  return cat_parts({Part(parts)...});
}
template <class... Parts>
void append(std::string& out, const Parts&... parts) {
  append_parts(out, {Part(parts)...});
}

/// RFC 3986 percent-decoding; malformed escapes stay as they are. `plus_is_space` for form-encoded query strings.
std::string percent_decode(std::string_view text, bool plus_is_space = false);
/// Encodes everything but unreserved characters (A-Z a-z 0-9 - . _ ~) and those listed in `keep`.
std::string percent_encode(std::string_view text, std::string_view keep = {});

bool is_valid_utf8(std::string_view text);
/// Length in bytes of the well-formed UTF-8 sequence (RFC 3629) that starts `text`, or 0; `text` must not be empty.
std::size_t utf8_sequence_length(std::string_view text);
/// Cuts at a UTF-8 boundary so that at most `max_bytes` remain.
std::string_view truncate_utf8(std::string_view text, std::size_t max_bytes);

/// Compares without an early exit, so that timing tells nothing about the position of a difference.
bool constant_time_equal(std::string_view a, std::string_view b);

/// Levenshtein distance, for "did you mean" hints.
std::size_t edit_distance(std::string_view a, std::string_view b);

}  // namespace pome::text
