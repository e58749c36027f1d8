#include <algorithm>

#include "core/base/text.h"
#include "core/criteria/criterion.h"
#include "core/criteria/pattern.h"
#include "core/criteria/repair.h"

namespace pome::criteria {
namespace {

/// What a sentence of unknown wording seems to talk about.
struct Mentions {
  Args args;
  std::vector<std::string> quoted;  ///< in quotes or code, repositories left out
  bool guessed_login = false;       ///< the login is any word that could be one
  std::string_view sentence;
};

bool is_set(SlotKind kind, const Args& args) {
  return kind == SlotKind::times ? args.times != 0 : !value_of(kind, args).empty();
}

/// "assigned to bob", "by bob", "@bob"
bool is_named(std::string_view word, std::string_view previous) {
  return word.front() == '@' || previous == "by" || previous == "to" || previous == "from";
}

void mention_word(std::string_view word, std::string_view previous, Mentions& found) {
  while (!word.empty() && (word.back() == ',' || word.back() == '.')) word.remove_suffix(1);
  if (word.size() > 1 && word.front() == '#')
    store(found.args.number == 0 ? SlotKind::issue : SlotKind::other, word.substr(1), found.args);
  if (text::contains(word, "/") && found.args.repo.empty()) store(SlotKind::repo, word, found.args);
  if (text::contains(word, "_")) store(SlotKind::tool, word, found.args);
  const bool login = bare_length(SlotKind::login, word) == word.size();  // the last word wins
  if (login && store(SlotKind::login, word, found.args)) found.guessed_login = !is_named(word, previous);
}

/// "in `acme/api`" names a repository; "File `docs/a.md`" and "status `ci/build`" do not.
bool follows_preposition(std::string_view before) {
  for (const std::string_view word :
       {std::string_view(" in "), std::string_view(" on "), std::string_view(" of "), std::string_view(" to ")}) {
    if (before.size() >= word.size() && before.substr(before.size() - word.size()) == word) return true;
  }
  return false;
}

/// "issues/list-for-repo" reads like a repository; GitHub's families of operations are rather meant.
bool is_operation_family(std::string_view value) {
  constexpr std::string_view kFamilies[] = {"actions/", "activity/", "checks/", "git/",       "issues/",
                                            "orgs/",    "pulls/",    "repos/",  "reactions/", "search/"};
  return std::any_of(std::begin(kFamilies), std::end(kFamilies),
                     [&](std::string_view family) { return value.starts_with(family); });
}

Mentions mentions_of(std::string_view sentence) {
  Mentions found;
  found.sentence = sentence;
  std::string plain;
  for (std::size_t i = 0; i < sentence.size(); ++i) {
    const char c = sentence[i];
    const std::size_t end = c == '`' || c == '"' ? sentence.find(c, i + 1) : std::string_view::npos;
    if (end == std::string_view::npos) {
      plain.push_back(c);
      continue;
    }
    const std::string_view value = sentence.substr(i + 1, end - i - 1);
    const bool repo =
        follows_preposition(plain) && !is_operation_family(value) && store(SlotKind::repo, value, found.args);
    if (!repo && !value.empty()) found.quoted.emplace_back(value);
    i = end;
  }
  std::string_view previous;
  for (const std::string_view word : text::split(plain, ' ')) {
    mention_word(word, previous, found);
    previous = word;
  }
  for (std::size_t i = 0; i < plain.size(); ++i) {
    if (i != 0 && plain[i - 1] != ' ') continue;
    const std::string_view rest = std::string_view(plain).substr(i);
    for (const SlotKind kind : {SlotKind::times, SlotKind::count}) {
      const std::size_t length = is_set(kind, found.args) ? 0 : bare_length(kind, rest);
      if (length > 0) store(kind, rest.substr(0, length), found.args);
    }
  }
  return found;
}

/// Runs of as many words as `like` has, in lower case.
std::vector<std::string> runs_of(const std::vector<std::string_view>& words, std::string_view like) {
  const std::size_t count = text::split(like, ' ').size();
  std::vector<std::string> runs;
  for (std::size_t i = 0; i + count <= words.size(); ++i) {
    std::string run;
    for (std::size_t k = i; k < i + count; ++k) text::append(run, run.empty() ? "" : " ", words[k]);
    while (run.ends_with('.') || run.ends_with(',')) run.pop_back();
    runs.push_back(text::to_lower(run));
  }
  return runs;
}

/// The option the sentence has, or nearly has; the longer of two. Nothing when it has none: any one would be a guess,
/// and maybe the opposite of what is meant.
std::string_view choice_of(std::string_view options, std::string_view sentence) {
  std::string_view chosen;
  std::size_t best = std::string_view::npos;
  const auto words = text::split(sentence, ' ');
  for (const std::string_view option : text::split(options, '|')) {
    for (const std::string& run : runs_of(words, option)) {
      if (std::max(run.size(), option.size()) > 2 * std::min(run.size(), option.size())) continue;
      const std::size_t distance = text::edit_distance(run, text::to_lower(option));
      if (distance > option.size() / 2 || distance > best) continue;
      if (distance == best && option.size() <= chosen.size()) continue;
      best = distance;
      chosen = option;
    }
  }
  return chosen;
}

struct Filled {
  std::string text;
  std::size_t invented = 0;  ///< values the sentence does not have
  bool guessed = false;      ///< a word stands for a login
};

/// A part that may be left out is meant when its first words are there: " by ".
bool is_meant(const Phrase& phrase, std::size_t open, std::string_view sentence) {
  const Piece& first = phrase.piece(open + 1);
  return first.kind != Piece::Kind::literal || text::contains_ignore_case(sentence, phrase.text_of(first));
}

/// The slot's value as the sentence mentions it, or an example.
void fill_slot(const Phrase& phrase, const Piece& piece, const Mentions& found, bool optional, std::size_t& next,
               Args& args, Filled& filled) {
  if (piece.slot == SlotKind::polarity) return;
  if (piece.slot == SlotKind::choice) {
    const std::string_view options = phrase.text_of(piece);
    const std::string_view chosen = choice_of(options, found.sentence);
    store(piece.slot, chosen.empty() ? options.substr(0, options.find('|')) : chosen, args);
    if (chosen.empty() && !optional) ++filled.invented;
    return;
  }
  if (piece.slot == SlotKind::names && next < found.quoted.size()) {
    args.names.assign(found.quoted.begin() + static_cast<std::ptrdiff_t>(next), found.quoted.end());
    next = found.quoted.size();
    return;
  }
  const bool quoted = piece.slot != SlotKind::repo && piece.quote != 0 && next < found.quoted.size();
  if (quoted && store(piece.slot, found.quoted[next++], args)) return;
  if (!optional && !is_set(piece.slot, args)) {
    store(piece.slot, example_of(piece.slot), args);
    ++filled.invented;
  } else if (piece.slot == SlotKind::login && found.guessed_login) {
    filled.guessed = true;
  }
}

/// The phrase filled with what the sentence mentions, and with examples where it mentions nothing.
Filled fill(const Phrase& phrase, const Mentions& found, bool denied) {
  Args args = found.args;
  args.denied = denied;
  Filled filled;
  std::size_t next = 0;
  bool optional = false;
  bool left_out = false;
  for (std::size_t i = 0; i < phrase.size(); ++i) {
    const Piece& piece = phrase.piece(i);
    if (piece.kind == Piece::Kind::open) {
      optional = true;
      left_out = !is_meant(phrase, i, found.sentence);
    } else if (piece.kind == Piece::Kind::close) {
      optional = left_out = false;
    } else if (piece.kind == Piece::Kind::slot && left_out) {
      if (piece.slot == SlotKind::login) args.login.clear();
    } else if (piece.kind == Piece::Kind::slot) {
      fill_slot(phrase, piece, found, optional, next, args, filled);
    }
  }
  filled.text = render(phrase, args, found.sentence);
  return filled;
}

std::string value_problem(SlotKind slot, std::string_view value) {
  switch (slot) {
    case SlotKind::tool:
      return text::cat("`", value, "` is no GitHub tool and no operation id");
    case SlotKind::repo:
      return text::cat("`", value, "` is not owner/name");
    case SlotKind::login:
      return text::cat("`", value, "` is not a GitHub login");
    case SlotKind::pattern:
      return text::cat("the pattern `", value, "` cannot be read: ", Pattern::problem_of(value));
    case SlotKind::issue:
    case SlotKind::pr:
      return text::cat("#", value, " is not an issue or pull request number");
    default:
      return text::cat("\"", value, "\" does not fit {", slot_name(slot), "}");
  }
}

NearMiss bad_value(const Row& row, const Phrase& phrase, Match found, std::string_view sentence) {
  NearMiss miss;
  miss.row = &row;
  miss.problem = value_problem(*found.bad_slot, found.bad_value);
  const std::string_view tool = *found.bad_slot == SlotKind::tool ? nearest_tool(found.bad_value) : std::string_view();
  store(*found.bad_slot, tool.empty() ? example_of(*found.bad_slot) : tool, found.args);
  miss.suggestion = render(phrase, found.args, sentence);
  return miss;
}

/// Rather a phrase that needs no value the author did not give.
constexpr std::size_t kInvented = 6;
/// Rather a phrase that only lacks words after its end.
constexpr std::size_t kPrefix = 3;
/// Rather a phrase that does not take any word for a login.
constexpr std::size_t kGuessed = 3;

/// How far the sentence is from a suggestion; some number from `best` on when it is not nearer than that.
std::size_t distance_to(std::string_view sentence, const Filled& candidate, std::size_t best) {
  std::size_t distance = kInvented * candidate.invented + (candidate.guessed ? kGuessed : 0);
  const std::size_t size = candidate.text.size();
  const std::size_t lengths = std::max(sentence.size(), size) - std::min(sentence.size(), size);  // no distance is less
  if (sentence.starts_with(candidate.text)) return distance + lengths / kPrefix;
  distance += lengths;
  return distance >= best ? distance : distance - lengths + text::edit_distance(sentence, candidate.text);
}

}  // namespace

NearMiss nearest_clause(std::string_view sentence) {
  NearMiss nearest;
  std::size_t best = std::max<std::size_t>(8, sentence.size() / 2) + 1;
  const Mentions mentions = mentions_of(sentence);
  const bool negative = is_negative(sentence);
  for (const Row* row : all_rows()) {
    for (const Phrase& phrase : row->phrases) {
      Match found = match(phrase, sentence);
      if (found.complete && found.bad_slot) return bad_value(*row, phrase, std::move(found), sentence);
      for (const bool denied : {false, true}) {
        if (denied && !phrase.has(SlotKind::polarity)) continue;
        Filled candidate = fill(phrase, mentions, denied);
        const std::size_t distance = distance_to(sentence, candidate, best);
        // Rather no suggestion than one that says the opposite.
        if (distance >= best || is_negative(candidate.text) != negative) continue;
        best = distance;
        nearest.suggestion = std::move(candidate.text);
        nearest.row = row;
      }
    }
  }
  if (!nearest.suggestion.empty() && text::to_lower(sentence.substr(0, 1)) != sentence.substr(0, 1))
    nearest.suggestion.replace(0, 1, text::to_upper(nearest.suggestion.substr(0, 1)));
  return nearest;
}

}  // namespace pome::criteria
