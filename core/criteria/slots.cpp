#include "core/criteria/slots.h"

#include <algorithm>
#include <array>
#include <utility>

#include "core/base/text.h"
#include "core/criteria/tool_names.h"

namespace pome::criteria {
namespace {

constexpr std::array<std::string_view, 11> kNames = {"issue",  "pr",      "repo", "label", "login", "path",
                                                     "needle", "context", "tool", "times", "choice"};
constexpr std::array<std::string_view, 11> kExamples = {
    "1", "1", "acme/api", "bug", "alice", "README.md", "thanks", "ci/build", "add_issue_comment", "twice", ""};

constexpr std::array<std::string_view, 13> kNumberWords = {"zero",  "one",   "two",  "three", "four",   "five",  "six",
                                                           "seven", "eight", "nine", "ten",   "eleven", "twelve"};

// Words that read as English, not as somebody's login, where a login stands without quotes.
constexpr std::array<std::string_view, 14> kNotLogins = {"a",  "an",     "any",   "anybody",  "anyone",  "her", "him",
                                                         "it", "nobody", "noone", "somebody", "someone", "the", "them"};

template <std::size_t N>
bool contains(const std::array<std::string_view, N>& list, std::string_view value) {
  return std::find(list.begin(), list.end(), value) != list.end();
}

bool is_name_char(char c) { return text::is_alpha(c) || text::is_digit(c) || c == '_' || c == '.' || c == '-'; }
bool is_login_char(char c) { return text::is_alpha(c) || text::is_digit(c) || c == '-' || c == '_'; }
bool is_tool_char(char c) { return is_login_char(c) || c == '/'; }

template <class Accept>
std::size_t run_length(std::string_view text, Accept accept) {
  std::size_t length = 0;
  while (length < text.size() && accept(text[length])) ++length;
  return length;
}

std::size_t digits_length(std::string_view text) { return run_length(text, text::is_digit); }

/// A whole word that starts `text`, or 0 when the text goes on with a letter or digit.
std::size_t word_length(std::string_view text, std::string_view word) {
  if (!text::starts_with_ignore_case(text, word)) return 0;
  const std::string_view rest = text.substr(word.size());
  return rest.empty() || !(text::is_alpha(rest.front()) || text::is_digit(rest.front())) ? word.size() : 0;
}

/// Redacted scenarios carry placeholders where a secret stood, in names as well: the length of one that starts `text`.
std::size_t placeholder_length(std::string_view text) {
  for (const auto& [open, close] :
       {std::pair<std::string_view, std::string_view>("[REDACTED:", "]"), {"\xE2\x9F\xA6", "\xE2\x9F\xA7"}}) {
    if (text.substr(0, open.size()) != open) continue;
    const std::size_t end = text.find(close);
    return end == std::string_view::npos ? 0 : end + close.size();
  }
  return 0;
}

/// Length of the run of accepted characters and whole placeholders.
template <class Accept>
std::size_t name_length(std::string_view text, Accept accept) {
  std::size_t length = 0;
  while (length < text.size()) {
    const std::size_t step = accept(text[length]) ? 1 : placeholder_length(text.substr(length));
    if (step == 0) break;
    length += step;
  }
  return length;
}

struct Times {
  std::size_t length = 0;
  std::int64_t count = 0;
};

/// "once", "twice", "3 times", "three times", "one time".
Times read_times(std::string_view text) {
  if (const std::size_t length = word_length(text, "once")) return {length, 1};
  if (const std::size_t length = word_length(text, "twice")) return {length, 2};
  Times times;
  const std::size_t digits = digits_length(text);
  if (digits > 0 && digits <= 9) times = {digits, *text::to_integer(text.substr(0, digits))};
  for (std::size_t i = 0; i < kNumberWords.size() && times.length == 0; ++i) {
    if (const std::size_t length = word_length(text, kNumberWords[i])) times = {length, static_cast<std::int64_t>(i)};
  }
  if (times.length == 0) return {};
  const std::string_view rest = text.substr(times.length);
  for (const std::string_view unit : {std::string_view(" times"), std::string_view(" time")}) {
    if (const std::size_t length = word_length(rest, unit)) return {times.length + length, times.count};
  }
  return {};
}

bool is_number(std::string_view value) {
  return !value.empty() && value.size() <= 9 && value.front() != '0' && digits_length(value) == value.size();
}

bool is_repo(std::string_view value) {
  const std::size_t slash = name_length(value, is_name_char);
  if (slash == 0 || slash + 1 >= value.size() || value[slash] != '/') return false;
  return name_length(value.substr(slash + 1), is_name_char) == value.size() - slash - 1;
}

bool is_login(std::string_view value) {
  if (value.size() > 1 && placeholder_length(value) > 0) return name_length(value, is_login_char) == value.size();
  if (value.size() > 5 && value.substr(value.size() - 5) == "[bot]") value.remove_suffix(5);
  return !value.empty() && value.size() <= 39 && value.front() != '-' &&
         run_length(value, is_login_char) == value.size();
}

/// `family/verb-noun`, GitHub's operation ids.
bool is_operation(std::string_view value) {
  const std::size_t slash = value.find('/');
  if (slash == std::string_view::npos || slash == 0 || slash + 1 == value.size()) return false;
  return run_length(value.substr(0, slash), is_login_char) == slash &&
         run_length(value.substr(slash + 1), is_login_char) == value.size() - slash - 1;
}

bool is_tool(std::string_view value) {
  if (is_operation(value)) return true;
  const std::string name = text::replace_all(std::string(value), "-", "_");
  return std::binary_search(kToolNames.begin(), kToolNames.end(), std::string_view(name));
}

std::string_view without_at(std::string_view login) {
  if (!login.empty() && login.front() == '@') login.remove_prefix(1);
  return login;
}

std::size_t bare_login_length(std::string_view text) {
  const std::size_t at = !text.empty() && text.front() == '@' ? 1 : 0;
  std::size_t length = at + name_length(text.substr(at), is_login_char);
  if (text.substr(length, 5) == "[bot]") length += 5;
  const std::string_view login = text.substr(at, length - at);
  return at == 0 && contains(kNotLogins, text::to_lower(login)) ? 0 : length;
}

std::size_t bare_repo_length(std::string_view text) {
  std::size_t length = name_length(text, [](char c) { return is_name_char(c) || c == '/'; });
  while (length > 0 && text[length - 1] == '.') --length;  // the sentence's own full stop
  return is_repo(text.substr(0, length)) ? length : 0;
}

bool keep(std::string_view value, std::string& place, bool valid) {
  if (valid) place = std::string(value);
  return valid;
}

bool is_line(std::string_view value) { return !value.empty() && !text::contains(value, "\n"); }

}  // namespace

std::string_view slot_name(SlotKind kind) { return kNames[static_cast<std::size_t>(kind)]; }
std::string_view example_of(SlotKind kind) { return kExamples[static_cast<std::size_t>(kind)]; }

std::size_t bare_length(SlotKind kind, std::string_view text) {
  switch (kind) {
    case SlotKind::issue:
    case SlotKind::pr:
      return digits_length(text);
    case SlotKind::repo:
      return bare_repo_length(text);
    case SlotKind::login:
      return bare_login_length(text);
    case SlotKind::tool:
      return run_length(text, is_tool_char);
    case SlotKind::times:
      return read_times(text).length;
    default:
      return 0;
  }
}

bool store(SlotKind kind, std::string_view value, Args& args) {
  switch (kind) {
    case SlotKind::issue:
    case SlotKind::pr:
      if (!is_number(value)) return false;
      args.number = *text::to_integer(value);
      return true;
    case SlotKind::repo:
      return keep(value, args.repo, is_repo(value));
    case SlotKind::label:
      return keep(value, args.label, is_line(value));
    case SlotKind::login:
      return keep(without_at(value), args.login, is_login(without_at(value)));
    case SlotKind::path:
      return keep(value, args.path, is_line(value));
    case SlotKind::needle:
      return keep(value, args.needle, is_line(value));
    case SlotKind::context:
      return keep(value, args.context, is_line(value));
    case SlotKind::tool:
      return keep(value, args.tool, is_tool(value));
    case SlotKind::times: {
      const Times times = read_times(value);
      args.times = times.count;
      return times.length != 0 && times.length == value.size();
    }
    case SlotKind::choice:
      return keep(value, args.choice, !value.empty());
  }
  return false;
}

std::string value_of(SlotKind kind, const Args& args) {
  switch (kind) {
    case SlotKind::issue:
    case SlotKind::pr:
      return args.number == 0 ? std::string() : text::cat(args.number);
    case SlotKind::repo:
      return args.repo;
    case SlotKind::label:
      return args.label;
    case SlotKind::login:
      return args.login;
    case SlotKind::path:
      return args.path;
    case SlotKind::needle:
      return args.needle;
    case SlotKind::context:
      return args.context;
    case SlotKind::tool:
      return args.tool;
    case SlotKind::times:
      return args.times == 1   ? std::string("once")
             : args.times == 2 ? std::string("twice")
                               : text::cat(args.times, " times");
    case SlotKind::choice:
      return args.choice;
  }
  return {};
}

std::string_view nearest_tool(std::string_view name) {
  std::string_view nearest;
  std::size_t best = std::max<std::size_t>(2, name.size() / 4) + 1;
  for (const std::string_view tool : kToolNames) {
    const std::size_t distance = text::edit_distance(name, tool);
    if (distance < best) {
      best = distance;
      nearest = tool;
    }
  }
  return nearest;
}

}  // namespace pome::criteria
