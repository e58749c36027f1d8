#include <algorithm>
#include <optional>

#include "core/base/text.h"
#include "core/scenario/criteria.h"
#include "core/scenario/source.h"

namespace pome::scenario {
namespace {

constexpr std::string_view kWord = "weight";
constexpr std::int64_t kMaxWeight = 100;

/// The part of a heading that gives, or seems to give, its weight.
struct Tail {
  std::size_t offset = 0;   // where it starts in the heading
  std::string_view inside;  // without brackets
  char bracket = 0;         // the opening one; 0 when it stands bare
};

std::string_view first_word(std::string_view text) {
  std::size_t length = 0;
  while (length < text.size() && text::is_alpha(text[length])) ++length;
  return text.substr(0, length);
}

bool is_number(std::string_view text) {
  return !text.empty() && text.size() <= 9 && std::all_of(text.begin(), text.end(), text::is_digit);
}

std::optional<Tail> bracketed_tail(std::string_view heading) {
  constexpr std::string_view kClosing = ")]}";
  constexpr std::string_view kOpening = "([{";
  const std::size_t kind = heading.empty() ? std::string_view::npos : kClosing.find(heading.back());
  if (kind == std::string_view::npos) return std::nullopt;
  const std::size_t open = heading.rfind(kOpening[kind]);
  if (open == std::string_view::npos) return std::nullopt;
  return Tail{open, text::trim(heading.substr(open + 1, heading.size() - open - 2)), kOpening[kind]};
}

/// "weight 2" or "weight: 2" at the end, without brackets.
std::optional<Tail> bare_tail(std::string_view heading) {
  std::size_t number = heading.size();
  while (number > 0 && text::is_digit(heading[number - 1])) --number;
  std::size_t word = number;
  while (word > 0 && (text::is_space(heading[word - 1]) || heading[word - 1] == ':' || heading[word - 1] == '='))
    --word;
  if (number == heading.size() || word == number || word < kWord.size()) return std::nullopt;
  const std::size_t start = word - kWord.size();
  if (!text::equals_ignore_case(heading.substr(start, kWord.size()), kWord)) return std::nullopt;
  if (start > 0 && text::is_alpha(heading[start - 1])) return std::nullopt;
  return Tail{start, heading.substr(start), 0};
}

std::string collapsed(std::string_view text) {
  std::string out;
  for (const char c : text::trim(text)) {
    const bool space = text::is_space(c);
    if (!space || !out.ends_with(' ')) out.push_back(space ? ' ' : c);
  }
  return out;
}

void report(GroupHeading& heading, std::size_t offset, Severity severity, std::string problem, std::string hint) {
  heading.offset = offset;
  heading.severity = severity;
  heading.problem = std::move(problem);
  heading.hint = std::move(hint);
}

std::string example(std::string_view title, std::int64_t weight) {
  const std::string_view shown = text::trim(text::truncate_utf8(title, 40));
  return text::cat("Write `### ", shown.empty() ? "Title" : shown, " (weight ", weight, ")`.");
}

/// Reads what stands between the brackets. False when it is ordinary text and part of the title.
bool read_tail(const Tail& tail, std::string_view title, GroupHeading& out) {
  const std::string_view word = first_word(tail.inside);
  std::string_view value = tail.inside.substr(word.size());
  const bool apart = value.empty() || text::is_space(value.front());
  while (!value.empty() && (text::is_space(value.front()) || value.front() == ':' || value.front() == '=')) {
    value.remove_prefix(1);
  }
  const std::optional<std::int64_t> number = is_number(value) ? text::to_integer(value) : std::nullopt;
  const bool in_range = number && *number >= 1 && *number <= kMaxWeight;
  if (!text::equals_ignore_case(word, kWord)) {
    const bool similar = word.size() >= 4 && word.size() < 20 && text::edit_distance(text::to_lower(word), kWord) <= 2;
    if (!similar || !in_range) return false;
    report(out, tail.offset, Severity::warning, text::cat("`", word, "` gives no weight; the group counts 1."),
           text::cat("Did you mean `(weight ", *number, ")`?"));
    return false;
  }
  if (value.find_first_of(" \t") != std::string_view::npos) return false;  // "(weight of the box)"
  out.weighted = true;
  const bool in_form = tail.bracket == '(' && apart && value == text::trim(tail.inside.substr(word.size()));
  if (!in_range) {
    report(out, tail.offset, Severity::error, text::cat("A weight is a whole number from 1 to ", kMaxWeight, "."),
           example(title, 2));
  } else if (!in_form) {
    report(out, tail.offset, Severity::error, "The weight is not written as a weight is.", example(title, *number));
  } else {
    out.group.weight = *number;
  }
  return true;
}

}  // namespace

GroupHeading match_group(std::string_view heading) {
  GroupHeading out;
  heading = text::trim_right(heading);
  std::optional<Tail> tail = bracketed_tail(heading);
  if (!tail) tail = bare_tail(heading);
  std::string_view title = heading;
  if (tail && read_tail(*tail, heading.substr(0, tail->offset), out)) title = heading.substr(0, tail->offset);
  out.group.title = collapsed(title);
  if (out.group.title.empty()) {
    report(out, 0, out.weighted ? Severity::error : Severity::warning, "This heading has no title and opens no group.",
           "Name the group: `### Title (weight 2)`.");
  } else if (count_code_points(out.group.title) > kMaxGroupTitle) {
    report(out, 0, Severity::error, text::cat("A group's title has at most ", kMaxGroupTitle, " characters."),
           "Shorten it, and put the rest into a paragraph below.");
  }
  return out;
}

}  // namespace pome::scenario
