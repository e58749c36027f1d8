#include "tools/vocabulary/reference.h"

#include <array>

#include "core/base/text.h"
#include "core/criteria/sentence.h"

namespace pome::vocabulary {
namespace {

using criteria::Phrase;
using criteria::Row;
using criteria::SlotKind;

constexpr std::array kTopics = {
    Topic{"Issues: state, labels, assignees", criteria::issue_rows},
    Topic{"Issues: how they ended, what they are tied to", criteria::relation_rows},
    Topic{"Pull requests: state", criteria::pull_rows},
    Topic{"Pull requests: branches, files, merging", criteria::pull_content_rows},
    Topic{"Reviews", criteria::review_rows},
    Topic{"Titles and bodies", criteria::wording_rows},
    Topic{"Labels", criteria::labelling_rows},
    Topic{"Assignees, milestones, locks", criteria::planning_rows},
    Topic{"Comments", criteria::conversation_rows},
    Topic{"New issues and pull requests, and those told by their title", criteria::new_thing_rows},
    Topic{"Repositories", criteria::repo_rows},
    Topic{"Branches, commits, tags, releases", criteria::branch_rows},
    Topic{"Files", criteria::file_rows},
    Topic{"Access, label and milestone definitions, checks", criteria::access_rows},
    Topic{"What else changed", criteria::delta_rows},
    Topic{"Calls: how often", criteria::tape_rows},
    Topic{"Calls: their arguments", criteria::tape_argument_rows},
    Topic{"Calls: their order and how they ended", criteria::tape_order_rows},
};

/// What a slot accepts, in the order of SlotKind.
constexpr std::string_view kAccepts[] = {
    "the number of an issue",
    "the number of a pull request",
    "`owner/name`",
    "a label's name, upper and lower case alike",
    "a GitHub login, with or without `@`, upper and lower case alike",
    "a file's path, as written",
    "a text to look for, as written",
    "the context of a commit status, or a check's name",
    "a tool of GitHub's MCP server or an operation of its REST API; a call over either counts",
    "how often: `once`, `twice`, `3 times`, `three times`",
    "a second number",
    "a whole number, in digits or as a word up to `twelve`",
    "a second login",
    "a branch's name, as written",
    "a tag's name, as written",
    "a milestone's title, upper and lower case alike",
    "an exact text",
    "a regular expression, see [patterns](#patterns)",
    "the name of a call's argument, `labels` or `pull_request.title`",
    "a second tool or operation",
    "quoted names, at most 50",
    "what may change, see [below](#what-may-change)",
};
static_assert(std::size(kAccepts) == static_cast<std::size_t>(SlotKind::polarity));

void append_values(std::string& out) {
  out += "## Values\n\n| value | accepts | for example | without quotes |\n|---|---|---|---|\n";
  for (std::size_t i = 0; i < std::size(kAccepts); ++i) {
    const auto kind = static_cast<SlotKind>(i);
    text::append(out, "| `{", criteria::slot_name(kind), "}` | ", kAccepts[i], " | `` ", criteria::example_of(kind),
                 " `` | ", criteria::may_be_bare(kind) && kind != SlotKind::names ? "yes" : "no", " |\n");
  }
  out += '\n';
}

bool can_deny(const Row& row) {
  for (const Phrase& phrase : row.phrases) {
    if (phrase.has(SlotKind::polarity)) return true;
  }
  return false;
}

/// "asks the agent to make it true; denied, to leave it so"
std::string polarity(const Row& row) {
  std::string out(criteria::polarity_words(row.polarity));
  if (can_deny(row)) out += "; the denial asks to leave it true";
  std::string stays;
  for (const std::string_view choice : text::split(row.stays, '|')) {
    if (!choice.empty()) text::append(stays, stays.empty() ? "" : " or ", '`', choice, '`');
  }
  if (!stays.empty()) text::append(out, "; with ", stays, " to leave it true");
  return out;
}

void append_row(std::string& out, const Row& row) {
  text::append(out, "### ", row.id.substr(row.id.find('.') + 1), "\n\n", row.description, "\n\n```text\n");
  for (const Phrase& phrase : row.phrases) text::append(out, phrase.text(), '\n');
  text::append(out, "```\n\nFor example: `` ", row.example, " ``\n\nReads ", criteria::reads_words(row.reads), "; ",
               polarity(row), ".");
  if (row.every_repo) out += " Without a repository it means all of them.";
  out += "\n\n";
}

/// The link GitHub gives a heading: lower case, spaces as hyphens, no punctuation.
std::string anchor(std::string_view title) {
  std::string out;
  for (const char c : title) {
    if (c == ' ') out.push_back('-');
    if (text::is_alpha(c) || text::is_digit(c) || c == '-') out.push_back(text::lower(c));
  }
  return out;
}

}  // namespace

std::span<const Topic> topics() { return kTopics; }

std::string reference() {
  std::string out(grammar_chapter());
  append_values(out);
  out += scope_chapter();
  out += "# The sentences\n\n";
  for (const Topic& topic : topics()) text::append(out, "- [", topic.title, "](#", anchor(topic.title), ")\n");
  out += '\n';
  for (const Topic& topic : topics()) {
    text::append(out, "## ", topic.title, "\n\n");
    for (const Row& row : topic.rows()) append_row(out, row);
  }
  out.pop_back();  // one newline at the end
  return out;
}

}  // namespace pome::vocabulary
