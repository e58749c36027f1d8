#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// The values a criterion sentence can carry, and what each may look like.
namespace pome::criteria {

enum class SlotKind : unsigned char {
  issue,       ///< issue number: 1..999999999, no leading zero
  pr,          ///< pull request number
  repo,        ///< `owner/name`; the quotes may be left out
  label,       ///< any text of one line without backticks
  login,       ///< a GitHub login, with or without "@"; the quotes may be left out
  path,        ///< a file path
  needle,      ///< a text to look for, in quotes
  context,     ///< a commit status context or a check's name
  tool,        ///< an MCP tool of GitHub's server, or an operation id such as `issues/create-comment`
  times,       ///< once, twice, one time, 3 times, three times
  other,       ///< a second issue or pull request number
  count,       ///< a whole number, in digits or as a word up to twelve
  person,      ///< a second login
  branch,      ///< a branch name
  tag,         ///< a tag name
  milestone,   ///< a milestone's title
  value,       ///< an exact text: a title, a message, a reason
  pattern,     ///< a regular expression (pattern.h)
  argument,    ///< the name of a call's argument, "labels" or "pull_request.title"
  other_tool,  ///< a second tool or operation
  names,       ///< a list of quoted names: `a`, `b` and `c`
  scopes,      ///< a list of what may change (scopes.h), to the end of the sentence
  polarity,    ///< says or denies: the first spelling of a pair such as has/does not have says
  choice,      ///< one word out of a closed set
};

/// What a sentence said, by slot. A slot its phrase does not have keeps the default.
struct Args {
  // Out of line: there are many strings, and the vocabulary copies and destroys them in hundreds of places.
  Args();
  Args(const Args& args);
  Args(Args&& args) noexcept;
  Args& operator=(const Args& args);
  Args& operator=(Args&& args) noexcept;
  ~Args();

  std::int64_t number = 0;  ///< issue or pull request
  bool pull = false;        ///< the number is a pull request's
  std::int64_t other = 0;
  std::int64_t times = 0;
  std::int64_t count = -1;  ///< -1: not said
  std::string repo;         ///< empty: the only seeded repository
  std::string label;
  std::string login;
  std::string person;
  std::string path;
  std::string needle;
  std::string context;
  std::string branch;
  std::string tag;
  std::string milestone;
  std::string value;
  std::string pattern;
  std::string argument;
  std::string tool;
  std::string other_tool;
  std::string scopes;
  std::vector<std::string> names;
  std::string choice;   ///< as the phrase spells it
  bool denied = false;  ///< the sentence says that it is not so

  bool operator==(const Args& args) const;
};

/// A slot's name in a phrase, "repo".
std::string_view slot_name(SlotKind kind);
constexpr std::optional<SlotKind> slot_of_name(std::string_view name) {
  constexpr std::string_view kNames[] = {"issue",    "pr",         "repo",  "label",     "login", "path",
                                         "needle",   "context",    "tool",  "times",     "other", "count",
                                         "person",   "branch",     "tag",   "milestone", "value", "pattern",
                                         "argument", "other_tool", "names", "scopes"};
  for (std::size_t i = 0; i < std::size(kNames); ++i) {
    if (kNames[i] == name) return static_cast<SlotKind>(i);
  }
  return std::nullopt;
}

/// May the value stand without quotes around it?
constexpr bool may_be_bare(SlotKind kind) {
  switch (kind) {
    case SlotKind::issue:
    case SlotKind::pr:
    case SlotKind::other:
    case SlotKind::repo:
    case SlotKind::login:
    case SlotKind::person:
    case SlotKind::tool:
    case SlotKind::other_tool:
    case SlotKind::times:
    case SlotKind::count:
    case SlotKind::names:
    case SlotKind::scopes:
      return true;
    default:
      return false;
  }
}

/// Length of the longest value of `kind` that starts `text` without quotes; 0 when there is none.
std::size_t bare_length(SlotKind kind, std::string_view text);

/// Stores `value` in the slot's place of `args`. False when `value` is not one of the kind (bad login, unknown tool
/// ...).
bool store(SlotKind kind, std::string_view value, Args& args);

/// The slot's value as text; empty when it is not set.
std::string value_of(SlotKind kind, const Args& args);

/// A value to show in hints when the sentence has none.
std::string_view example_of(SlotKind kind);

/// The texts a sentence looks for: every name and quoted text it has.
std::vector<std::string> literals_of(const Args& args);

/// "`a`, `b` and `c`": how the names slot writes a list.
std::string quoted_list(const std::vector<std::string>& names);

/// The known tool nearest to `name`; empty when none is near.
std::string_view nearest_tool(std::string_view name);

}  // namespace pome::criteria
