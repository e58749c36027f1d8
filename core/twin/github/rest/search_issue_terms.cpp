#include "core/twin/github/rest/search_issue_terms.h"

#include <algorithm>

#include "core/twin/github/model/closing_words.h"
#include "core/twin/github/rest/issue_filter.h"
#include "core/twin/github/rest/repository_facts.h"

namespace pome::twin::github::rest {

namespace {

using model::SearchNode;
using Test = bool (*)(const SearchedIssue& row, const SearchNode& term);

bool same(std::string_view a, std::string_view b) { return text::equals_ignore_case(a, b); }

bool holds_login(const std::vector<std::string>& list, std::string_view login) {
  return std::any_of(list.begin(), list.end(), [&](const std::string& other) { return same(other, login); });
}

bool is_kind(const SearchedIssue& row, std::string_view word, bool& known) {
  known = true;
  if (word == "issue") return !row.issue.is_pull_request;
  if (word == "pr" || word == "pull-request") return row.issue.is_pull_request;
  known = false;
  return false;
}

bool test_type(const SearchedIssue& row, const SearchNode& term) {
  bool known = false;
  const bool is = is_kind(row, text::to_lower(term.value), known);
  if (known) return is;
  const model::IssueTypePtr type = model::type_of(row.world, row.issue);
  return type && same(type->name, term.value);
}

bool test_is(const SearchedIssue& row, const SearchNode& term) {
  const std::string word = text::to_lower(term.value);
  bool known = false;
  const bool is = is_kind(row, word, known);
  if (known) return is;
  if (word == "open" || word == "closed") return model::state_name(row.issue.state) == word;
  if (word == "merged" || word == "unmerged") return row.pull && row.pull->merged_at.has_value() == (word == "merged");
  if (word == "draft") return row.pull && row.pull->draft;
  if (word == "locked" || word == "unlocked") return row.issue.locked == (word == "locked");
  if (word == "blocked") return model::dependency_summary(row.world, row.issue).blocked_by > 0;
  if (word == "blocking") return model::dependency_summary(row.world, row.issue).blocking > 0;
  return repository_is(row.repository, word).value_or(false);
}

bool test_state(const SearchedIssue& row, const SearchNode& term) {
  return same(model::state_name(row.issue.state), term.value);
}

bool test_reason(const SearchedIssue& row, const SearchNode& term) {
  if (!row.issue.state_reason) return false;
  const std::string word = text::replace_all(std::string(model::state_reason_name(*row.issue.state_reason)), "_", " ");
  return same(word, text::replace_all(text::replace_all(term.value, "_", " "), "-", " "));
}

bool test_author(const SearchedIssue& row, const SearchNode& term) { return same(row.issue.author, term.value); }

bool test_assignee(const SearchedIssue& row, const SearchNode& term) {
  return term.value == "*" ? !row.issue.assignees.empty() : holds_login(row.issue.assignees, term.value);
}

bool test_mentions(const SearchedIssue& row, const SearchNode& term) {
  return mentions(row.world, row.issue, term.value);
}

bool test_commenter(const SearchedIssue& row, const SearchNode& term) {
  const auto comments = model::rows_of(row.world.comments, row.issue.repo, row.issue.number);
  const auto replies = model::rows_of(row.world.review_comments, row.issue.repo, row.issue.number);
  const auto is_theirs = [&](const auto& entry) { return same(entry.row->author, term.value); };
  return std::any_of(comments.begin(), comments.end(), is_theirs) ||
         std::any_of(replies.begin(), replies.end(), is_theirs);
}

bool test_involves(const SearchedIssue& row, const SearchNode& term) {
  return test_author(row, term) || test_assignee(row, term) || test_mentions(row, term) || test_commenter(row, term);
}

/// A comma separates alternatives.
bool test_label(const SearchedIssue& row, const SearchNode& term) {
  for (const std::string_view name : text::split(term.value, ',')) {
    const model::LabelPtr label = model::find_label(row.world, row.issue.repo, text::trim(name));
    if (label && model::has_label(row.issue, *label)) return true;
  }
  return term.value == "*" && !row.issue.labels.empty();
}

bool test_milestone(const SearchedIssue& row, const SearchNode& term) {
  if (row.issue.milestone == 0) return false;
  const model::MilestonePtr milestone = model::find_milestone(row.world, row.issue.repo, row.issue.milestone);
  return term.value == "*" || (milestone && same(milestone->title, term.value));
}

bool has_part(const SearchedIssue& row, std::string_view part) {
  if (part == "label") return !row.issue.labels.empty();
  if (part == "assignee") return !row.issue.assignees.empty();
  if (part == "milestone") return row.issue.milestone != 0;
  if (part == "type") return row.issue.type != 0;
  if (part == "sub-issue") return model::sub_issue_summary(row.world, row.issue).total > 0;
  if (part == "parent-issue") return model::parent_of(row.world, row.issue) != nullptr;
  return false;  // Projects are not modelled: nothing is in one.
}
bool test_has(const SearchedIssue& row, const SearchNode& term) { return has_part(row, term.value); }
bool test_no(const SearchedIssue& row, const SearchNode& term) { return !has_part(row, term.value); }

bool test_created(const SearchedIssue& row, const SearchNode& term) { return term.range.holds(row.issue.created_at); }
bool test_updated(const SearchedIssue& row, const SearchNode& term) { return term.range.holds(row.issue.updated_at); }
bool test_closed(const SearchedIssue& row, const SearchNode& term) {
  return row.issue.closed_at && term.range.holds(*row.issue.closed_at);
}
bool test_merged(const SearchedIssue& row, const SearchNode& term) {
  return row.pull && row.pull->merged_at && term.range.holds(*row.pull->merged_at);
}

bool test_comments(const SearchedIssue& row, const SearchNode& term) { return term.range.holds(row.issue.comments); }
bool test_reactions(const SearchedIssue& row, const SearchNode& term) {
  return term.range.holds(
      static_cast<std::int64_t>(model::reactions_to(row.world, row.issue.repo, row.issue.id).size()));
}
bool test_interactions(const SearchedIssue& row, const SearchNode& term) {
  return term.range.holds(
      row.issue.comments +
      static_cast<std::int64_t>(model::reactions_to(row.world, row.issue.repo, row.issue.id).size()));
}

bool test_draft(const SearchedIssue& row, const SearchNode& term) {
  return row.pull && row.pull->draft == (term.value == "true");
}
bool test_archived(const SearchedIssue& row, const SearchNode& term) {
  return row.repository.archived == (term.value == "true");
}
bool test_head(const SearchedIssue& row, const SearchNode& term) {
  return row.pull && row.pull->head.ref == term.value;
}
bool test_base(const SearchedIssue& row, const SearchNode& term) {
  return row.pull && row.pull->base.ref == term.value;
}
bool test_sha(const SearchedIssue& row, const SearchNode& term) {
  if (!row.pull || term.value.size() < 7) return false;
  const std::vector<git::ObjectId> commits = model::commits_of(row.world, *row.pull);
  return std::any_of(commits.begin(), commits.end(),
                     [&](const git::ObjectId& id) { return text::starts_with_ignore_case(id.hex(), term.value); });
}

bool test_status(const SearchedIssue& row, const SearchNode& term) {
  if (!row.pull) return false;
  const auto latest = model::latest_statuses(row.world, row.issue.repo, row.pull->head.sha);
  return !latest.empty() && model::status_state_name(model::combined_state(latest)) == term.value;
}

/// The last verdict of each reviewer counts.
bool test_review(const SearchedIssue& row, const SearchNode& term) {
  if (!row.pull) return false;
  std::vector<std::pair<std::string_view, model::ReviewState>> verdicts;
  bool any = false;
  for (const auto& entry : model::rows_of(row.world.reviews, row.issue.repo, row.issue.number)) {
    const model::Review& review = *entry.row;
    if (review.state == model::ReviewState::pending) continue;
    any = true;
    if (review.state == model::ReviewState::commented) continue;
    std::erase_if(verdicts, [&](const auto& other) { return same(other.first, review.author); });
    verdicts.emplace_back(review.author, review.state);
  }
  const auto holds = [&](model::ReviewState state) {
    return std::any_of(verdicts.begin(), verdicts.end(), [&](const auto& verdict) { return verdict.second == state; });
  };
  const bool refused = holds(model::ReviewState::changes_requested);
  const bool approved = !refused && holds(model::ReviewState::approved);
  if (term.value == "none") return !any;
  if (term.value == "changes_requested" || term.value == "changes-requested") return refused;
  return term.value == "required" ? !approved && !refused : term.value == "approved" && approved;
}

bool test_reviewed_by(const SearchedIssue& row, const SearchNode& term) {
  const auto reviews = model::rows_of(row.world.reviews, row.issue.repo, row.issue.number);
  return std::any_of(reviews.begin(), reviews.end(), [&](const auto& entry) {
    return entry.row->state != model::ReviewState::pending && same(entry.row->author, term.value);
  });
}
bool test_review_requested(const SearchedIssue& row, const SearchNode& term) {
  return row.pull && holds_login(row.pull->requested_reviewers, term.value);
}
bool test_team_review_requested(const SearchedIssue& row, const SearchNode& term) {
  const std::string& team = term.value;
  return row.pull && holds_login(row.pull->requested_teams, team.substr(team.find('/') + 1));
}

/// Issues that a pull request says it closes, and pull requests that say so.
bool test_linked(const SearchedIssue& row, const SearchNode& term) {
  const auto closed_by = [&](const model::Issue& pull) {
    return model::closed_by_words(row.world, pull.repo, pull.body ? std::string_view(*pull.body) : std::string_view());
  };
  if (term.value == "issue") return row.issue.is_pull_request && !closed_by(row.issue).empty();
  if (term.value != "pr" || row.issue.is_pull_request) return false;
  const auto events = model::rows_of(row.world.issue_events, row.issue.repo, row.issue.number);
  return std::any_of(events.begin(), events.end(), [&](const auto& entry) {
    if (entry.row->event != model::EventKind::cross_referenced) return false;
    const model::IssuePtr source = model::find_issue(row.world, entry.row->related.repo, entry.row->related.number);
    if (!source || !source->is_pull_request) return false;
    const std::vector<model::NumberKey> closed = closed_by(*source);
    return std::find(closed.begin(), closed.end(), row.issue.key()) != closed.end();
  });
}

bool test_language(const SearchedIssue& row, const SearchNode& term) {
  return same(file_facts(row.world, row.repository).language, term.value);
}
bool test_place(const SearchedIssue& row, const SearchNode& term) { return is_place(term, row.repository); }
/// `in:` says where words are looked for and holds for every issue.
bool test_nothing(const SearchedIssue&, const SearchNode&) { return true; }

struct TermRow {
  SearchQualifier qualifier;
  Test test;
};
constexpr TermRow kTerms[] = {
    {{"archived"}, test_archived},
    {{"assignee", SearchValue::person}, test_assignee},
    {{"author", SearchValue::person}, test_author},
    {{"base"}, test_base},
    {{"closed", SearchValue::date}, test_closed},
    {{"commenter", SearchValue::person}, test_commenter},
    {{"comments", SearchValue::number}, test_comments},
    {{"created", SearchValue::date}, test_created},
    {{"draft"}, test_draft},
    {{"has"}, test_has},
    {{"head"}, test_head},
    {{"in"}, test_nothing},
    {{"interactions", SearchValue::number}, test_interactions},
    {{"involves", SearchValue::person}, test_involves},
    {{"is"}, test_is},
    {{"label"}, test_label},
    {{"language"}, test_language},
    {{"linked"}, test_linked},
    {{"mentions", SearchValue::person}, test_mentions},
    {{"merged", SearchValue::date}, test_merged},
    {{"milestone"}, test_milestone},
    {{"no"}, test_no},
    {{"org", SearchValue::place}, test_place},
    {{"reactions", SearchValue::number}, test_reactions},
    {{"reason"}, test_reason},
    {{"repo", SearchValue::place}, test_place},
    {{"review"}, test_review},
    {{"review-requested", SearchValue::person}, test_review_requested},
    {{"reviewed-by", SearchValue::person}, test_reviewed_by},
    {{"sha"}, test_sha},
    {{"state"}, test_state},
    {{"status"}, test_status},
    {{"team-review-requested"}, test_team_review_requested},
    {{"type"}, test_type},
    {{"updated", SearchValue::date}, test_updated},
    {{"user", SearchValue::place}, test_place},
    {{"user-review-requested", SearchValue::person}, test_review_requested},
};

constexpr auto kQualifierRows = [] {
  std::array<SearchQualifier, std::size(kTerms)> rows{};
  for (std::size_t i = 0; i < rows.size(); ++i) rows[i] = kTerms[i].qualifier;
  return rows;
}();

bool text_holds(const SearchedIssue& row, const SearchNode& term, const IssueTexts& texts) {
  if (texts.title && model::find_tokens(row.issue.title, term.tokens)) return true;
  if (texts.body && row.issue.body && model::find_tokens(*row.issue.body, term.tokens)) return true;
  if (!texts.comments || row.issue.comments == 0) return false;
  const auto comments = model::rows_of(row.world.comments, row.issue.repo, row.issue.number);
  return std::any_of(comments.begin(), comments.end(),
                     [&](const auto& entry) { return model::find_tokens(entry.row->body, term.tokens).has_value(); });
}

}  // namespace

const std::span<const SearchQualifier> kIssueQualifiers = kQualifierRows;

bool issue_term_holds(const SearchedIssue& row, const SearchNode& term, const IssueTexts& texts) {
  if (term.kind == SearchNode::Kind::text) return text_holds(row, term, texts);
  const auto found =
      std::lower_bound(std::begin(kTerms), std::end(kTerms), std::string_view(term.name),
                       [](const TermRow& candidate, std::string_view name) { return candidate.qualifier.name < name; });
  return found != std::end(kTerms) && found->qualifier.name == term.name && found->test(row, term);
}

}  // namespace pome::twin::github::rest
