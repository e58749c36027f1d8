#include "core/twin/github/rest/issue_filter.h"

#include <algorithm>

#include "core/base/sort.h"
#include "core/twin/github/rest/listing.h"

namespace pome::twin::github::rest {

IssueFilter issue_filter(Context& context) {
  IssueFilter filter;
  filter.state = choice(context, "state", {"open", "closed", "all"}, "Issue");
  filter.sort = choice(context, "sort", {"created", "updated", "comments"}, "Issue");
  filter.descending = choice(context, "direction", {"desc", "asc"}, "Issue") == "desc";
  filter.labels = comma_list(context, "labels");
  filter.since = instant(context, "since", "Issue");
  return filter;
}

std::optional<std::vector<model::Id>> label_ids(const model::World& world, const IssueFilter& filter, model::Id repo) {
  std::vector<model::Id> ids;
  for (const std::string_view name : filter.labels) {
    const model::LabelPtr label = model::find_label(world, repo, name);
    if (!label) return std::nullopt;
    ids.push_back(label->id);
  }
  return ids;
}

bool passes(const IssueFilter& filter, const std::vector<model::Id>& labels, const model::Issue& issue) {
  if (filter.state != "all" && model::state_name(issue.state) != filter.state) return false;
  if (filter.since && issue.updated_at < *filter.since) return false;
  return std::all_of(labels.begin(), labels.end(),
                     [&](model::Id id) { return std::binary_search(issue.labels.begin(), issue.labels.end(), id); });
}

void sort_issues(std::vector<IssueRow>& rows, const IssueFilter& filter) {
  const auto rank = [&](const model::Issue& issue) {
    if (filter.sort == "updated") return issue.updated_at;
    return filter.sort == "comments" ? issue.comments : issue.created_at;
  };
  const auto before = [&](const IssueRow& a, const IssueRow& b) {
    if (rank(*a.issue) != rank(*b.issue)) return rank(*a.issue) < rank(*b.issue);
    return a.issue->repo != b.issue->repo ? a.issue->repo < b.issue->repo : a.issue->number < b.issue->number;
  };
  // Rows arrive by number, which is the order of creation: the usual list is sorted already.
  if (!std::is_sorted(rows.begin(), rows.end(), before)) sort_stably(rows, before);
  if (filter.descending) std::reverse(rows.begin(), rows.end());
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
