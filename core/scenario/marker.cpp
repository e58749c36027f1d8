#include <algorithm>

#include "core/base/text.h"
#include "core/scenario/criteria.h"

namespace pome::scenario {
namespace {

constexpr std::string_view kGrammar = "Write `- [D] sentence`, with a twin `- [D:github] sentence`.";

struct Word {
  std::string_view name;
  Marker marker;
};
constexpr Word kWords[] = {{"d", Marker::d}, {"p", Marker::p}, {"code", Marker::code}, {"model", Marker::model}};

bool is_word(char c) { return text::is_alpha(c) || text::is_digit(c) || c == '_'; }

const Word* find_word(std::string_view text) {
  for (const Word& word : kWords) {
    if (text::equals_ignore_case(word.name, text)) return &word;
  }
  return nullptr;
}

std::size_t run_of(std::string_view text, std::string_view characters) {
  return std::min(text.find_first_not_of(characters), text.size());
}

/// The marker word right after "[" and optional space, when it ends there ("[code" yes, "[codex" no).
const Word* word_after_bracket(std::string_view line) {
  if (!line.starts_with('[')) return nullptr;
  line = text::trim_left(line.substr(1));
  std::size_t length = 0;
  while (length < line.size() && is_word(line[length])) ++length;
  if (length < line.size() && line[length] == '-') return nullptr;
  return find_word(line.substr(0, length));
}

MarkerMatch near_miss(std::string problem, std::string hint = std::string(kGrammar)) {
  MarkerMatch match;
  match.kind = MarkerMatch::Kind::near_miss;
  match.problem = std::move(problem);
  match.hint = std::move(hint);
  return match;
}

bool is_twin_name(std::string_view name) {
  return !name.empty() && text::is_alpha(name.front()) &&
         std::all_of(name.begin(), name.end(), [](char c) { return is_word(c) || c == '-'; });
}

/// An option of a marker, and its place in the match.
struct Option {
  std::string_view name;
  bool MarkerMatch::*place;
};
constexpr Option kOptions[] = {{"always-scored", &MarkerMatch::always_scored}, {"optional", &MarkerMatch::optional}};

const Option* find_option(std::string_view word) {
  for (const Option& option : kOptions) {
    if (text::equals_ignore_case(option.name, word)) return &option;
  }
  return nullptr;
}

/// The option `word` was probably meant to be; "always" and "scored" are half of one.
const Option* similar_option(std::string_view word) {
  if (word.size() > 40) return nullptr;
  std::string lower = text::to_lower(word);
  while (!lower.empty() && !is_word(lower.back())) lower.pop_back();
  for (const Option& option : kOptions) {
    const bool part = lower.size() >= 3 && text::contains(option.name, lower);
    if (part || text::edit_distance(option.name, lower) <= 3) return &option;
  }
  return nullptr;
}

std::string with_twin(std::string_view twin, std::string_view option) {
  return text::cat("Write `[D", twin.empty() ? "" : ":", twin, " ", option, "]`.");
}

MarkerMatch bad_option(std::string_view word, std::string_view twin) {
  const std::size_t colon = word.find(':');
  if (const Option* option = find_option(word.substr(0, colon)); option && colon != std::string_view::npos) {
    return near_miss("The twin stands before the options.",
                     with_twin(text::truncate_utf8(word.substr(colon + 1), 40), option->name));
  }
  const std::string problem =
      text::cat("The marker contains \"", text::truncate_utf8(word, 40), "\", which means nothing here.");
  const Option* similar = similar_option(word);
  if (!similar) return near_miss(problem);
  return near_miss(problem, text::cat("Did you mean `", similar->name, "`? ", with_twin(twin, similar->name)));
}

/// Takes the next word off `options`, which starts with white space.
std::string_view take_word(std::string_view& options) {
  options = text::trim_left(options);
  const std::string_view word = options.substr(0, std::min(options.find_first_of(" \t"), options.size()));
  options.remove_prefix(word.size());
  return word;
}

/// What stands between the word and the closing bracket: ":twin", "always-scored" and "optional".
bool read_options(std::string_view options, MarkerMatch& match) {
  if (options.starts_with(':')) {
    options.remove_prefix(1);
    const std::string_view name = options.substr(0, std::min(options.find_first_of(" \t"), options.size()));
    if (!is_twin_name(name)) {
      match = near_miss("The twin's name after the colon is missing or malformed.");
      return false;
    }
    if (const Option* option = find_option(name)) {
      match = near_miss(text::cat("`", option->name, "` is an option, not a twin."), with_twin("", option->name));
      return false;
    }
    match.twin = text::to_lower(name);
    options.remove_prefix(name.size());
  }
  if (!options.empty() && !text::is_space(options.front())) {
    match = bad_option(take_word(options), "");
    return false;
  }
  while (!text::trim_left(options).empty()) {
    const std::string_view word = take_word(options);
    const Option* option = find_option(word);
    if (!option) {
      match = bad_option(word, match.twin.value_or(""));
      return false;
    }
    if (match.*option->place) {
      match = near_miss(text::cat("The marker says `", option->name, "` twice."), "Remove one of the two.");
      return false;
    }
    match.*option->place = true;
  }
  return true;
}

/// What follows the bracket: the end of the line or a space; `width` gets the bytes before the sentence.
bool read_end(std::string_view rest, std::string_view emphasis, MarkerMatch& match) {
  std::size_t closing = 0;
  if (!emphasis.empty()) {
    const std::size_t run = run_of(rest, emphasis.substr(0, 1));
    if (run == emphasis.size()) {
      closing = run;
    } else if (run == 0) {
      match.emphasis = emphasis;
    } else {
      match = near_miss("The emphasis around the marker is not balanced.", "Remove the emphasis.");
      return false;
    }
  }
  rest.remove_prefix(closing);
  if (!rest.empty() && !text::is_space(rest.front())) {
    match = near_miss(text::cat("The marker is followed by \"", text::truncate_utf8(rest, 4), "\" instead of a space."),
                      "Put a space after the marker and nothing else.");
    return false;
  }
  match.width += closing + run_of(rest, " \t");
  return true;
}

}  // namespace

MarkerMatch match_marker(std::string_view line) {
  const std::size_t ticks = run_of(line, "`");
  if (ticks > 0 && word_after_bracket(line.substr(ticks))) {
    return near_miss("The marker is written as code.", "Remove the backticks around it.");
  }
  if (line.size() > 3 && line[0] == '[' && (line[1] == ' ' || text::lower(line[1]) == 'x') && line[2] == ']' &&
      word_after_bracket(text::trim_left(line.substr(3)))) {
    return near_miss("A checkbox stands before the marker.", "Remove the checkbox: `- [D] sentence`.");
  }
  const std::string_view emphasis = line.substr(0, run_of(line, line.starts_with('_') ? "_" : "*"));
  const std::string_view rest = line.substr(emphasis.size());
  const Word* word = word_after_bracket(rest);
  if (!word) return {};
  const std::size_t close = rest.find(']');
  if (close == std::string_view::npos) return near_miss("The marker has no closing bracket.");
  MarkerMatch match;
  match.marker = word->marker;
  match.width = emphasis.size() + close + 1;
  if (text::is_space(rest[1])) return near_miss("There is a space after the opening bracket.");
  if (!read_options(rest.substr(1 + word->name.size(), close - 1 - word->name.size()), match)) return match;
  if (!read_end(rest.substr(close + 1), emphasis, match)) return match;
  if (match.always_scored && (match.marker == Marker::p || match.marker == Marker::model)) {
    return near_miss("`always-scored` has no meaning for a judged criterion: it is never compared with the seed.",
                     "Remove `always-scored`.");
  }
  match.kind = MarkerMatch::Kind::marker;
  return match;
}

}  // namespace pome::scenario
