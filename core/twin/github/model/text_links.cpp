#include "core/twin/github/model/text_links.h"

#include <algorithm>
#include <array>
#include <optional>

#include "core/base/text.h"

namespace pome::twin::github::model {
namespace {

bool is_word(char c) { return text::is_alpha(c) || text::is_digit(c) || c == '_'; }
bool is_login(char c) { return text::is_alpha(c) || text::is_digit(c) || c == '-'; }
bool is_repository_name(char c) { return is_login(c) || c == '_' || c == '.'; }

bool opens_fence(std::string_view line) {
  line = text::trim_left(line);
  return line.substr(0, 3) == "```" || line.substr(0, 3) == "~~~";
}

/// Blanks out the code spans of one line.
void blank_spans(std::string& line) {
  for (std::size_t at = line.find('`'); at != std::string::npos; at = line.find('`', at)) {
    const std::size_t open_end = std::min(line.find_first_not_of('`', at), line.size());
    const std::string ticks(open_end - at, '`');
    const std::size_t close = line.find(ticks, open_end);
    if (close == std::string::npos) return;
    std::fill(line.begin() + static_cast<std::ptrdiff_t>(at),
              line.begin() + static_cast<std::ptrdiff_t>(close + ticks.size()), ' ');
  }
}

/// The text with a blank in the place of every character of code.
std::string without_code(std::string_view text) {
  if (text.find('`') == std::string_view::npos && text.find("~~~") == std::string_view::npos) return std::string(text);
  std::string out;
  bool fenced = false;
  for (const std::string_view line : text::split(text, '\n')) {
    const bool fence = opens_fence(line);
    std::string kept = fence || fenced ? std::string(line.size(), ' ') : std::string(line);
    if (fence) fenced = !fenced;
    if (!fenced) blank_spans(kept);
    out.append(kept).push_back('\n');
  }
  return out;
}

/// The login that is mentioned at this '@', or "".
std::string_view mention_at(std::string_view text, std::size_t at) {
  if (at > 0 && (is_login(text[at - 1]) || text[at - 1] == '_')) return {};
  std::size_t end = at + 1;
  while (end < text.size() && is_login(text[end])) ++end;
  if (end < text.size() && text[end] == '/') return {};
  return text.substr(at + 1, end - at - 1);
}

/// Takes a positive number off the front of `text`; it must not run on as a word.
std::optional<Id> take_number(std::string_view text) {
  std::size_t end = 0;
  while (end < text.size() && text::is_digit(text[end])) ++end;
  if (end == 0 || end > 9 || (end < text.size() && is_word(text[end]))) return std::nullopt;
  const std::optional<Id> number = text::to_integer(text.substr(0, end));
  return number && *number > 0 ? number : std::nullopt;
}

/// Where the run of characters that ends before `end` and satisfies `accepts` begins.
template <class Accepts>
std::size_t run_start(std::string_view text, std::size_t end, Accepts accepts) {
  while (end > 0 && accepts(text[end - 1])) --end;
  return end;
}

/// Whether the word before `at` closes what follows.
bool follows_keyword(std::string_view text, std::size_t at) {
  constexpr std::array<std::string_view, 9> kWords{"close", "closes",  "closed",   "fix",     "fixes",
                                                   "fixed", "resolve", "resolves", "resolved"};
  std::string_view before = text.substr(0, at);
  const std::size_t size = before.size();
  before = text::trim_right(before);
  if (before.size() == size) return false;
  if (!before.empty() && before.back() == ':') before = text::trim_right(before.substr(0, before.size() - 1));
  const std::string_view word = before.substr(run_start(before, before.size(), is_word));
  return std::any_of(kWords.begin(), kWords.end(),
                     [&](std::string_view known) { return text::equals_ignore_case(known, word); });
}

/// "#7" or "acme/api#7", whose '#' stands at `at`.
std::optional<TextReference> hash_reference(std::string_view text, std::size_t at) {
  const std::optional<Id> number = take_number(text.substr(at + 1));
  if (!number) return std::nullopt;
  TextReference out;
  out.number = *number;
  std::size_t begin = run_start(text, at, is_repository_name);
  if (begin < at) {
    if (begin == 0 || text[begin - 1] != '/') return std::nullopt;
    const std::size_t owner = run_start(text, begin - 1, is_login);
    if (owner == begin - 1 || (owner > 0 && text[owner - 1] == '/')) return std::nullopt;
    out.owner = std::string(text.substr(owner, begin - 1 - owner));
    out.name = std::string(text.substr(begin, at - begin));
    begin = owner;
  }
  out.closes = follows_keyword(text, begin);
  return out;
}

/// The address of an issue or pull request that begins at `at`.
std::optional<TextReference> address_reference(std::string_view text, std::size_t at) {
  constexpr std::string_view kHost = "https://github.com/";
  std::string_view rest = text.substr(at);
  if (rest.substr(0, kHost.size()) != kHost) return std::nullopt;
  const std::vector<std::string_view> parts = text::split(rest.substr(kHost.size(), 200), '/');
  if (parts.size() < 4 || (parts[2] != "issues" && parts[2] != "pull")) return std::nullopt;
  if (!std::all_of(parts[0].begin(), parts[0].end(), is_login) ||
      !std::all_of(parts[1].begin(), parts[1].end(), is_repository_name)) {
    return std::nullopt;
  }
  const std::optional<Id> number = take_number(parts[3]);
  if (!number || parts[0].empty() || parts[1].empty()) return std::nullopt;
  return TextReference{std::string(parts[0]), std::string(parts[1]), *number, follows_keyword(text, at)};
}

/// "GH-7", which begins at `at`.
std::optional<TextReference> short_reference(std::string_view text, std::size_t at) {
  if (!text::starts_with_ignore_case(text.substr(at), "GH-") || (at > 0 && is_word(text[at - 1]))) return std::nullopt;
  const std::optional<Id> number = take_number(text.substr(at + 3));
  if (!number) return std::nullopt;
  return TextReference{{}, {}, *number, follows_keyword(text, at)};
}

}  // namespace

std::vector<std::string> mentions_in(std::string_view written) {
  std::vector<std::string> out;
  if (written.find('@') == std::string_view::npos) return out;
  const std::string text = without_code(written);
  for (std::size_t at = text.find('@'); at != std::string::npos; at = text.find('@', at + 1)) {
    const std::string_view login = mention_at(text, at);
    const auto same = [&](const std::string& other) { return text::equals_ignore_case(other, login); };
    if (!login.empty() && std::none_of(out.begin(), out.end(), same)) out.emplace_back(login);
  }
  return out;
}

bool mentions(std::string_view text, std::string_view login) {
  const std::vector<std::string> found = mentions_in(text);
  return std::any_of(found.begin(), found.end(),
                     [&](const std::string& other) { return text::equals_ignore_case(other, login); });
}

std::vector<TextReference> references_in(std::string_view written) {
  std::vector<TextReference> out;
  const std::string text = without_code(written);
  for (std::size_t at = text.find_first_of("#hgG"); at != std::string::npos; at = text.find_first_of("#hgG", at + 1)) {
    std::optional<TextReference> found = text[at] == '#'   ? hash_reference(text, at)
                                         : text[at] == 'h' ? address_reference(text, at)
                                                           : short_reference(text, at);
    if (!found) continue;
    const auto same = [&](const TextReference& other) {
      return other.number == found->number && text::equals_ignore_case(other.owner, found->owner) &&
             text::equals_ignore_case(other.name, found->name);
    };
    const auto known = std::find_if(out.begin(), out.end(), same);
    if (known == out.end()) {
      out.push_back(std::move(*found));
    } else {
      known->closes = known->closes || found->closes;
    }
  }
  return out;
}

}  // namespace pome::twin::github::model
