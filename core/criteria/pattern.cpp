#include "core/criteria/pattern.h"

#include "core/base/text.h"

namespace pome::criteria {
namespace {

constexpr std::uint32_t kLastCodePoint = 0x10FFFF;
constexpr std::uint32_t kMaxRepeats = 100;
constexpr int kMaxDepth = 40;

/// The code point at `at`, which moves behind it. A byte that is not UTF-8 stands for itself.
std::uint32_t next_code_point(std::string_view text, std::size_t& at) {
  const auto lead = static_cast<unsigned char>(text[at]);
  const std::size_t length = text::utf8_sequence_length(text.substr(at));
  if (length <= 1) {
    ++at;
    return lead;
  }
  std::uint32_t point = lead & (0xFFU >> (length + 1));
  for (std::size_t i = 1; i < length; ++i) point = (point << 6) | (static_cast<unsigned char>(text[at + i]) & 0x3FU);
  at += length;
  return point;
}

std::uint32_t lower(std::uint32_t point) { return point >= 'A' && point <= 'Z' ? point + ('a' - 'A') : point; }

}  // namespace

/// Reads the expression by recursive descent and writes instructions as it goes. A fragment is a stretch of the program
/// that falls through at its end, so it can be copied to repeat it.
class PatternCompiler {
 public:
  explicit PatternCompiler(std::string_view text) : text_(text) {}

  std::optional<Pattern> run() {
    if (!read()) return std::nullopt;
    return std::move(pattern_);
  }

  std::string problem() {
    if (read()) return {};
    if (problem_.empty()) return "it is too large with its repetitions written out";
    return text::cat(problem_, " (at character ", at_ + 1, ')');
  }

 private:
  using Instruction = Pattern::Instruction;
  using Kind = Pattern::Instruction::Kind;
  using Code = std::vector<Instruction>;

  bool read() {
    if (text_.empty()) return wrong("it is empty");
    if (text_.size() > Pattern::kMaxLength)
      return wrong(text::cat("it is longer than ", Pattern::kMaxLength, " bytes"));
    if (!text::is_valid_utf8(text_)) return wrong("it is not UTF-8");
    if (text_.starts_with("(?i)")) {
      pattern_.ignore_case_ = true;
      at_ = 4;
    }
    if (!alternatives(0)) return false;
    if (more()) return wrong("this ) closes nothing; a parenthesis itself is written \\)");
    emit({Kind::match});
    return !too_large();
  }

  /// Always false; the first reason given stays.
  bool wrong(std::string reason) {
    if (problem_.empty()) problem_ = std::move(reason);
    return false;
  }

  bool more() const { return at_ < text_.size(); }
  char here() const { return text_[at_]; }
  bool too_large() const { return pattern_.program_.size() > Pattern::kMaxProgram; }
  std::uint32_t size() const { return static_cast<std::uint32_t>(pattern_.program_.size()); }
  void emit(Instruction instruction) { pattern_.program_.push_back(instruction); }

  bool take(char c) {
    if (!more() || here() != c) return false;
    ++at_;
    return true;
  }

  /// Cuts the program off at `from` and returns what was behind, with targets relative to it.
  Code cut(std::uint32_t from) {
    Code code(pattern_.program_.begin() + static_cast<std::ptrdiff_t>(from), pattern_.program_.end());
    pattern_.program_.resize(from);
    for (Instruction& instruction : code) {
      if (instruction.kind != Kind::split) continue;
      instruction.first -= from;
      instruction.second -= from;
    }
    return code;
  }

  void paste(const Code& code) {
    const std::uint32_t base = size();
    if (base + code.size() > Pattern::kMaxProgram + 1) {
      pattern_.program_.resize(Pattern::kMaxProgram + 1);  // noticed by too_large()
      return;
    }
    for (Instruction instruction : code) {
      if (instruction.kind == Kind::split) {
        instruction.first += base;
        instruction.second += base;
      }
      emit(instruction);
    }
  }

  static std::uint32_t length_of(const Code& code) { return static_cast<std::uint32_t>(code.size()); }
  void emit_split(std::uint32_t first, std::uint32_t second) { emit({Kind::split, first, second}); }

  bool alternatives(int depth) {
    const std::uint32_t begin = size();
    if (depth > kMaxDepth) return wrong("groups are nested too deeply");
    if (!sequence(depth)) return false;
    while (take('|')) {
      const Code left = cut(begin);
      if (!sequence(depth)) return false;
      const Code right = cut(begin);
      // split L, R; left; jump behind; right
      emit_split(begin + 1, begin + 2 + length_of(left));
      paste(left);
      const std::uint32_t end = begin + 2 + length_of(left) + length_of(right);
      emit_split(end, end);
      paste(right);
      if (too_large()) return false;
    }
    return true;
  }

  bool sequence(int depth) {
    while (more() && here() != '|' && here() != ')') {
      const std::uint32_t begin = size();
      if (!atom(depth) || !repeated(begin) || too_large()) return false;
    }
    return true;
  }

  bool atom(int depth) {
    const char c = here();
    if (c == '(') {
      ++at_;
      if (more() && here() == '?') {
        if (!text_.substr(at_).starts_with("?:")) return wrong(std::string(group_problem()));
        at_ += 2;
      }
      if (!alternatives(depth + 1)) return false;
      return take(')') || wrong("a ( is not closed; a parenthesis itself is written \\(");
    }
    if (c == '*' || c == '+' || c == '?' || c == '{') {
      return wrong(text::cat("there is nothing before this ", c, " to repeat; the character itself is written \\", c));
    }
    if (c == '^' || c == '$') {
      ++at_;
      emit({c == '^' ? Kind::line_begin : Kind::line_end});
      return true;
    }
    Pattern::Class set;
    if (c == '[') {
      if (!bracket(set)) return false;
    } else if (c == '.') {
      ++at_;
      set = {{{'\n', '\n'}}, true};
    } else if (!single(set)) {
      return false;
    }
    emit({Kind::one_of, static_cast<std::uint32_t>(pattern_.classes_.size())});
    pattern_.classes_.push_back(std::move(set));
    return true;
  }

  /// What stands behind "(" and is not supported.
  std::string_view group_problem() const {
    const std::string_view rest = text_.substr(at_);
    if (rest.starts_with("?=") || rest.starts_with("?!")) return "looking ahead is not supported";
    if (rest.starts_with("?<=") || rest.starts_with("?<!")) return "looking behind is not supported";
    if (rest.starts_with("?<") || rest.starts_with("?P")) return "named groups are not supported; write ( )";
    return "of (? only (?: ) and, in front, (?i) are supported";
  }

  /// A character, an escaped one or a named class.
  bool single(Pattern::Class& set) {
    if (!take('\\')) {
      const std::uint32_t point = next_code_point(text_, at_);
      set.ranges.emplace_back(point, point);
      return true;
    }
    if (!more()) return wrong("it ends in a backslash; the character itself is written \\\\");
    const char c = text_[at_++];
    const char kind = text::lower(c);
    if (kind == 'd' || kind == 'w' || kind == 's') {
      add_named(kind, set);
      set.negated = c != kind;
      return true;
    }
    if (c == 'n' || c == 't') {
      const std::uint32_t point = c == 'n' ? '\n' : '\t';
      set.ranges.emplace_back(point, point);
      return true;
    }
    if (text::is_digit(c)) return wrong("references to groups are not supported");
    if (text::is_alpha(c) || static_cast<unsigned char>(c) >= 0x80) {
      return wrong(text::cat("\\", c, " is not supported; known are \\d \\w \\s \\D \\W \\S \\n \\t"));
    }
    set.ranges.emplace_back(c, c);
    return true;
  }

  static void add_named(char kind, Pattern::Class& set) {
    if (kind == 's') {
      set.ranges.emplace_back('\t', '\r');
      set.ranges.emplace_back(' ', ' ');
      return;
    }
    set.ranges.emplace_back('0', '9');
    if (kind == 'd') return;
    set.ranges.emplace_back('a', 'z');
    set.ranges.emplace_back('A', 'Z');
    set.ranges.emplace_back('_', '_');
  }

  static bool is_character(const Pattern::Class& set) {
    return set.ranges.size() == 1 && set.ranges.front().first == set.ranges.front().second;
  }

  bool bracket(Pattern::Class& set) {
    ++at_;
    const bool negated = take('^');
    bool first = true;
    while (more() && (here() != ']' || first)) {
      first = false;
      Pattern::Class one;
      if (!single(one)) return false;
      if (one.negated) return wrong("\\D, \\W and \\S do not stand in brackets");
      const bool range = is_character(one) && at_ + 1 < text_.size() && here() == '-' && text_[at_ + 1] != ']';
      if (range) {
        ++at_;
        Pattern::Class last;
        if (!single(last)) return false;
        if (last.negated || !is_character(last)) return wrong("a range in brackets ends in a class");
        one.ranges.front().second = last.ranges.front().second;
        if (one.ranges.front().first > one.ranges.front().second) return wrong("a range in brackets runs backwards");
      }
      set.ranges.insert(set.ranges.end(), one.ranges.begin(), one.ranges.end());
    }
    set.negated = negated;
    return take(']') || wrong("a [ is not closed; a bracket itself is written \\[");
  }

  /// The quantifier after the fragment that starts at `begin`, if there is one.
  bool repeated(std::uint32_t begin) {
    if (!more()) return true;
    std::uint32_t least = 0;
    std::uint32_t most = 0;
    bool endless = false;
    const char c = here();
    if (c == '*' || c == '+' || c == '?') {
      ++at_;
      least = c == '+' ? 1 : 0;
      most = 1;
      endless = c != '?';
    } else if (c != '{') {
      return true;
    } else if (!bounds(least, most, endless)) {
      return false;
    }
    if (more() && (here() == '*' || here() == '+' || here() == '?' || here() == '{')) {
      return wrong("two repetitions follow each other; lazy ones are not supported");
    }
    write_repeats(cut(begin), least, most, endless);
    return true;
  }

  bool bounds(std::uint32_t& least, std::uint32_t& most, bool& endless) {
    ++at_;
    bool whole = number(least);
    most = least;
    if (whole && take(',')) {
      endless = more() && here() == '}';
      whole = endless || number(most);
    }
    if (whole && take('}') && least <= most) return true;
    return wrong(
        text::cat("a repetition is {2}, {2,} or {2,5}, up to ", kMaxRepeats, "; a brace itself is written \\{"));
  }

  bool number(std::uint32_t& value) {
    const std::size_t begin = at_;
    value = 0;
    while (more() && text::is_digit(here()) && at_ - begin < 4) {
      value = value * 10 + static_cast<std::uint32_t>(text_[at_++] - '0');
    }
    return at_ > begin && value <= kMaxRepeats;
  }

  void write_repeats(const Code& code, std::uint32_t least, std::uint32_t most, bool endless) {
    const std::uint32_t length = length_of(code);
    for (std::uint32_t i = 0; i < least && !too_large(); ++i) paste(code);
    if (endless) {
      const std::uint32_t loop = size();
      emit_split(loop + 1, loop + 2 + length);
      paste(code);
      emit_split(loop, loop);
      return;
    }
    for (std::uint32_t i = least; i < most && !too_large(); ++i) {
      const std::uint32_t here = size();
      emit_split(here + 1, here + 1 + length);
      paste(code);
    }
  }

  std::string_view text_;
  std::size_t at_ = 0;
  Pattern pattern_;
  std::string problem_;
};

/// Runs all alternatives at once, one character after the other.
class PatternMatcher {
 public:
  PatternMatcher(const Pattern& pattern, std::string_view text)
      : pattern_(pattern), text_(text), seen_(pattern.program_.size(), 0) {}

  bool run() {
    std::vector<std::uint32_t> threads;
    std::vector<std::uint32_t> next;
    for (std::size_t at = 0;;) {
      ++step_;
      for (const std::uint32_t thread : next) follow(thread, at, threads);
      follow(0, at, threads);  // a match may begin anywhere
      if (matched_) return true;
      if (at >= text_.size()) return false;
      const std::uint32_t point = next_code_point(text_, at);
      next.clear();
      for (const std::uint32_t thread : threads) {
        if (accepts(pattern_.classes_[pattern_.program_[thread].first], point)) next.push_back(thread + 1);
      }
      threads.clear();
    }
  }

 private:
  using Kind = Pattern::Instruction::Kind;

  /// Adds the characters that `start` waits for at `at`.
  void follow(std::uint32_t start, std::size_t at, std::vector<std::uint32_t>& threads) {
    stack_.assign(1, start);
    while (!stack_.empty() && !matched_) {
      const std::uint32_t index = stack_.back();
      stack_.pop_back();
      if (seen_[index] == step_) continue;
      seen_[index] = step_;
      const Pattern::Instruction& instruction = pattern_.program_[index];
      if (instruction.kind == Kind::match) {
        matched_ = true;
      } else if (instruction.kind == Kind::one_of) {
        threads.push_back(index);
      } else if (instruction.kind == Kind::split) {
        stack_.push_back(instruction.second);
        stack_.push_back(instruction.first);
      } else if (holds(instruction.kind, at)) {
        stack_.push_back(index + 1);
      }
    }
  }

  bool holds(Kind anchor, std::size_t at) const {
    if (anchor == Kind::line_begin) return at == 0 || text_[at - 1] == '\n';
    return at == text_.size() || text_[at] == '\n' || (text_[at] == '\r' && text_.substr(at, 2) == "\r\n");
  }

  bool accepts(const Pattern::Class& set, std::uint32_t point) const {
    bool inside = false;
    for (const auto& [first, last] : set.ranges) {
      inside = inside || (point >= first && point <= last);
      if (!pattern_.ignore_case_ || inside) continue;
      const std::uint32_t small = lower(point);
      const std::uint32_t capital = small >= 'a' && small <= 'z' ? small - ('a' - 'A') : small;
      inside = (small >= first && small <= last) || (capital >= first && capital <= last);
    }
    return inside != set.negated && point <= kLastCodePoint;
  }

  const Pattern& pattern_;
  std::string_view text_;
  std::vector<std::size_t> seen_;  ///< the step at which an instruction was last followed
  std::vector<std::uint32_t> stack_;
  std::size_t step_ = 0;
  bool matched_ = false;
};

std::optional<Pattern> Pattern::compile(std::string_view text) { return PatternCompiler(text).run(); }

std::string Pattern::problem_of(std::string_view text) { return PatternCompiler(text).problem(); }

bool Pattern::matches(std::string_view text) const { return PatternMatcher(*this, text).run(); }

}  // namespace pome::criteria
