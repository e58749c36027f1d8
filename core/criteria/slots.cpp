#include "core/criteria/slots.h"

#include <algorithm>
#include <array>
#include <utility>

#include "core/base/text.h"
#include "core/criteria/pattern.h"
#include "core/criteria/phrase.h"
#include "core/criteria/scopes.h"
#include "core/criteria/tool_names.h"

namespace pome::criteria {
namespace {

/// How a slot is written and where its value is kept. In the order of SlotKind.
struct Slot {
  std::string_view name;
  std::string_view example;
  std::string Args::*text = nullptr;
  std::int64_t Args::*number = nullptr;
};

constexpr std::array<Slot, 24> kSlots = {{
    {"issue", "1", nullptr, &Args::number},
    {"pr", "1", nullptr, &Args::number},
    {"repo", "acme/api", &Args::repo},
    {"label", "bug", &Args::label},
    {"login", "alice", &Args::login},
    {"path", "README.md", &Args::path},
    {"needle", "thanks", &Args::needle},
    {"context", "ci/build", &Args::context},
    {"tool", "add_issue_comment", &Args::tool},
    {"times", "twice", nullptr, &Args::times},
    {"other", "2", nullptr, &Args::other},
    {"count", "2", nullptr, &Args::count},
    {"person", "bob", &Args::person},
    {"branch", "main", &Args::branch},
    {"tag", "v1.0.0", &Args::tag},
    {"milestone", "v1.0", &Args::milestone},
    {"value", "Fix the build", &Args::value},
    {"pattern", "[Tt]hanks", &Args::pattern},
    {"argument", "labels", &Args::argument},
    {"other_tool", "get_issue", &Args::other_tool},
    {"names", "`bug` and `p1`"},
    {"scopes", "the labels of issue #1", &Args::scopes},
    {"polarity", ""},
    {"choice", "", &Args::choice},
}};
static_assert(kSlots[static_cast<std::size_t>(SlotKind::choice)].name == "choice");

const Slot& slot_of(SlotKind kind) { return kSlots[static_cast<std::size_t>(kind)]; }

constexpr std::array<std::string_view, 13> kNumberWords = {"zero",  "one",   "two",  "three", "four",   "five",  "six",
                                                           "seven", "eight", "nine", "ten",   "eleven", "twelve"};

// Words that read as English, not as somebody's login, where a login stands without quotes.
constexpr std::array<std::string_view, 18> kNotLogins = {
    "a",     "an",     "any",   "anybody", "anyone",   "exactly", "her",    "him", "it",
    "merge", "nobody", "noone", "rebase",  "somebody", "someone", "squash", "the", "them"};

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

struct Number {
  std::size_t length = 0;
  std::int64_t value = 0;
};

/// "3" or "three".
Number read_count(std::string_view text) {
  const std::size_t digits = digits_length(text);
  if (digits > 0 && digits <= 9) return {digits, *text::to_integer(text.substr(0, digits))};
  for (std::size_t i = 0; i < kNumberWords.size(); ++i) {
    if (const std::size_t length = word_length(text, kNumberWords[i])) return {length, static_cast<std::int64_t>(i)};
  }
  return {};
}

/// "once", "twice", "3 times", "three times", "one time".
Number read_times(std::string_view text) {
  if (const std::size_t length = word_length(text, "once")) return {length, 1};
  if (const std::size_t length = word_length(text, "twice")) return {length, 2};
  const Number count = read_count(text);
  if (count.length == 0) return {};
  const std::string_view rest = text.substr(count.length);
  for (const std::string_view unit : {std::string_view(" times"), std::string_view(" time")}) {
    if (const std::size_t length = word_length(rest, unit)) return {count.length + length, count.value};
  }
  return {};
}

/// "`a`, `b`, and `c`": length of the longest list that starts `text`, or 0. At most 50 names, no name twice.
std::size_t read_names(std::string_view text, std::vector<std::string>* out) {
  constexpr std::string_view kSeparators[] = {", and ", ", or ", ", ", " and ", " or "};
  std::size_t length = 0;
  std::size_t separator = 0;
  for (std::size_t count = 0; count < 50; ++count) {
    std::string_view name;
    const std::size_t size = quoted_length(text.substr(length + separator), name);
    if (size == 0) break;
    length += separator + size;
    if (out != nullptr) out->emplace_back(name);
    separator = 0;
    for (const std::string_view word : kSeparators) {
      if (separator == 0 && text.substr(length).starts_with(word)) separator = word.size();
    }
    if (separator == 0) break;
  }
  return length;
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

Args::Args() = default;
Args::Args(const Args& args) = default;
Args::Args(Args&& args) noexcept = default;
Args& Args::operator=(const Args& args) = default;
Args& Args::operator=(Args&& args) noexcept = default;
Args::~Args() = default;
bool Args::operator==(const Args& args) const = default;

std::string_view slot_name(SlotKind kind) { return slot_of(kind).name; }
std::string_view example_of(SlotKind kind) { return slot_of(kind).example; }

std::size_t bare_length(SlotKind kind, std::string_view text) {
  switch (kind) {
    case SlotKind::issue:
    case SlotKind::pr:
    case SlotKind::other:
      return digits_length(text);
    case SlotKind::repo:
      return bare_repo_length(text);
    case SlotKind::login:
    case SlotKind::person:
      return bare_login_length(text);
    case SlotKind::tool:
    case SlotKind::other_tool:
      return run_length(text, is_tool_char);
    case SlotKind::times:
      return read_times(text).length;
    case SlotKind::count:
      return read_count(text).length;
    case SlotKind::names:
      return read_names(text, nullptr);
    case SlotKind::scopes:
      return text.ends_with('.') ? text.size() - 1 : text.size();
    default:
      return 0;
  }
}

bool store(SlotKind kind, std::string_view value, Args& args) {
  const Slot& slot = slot_of(kind);
  switch (kind) {
    case SlotKind::issue:
    case SlotKind::pr:
    case SlotKind::other:
      if (!is_number(value)) return false;
      args.*slot.number = *text::to_integer(value);
      if (kind != SlotKind::other) args.pull = kind == SlotKind::pr;
      return true;
    case SlotKind::times:
    case SlotKind::count: {
      const Number read = kind == SlotKind::times ? read_times(value) : read_count(value);
      args.*slot.number = read.value;
      return read.length != 0 && read.length == value.size();
    }
    case SlotKind::login:
    case SlotKind::person:
      return keep(without_at(value), args.*slot.text, is_login(without_at(value)));
    case SlotKind::repo:
      return keep(value, args.*slot.text, is_repo(value));
    case SlotKind::tool:
    case SlotKind::other_tool:
      return keep(value, args.*slot.text, is_tool(value));
    case SlotKind::pattern:
      return keep(value, args.*slot.text, is_line(value) && Pattern::compile(value).has_value());
    case SlotKind::names: {
      std::vector<std::string> names;
      const bool whole = !value.empty() && read_names(value, &names) == value.size();
      if (whole) args.names = std::move(names);
      return whole;
    }
    case SlotKind::scopes:
      return keep(value, args.scopes, read_scopes(value).has_value());
    case SlotKind::polarity:
      return false;  // read by the phrase, which knows the two spellings
    case SlotKind::choice:
      return keep(value, args.choice, !value.empty());
    default:
      return keep(value, args.*slot.text, is_line(value));
  }
}

std::string value_of(SlotKind kind, const Args& args) {
  const Slot& slot = slot_of(kind);
  if (slot.text != nullptr) return args.*slot.text;
  if (kind == SlotKind::names) return quoted_list(args.names);
  if (slot.number == nullptr) return {};
  const std::int64_t number = args.*slot.number;
  if (kind == SlotKind::count) return number < 0 ? std::string() : text::cat(number);
  if (kind == SlotKind::times) {
    return number == 1 ? std::string("once") : number == 2 ? std::string("twice") : text::cat(number, " times");
  }
  return number == 0 ? std::string() : text::cat(number);
}

std::vector<std::string> literals_of(const Args& args) {
  std::vector<std::string> literals = args.names;
  for (const Slot& slot : kSlots) {
    const bool literal = slot.text != nullptr && slot.text != &Args::choice && slot.text != &Args::tool &&
                         slot.text != &Args::other_tool && slot.text != &Args::argument && slot.text != &Args::scopes;
    if (literal && !(args.*slot.text).empty()) literals.push_back(args.*slot.text);
  }
  return literals;
}

std::string quoted_list(const std::vector<std::string>& names) {
  std::string out;
  for (std::size_t i = 0; i < names.size(); ++i) {
    const char quote = text::contains(names[i], "`") ? '"' : '`';
    text::append(out, i == 0 ? "" : i + 1 == names.size() ? " and " : ", ", quote, names[i], quote);
  }
  return out;
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
