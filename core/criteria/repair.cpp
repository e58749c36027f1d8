#include "core/criteria/repair.h"

#include <algorithm>
#include <array>
#include <utility>

#include "core/base/text.h"
#include "core/criteria/sentence.h"

namespace pome::criteria {
namespace {

using Words = std::vector<std::string>;

/// The sentence at its spaces; a quoted value stays one word, with what touches its quotes.
Words words_of(std::string_view sentence) {
  Words words(1);
  for (std::size_t i = 0; i < sentence.size();) {
    std::string_view value;
    const std::size_t quoted = quoted_length(sentence.substr(i), value);
    if (quoted > 0) {
      words.back().append(sentence.substr(i, quoted));
    } else if (text::is_space(sentence[i])) {
      if (!words.back().empty()) words.emplace_back();
    } else {
      words.back().push_back(sentence[i]);
    }
    i += std::max<std::size_t>(quoted, 1);
  }
  if (words.back().empty()) words.pop_back();
  return words;
}

std::string sentence_of(const Words& words) { return text::join(words, " "); }

bool has_quote(std::string_view word) {
  return word.find_first_of("`\"") != std::string_view::npos || text::contains(word, "\xE2\x80\x9C");
}

struct Contraction {
  std::string_view word;  ///< without its apostrophe
  std::string_view meaning;
};
constexpr Contraction kContractions[] = {
    {"isnt", "is not"},     {"arent", "are not"},      {"wasnt", "was not"},   {"werent", "were not"},
    {"doesnt", "does not"}, {"dont", "do not"},        {"didnt", "did not"},   {"hasnt", "does not have"},
    {"hasnt", "has not"},   {"havent", "do not have"}, {"havent", "have not"},
};

std::string without_apostrophe(std::string_view word) {
  std::string plain = text::replace_all(std::string(word), "\xE2\x80\x99", "");
  return text::to_lower(text::replace_all(std::move(plain), "'", ""));
}

std::vector<std::string_view> meanings_of(std::string_view word) {
  std::vector<std::string_view> found;
  const std::string plain = without_apostrophe(word);
  for (const Contraction& one : kContractions) {
    if (one.word == plain) found.push_back(one.meaning);
  }
  return found;
}

bool is_bare_number(std::string_view word) {
  while (word.ends_with(',') || word.ends_with('.')) word.remove_suffix(1);
  return !word.empty() && std::all_of(word.begin(), word.end(), text::is_digit);
}

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> list) {
  return std::any_of(list.begin(), list.end(),
                     [&](std::string_view one) { return text::equals_ignore_case(one, word); });
}

/// "PR 1" is "pull request #1", "issues 1 and 2" are "issues #1 and #2".
void spell_numbers_out(Words& words) {
  bool counts = false;  // do numbers stand here?
  for (std::size_t i = 0; i < words.size(); ++i) {
    std::string& word = words[i];
    const bool short_name = is_one_of(word, {"PR", "PRs"});
    const bool before_number = i + 1 < words.size() && (words[i + 1].front() == '#' || is_bare_number(words[i + 1]));
    if (short_name && before_number) word = text::to_lower(word) == "pr" ? "pull request" : "pull requests";
    if (is_one_of(word, {"issue", "issues", "request", "requests", "pull request", "pull requests"})) {
      counts = true;
    } else if (counts && is_bare_number(word)) {
      word.insert(0, "#");
    } else if (counts && word.front() != '#' && !is_one_of(word, {"and", "or"})) {
      counts = false;
    }
  }
}

/// 'bug' is `bug`.
void straighten_apostrophes(Words& words) {
  for (std::string& word : words) {
    if (word.size() > 2 && word.front() == '\'' && word.back() == '\'' && !has_quote(word)) {
      word.front() = word.back() = '`';
    }
  }
}

/// With the sentence's first letter as the author has it.
std::string with_first_letter_of(std::string_view author, std::string words) {
  const char first = author.empty() ? 'a' : author.front();
  if (first >= 'A' && first <= 'Z' && !words.empty()) words.replace(0, 1, text::to_upper(words.substr(0, 1)));
  return words;
}

bool binds(std::string_view sentence) { return bind_sentence(sentence).has_value(); }

/// As its row writes it where one row reads the whole: with the quotes that the row has.
std::string canonical(const std::string& sentence) {
  const auto binding = bind_clause(sentence);
  if (!binding) return sentence;
  std::string rendered = with_first_letter_of(sentence, render(*binding->phrase, binding->args, sentence));
  const auto again = bind_clause(rendered);
  return again && again->args == binding->args && words_of(rendered).size() == words_of(sentence).size() ? rendered
                                                                                                         : sentence;
}

/// Puts quotes around up to this many words.
constexpr std::size_t kMaxQuoted = 8;
constexpr std::size_t kMaxWords = 40;

std::optional<std::string> with_quotes(const Words& words) {
  if (words.size() > kMaxWords) return std::nullopt;
  for (std::size_t count = 1; count <= kMaxQuoted; ++count) {
    for (std::size_t begin = 1; begin + count <= words.size(); ++begin) {
      const auto first = words.begin() + static_cast<std::ptrdiff_t>(begin);
      const auto last = first + static_cast<std::ptrdiff_t>(count);
      const bool plain = std::none_of(first, last, [](const std::string& word) {
        return has_quote(word) || word.front() == '#' || is_negative(text::cat(' ', word, ' '));
      });
      if (!plain) continue;
      Words quoted(words.begin(), first);
      std::string value = sentence_of(Words(first, last));
      if (last == words.end() && value.ends_with('.')) value.pop_back();
      quoted.push_back(text::cat('`', value, '`'));
      quoted.insert(quoted.end(), last, words.end());
      std::string candidate = sentence_of(quoted);
      if (!value.empty() && binds(candidate)) return canonical(candidate);
    }
  }
  return std::nullopt;
}

constexpr std::pair<std::string_view, std::string_view> kNumbers[] = {{"issue", "issues"},
                                                                      {"request", "requests"},
                                                                      {"label", "labels"},
                                                                      {"comment", "comments"},
                                                                      {"review", "reviews"},
                                                                      {"file", "files"},
                                                                      {"assignee", "assignees"},
                                                                      {"reviewer", "reviewers"},
                                                                      {"commit", "commits"},
                                                                      {"branch", "branches"},
                                                                      {"milestone", "milestones"},
                                                                      {"release", "releases"},
                                                                      {"is", "are"},
                                                                      {"was", "were"},
                                                                      {"has", "have"},
                                                                      {"does", "do"},
                                                                      {"exists", "exist"},
                                                                      {"contains", "contain"},
                                                                      {"matches", "match"},
                                                                      {"call", "calls"}};

std::string_view other_number_of(std::string_view word) {
  for (const auto& [one, several] : kNumbers) {
    if (one == word) return several;
    if (several == word) return one;
  }
  return {};
}

/// Changes up to three words from singular to plural or back; as few as will do.
std::optional<std::string> with_other_numbers(const Words& words, std::size_t from = 0, std::size_t changes = 3) {
  if (words.size() > kMaxWords) return std::nullopt;
  for (std::size_t most = 1; most <= changes; ++most) {
    for (std::size_t i = from; i < words.size(); ++i) {
      const std::string_view other = other_number_of(words[i]);
      if (other.empty()) continue;
      Words changed = words;
      changed[i] = std::string(other);
      std::string candidate = sentence_of(changed);
      if (most == 1 && binds(candidate)) return candidate;
      if (most == 1) continue;
      if (auto more = with_other_numbers(changed, i + 1, most - 1)) return more;
    }
  }
  return std::nullopt;
}

/// A word too many at the end: "today".
std::optional<std::string> without_last_word(Words words) {
  if (words.size() < 2 || has_quote(words.back()) || is_negative(words.back())) return std::nullopt;
  words.pop_back();
  std::string candidate = sentence_of(words);
  return binds(candidate) ? std::optional(std::move(candidate)) : std::nullopt;
}

}  // namespace

std::vector<std::string> spelt_out(std::string_view sentence) {
  std::vector<Words> readings = {{}};
  for (const std::string& word : words_of(sentence)) {
    const auto meanings = meanings_of(word);
    const std::size_t count = readings.size();
    for (std::size_t i = 0; i < count; ++i) {
      if (meanings.size() > 1 && count < 4) {
        readings.push_back(readings[i]);
        readings.back().emplace_back(meanings[1]);
      }
      readings[i].push_back(meanings.empty() ? word : std::string(meanings.front()));
    }
  }
  std::vector<std::string> out;
  for (Words& words : readings) {
    spell_numbers_out(words);
    straighten_apostrophes(words);
    out.push_back(with_first_letter_of(sentence, sentence_of(words)));
  }
  return out;
}

std::optional<std::string> repaired(std::string_view sentence) {
  const std::vector<std::string> readings = spelt_out(sentence);
  for (const std::string& reading : readings) {
    if (binds(reading)) return canonical(reading);
  }
  for (const std::string& reading : readings) {
    const Words words = words_of(reading);
    if (auto found = with_other_numbers(words)) return found;
    if (auto found = without_last_word(words)) return found;
    if (auto found = with_quotes(words)) return found;
  }
  return std::nullopt;
}

bool is_negative(std::string_view sentence) {
  constexpr std::array<std::string_view, 15> kNegative = {"not",     "never",   "no",        "none",     "nobody",
                                                          "nothing", "neither", "nor",       "nto",      "lacks",
                                                          "without", "cannot",  "unchanged", "unlocked", "unassigned"};
  constexpr std::array<std::string_view, 8> kNot = {"note", "now", "new", "net", "nod", "nut", "notes", "nor"};
  for (std::string word : words_of(sentence)) {
    if (has_quote(word)) continue;
    while (!word.empty() && (word.back() == ',' || word.back() == '.')) word.pop_back();
    word = text::to_lower(word);
    if (!meanings_of(word).empty() || word.ends_with("n't") || word.ends_with("n\xE2\x80\x99t")) return true;
    if (std::find(kNegative.begin(), kNegative.end(), word) != kNegative.end()) return true;
    if (word.size() < 3 || std::find(kNot.begin(), kNot.end(), word) != kNot.end()) continue;
    const auto is_nearly = [&word](std::string_view negative) {
      return word.front() == negative.front() && text::edit_distance(word, negative) <= 1;
    };
    if (is_nearly("not") || is_nearly("never") || is_nearly("unlocked") || is_nearly("unchanged")) return true;
  }
  return false;
}

}  // namespace pome::criteria
