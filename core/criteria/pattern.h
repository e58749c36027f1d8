#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace pome::criteria {

/// A regular expression that is matched in time linear in text and pattern, whatever either holds.
///
/// Understood: literal characters, `.`, `[a-z]`, `[^...]`, `\d \w \s` and their capitals, `\n \t`, escaped punctuation,
/// `( )`, `|`, `* + ?`, `{2}`, `{2,}`, `{2,5}` (at most 100), `^` and `$` at the ends of lines, `(?i)` in front.
/// Look-around, back references and lazy quantifiers are not: they would cost the time bound. Characters are code
/// points.
class Pattern {
 public:
  static constexpr std::size_t kMaxLength = 500;
  static constexpr std::size_t kMaxProgram = 4000;

  /// Nothing when `text` is not one of the expressions above or is too large.
  static std::optional<Pattern> compile(std::string_view text);

  /// Why `text` does not compile: "the bracket [ is not closed"; empty when it does.
  static std::string problem_of(std::string_view text);

  /// Does it match anywhere in `text`?
  bool matches(std::string_view text) const;

 private:
  friend class PatternCompiler;
  friend class PatternMatcher;

  struct Class {
    std::vector<std::pair<std::uint32_t, std::uint32_t>> ranges;
    bool negated = false;
  };
  struct Instruction {
    enum class Kind : unsigned char { one_of, split, line_begin, line_end, match };
    Kind kind = Kind::match;
    std::uint32_t first = 0;   ///< one_of: index of its class; split: a target
    std::uint32_t second = 0;  ///< split: the other target
  };

  std::vector<Class> classes_;
  std::vector<Instruction> program_;
  bool ignore_case_ = false;
};

}  // namespace pome::criteria
