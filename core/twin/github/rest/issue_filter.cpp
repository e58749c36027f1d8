#include "core/twin/github/rest/issue_filter.h"

#include <algorithm>

#include "core/twin/github/rest/listing.h"

namespace pome::twin::github::rest {

std::variant<IssueFilter, ApiError> issue_filter(const Context& context) {
  POME_ANSWER_TRY(state, choice(context, "state", {"open", "closed", "all"}, "Issue"));
  POME_ANSWER_TRY(sort, choice(context, "sort", {"created", "updated", "comments"}, "Issue"));
  POME_ANSWER_TRY(direction, choice(context, "direction", {"desc", "asc"}, "Issue"));
  POME_ANSWER_TRY(since, instant(context, "since", "Issue"));
  IssueFilter filter;
  filter.state = state;
  filter.sort = sort;
  filter.descending = direction == "desc";
  filter.labels = comma_list(context, "labels");
  filter.since = since;
  return filter;
}

bool passes(const model::World& world, const IssueFilter& filter, const model::Issue& issue) {
  if (filter.state != "all" && model::state_name(issue.state) != filter.state) return false;
  if (filter.since && issue.updated_at < *filter.since) return false;
  return std::all_of(filter.labels.begin(), filter.labels.end(), [&](std::string_view name) {
    const model::LabelPtr label = model::find_label(world, issue.repo, name);
    return label && model::has_label(issue, *label);
  });
}

void sort_issues(std::vector<IssueRow>& rows, const IssueFilter& filter) {
  const auto rank = [&](const model::Issue& issue) {
    if (filter.sort == "updated") return issue.updated_at;
    if (filter.sort == "comments") return issue.comments;
    return issue.created_at;
  };
  std::stable_sort(rows.begin(), rows.end(), [&](const IssueRow& a, const IssueRow& b) {
    const model::Issue& first = filter.descending ? *b.issue : *a.issue;
    const model::Issue& second = filter.descending ? *a.issue : *b.issue;
    if (rank(first) != rank(second)) return rank(first) < rank(second);
    return first.repo != second.repo ? first.repo < second.repo : first.number < second.number;
  });
}

bool mentions(std::string_view text, std::string_view login) {
  const auto is_name = [](char c) { return text::is_alpha(c) || text::is_digit(c) || c == '-'; };
  for (std::size_t at = text.find('@'); at != std::string_view::npos; at = text.find('@', at + 1)) {
    if (at > 0 && (is_name(text[at - 1]) || text[at - 1] == '_')) continue;
    const std::string_view rest = text.substr(at + 1);
    if (!text::starts_with_ignore_case(rest, login)) continue;
    if (rest.size() == login.size() || !is_name(rest[login.size()])) return true;
  }
  return false;
}

bool mentions(const model::World& world, const model::Issue& issue, std::string_view login) {
  if (issue.body && mentions(*issue.body, login)) return true;
  const auto comments = model::rows_of(world.comments, issue.repo, issue.number);
  return std::any_of(comments.begin(), comments.end(),
                     [&](const auto& entry) { return mentions(entry.row->body, login); });
}

}  // namespace pome::twin::github::rest
