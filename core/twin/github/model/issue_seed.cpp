#include <algorithm>

#include "core/base/sort.h"
#include "core/base/text.h"
#include "core/twin/github/model/seed_builder.h"
#include "core/twin/github/model/store.h"

namespace pome::twin::github::model {
namespace {

/// Collects the numbers asked for under `key` and notes repeated ones.
void collect_numbers(Seeding& seed, const Node& node, std::string_view key) {
  node.each(key, [&](const Node& entry) {
    const std::optional<Id> number = json::integer_at(entry.value(), "number");
    if (!number || *number < 1 || seed.numbers.insert(*number).second) return;
    entry.error_at("number", "duplicate", text::cat("Number ", *number, " is used twice."),
                   "Issues and pull requests of a repository share their numbers.");
  });
}

/// The number an entry asks for, or the next one nobody asks for.
Id take_number(Seeding& seed, Id repo, std::optional<Id> asked) {
  Id number = asked.value_or(0);
  change_totals(seed.world, repo, [&](RepositoryTotals& totals) {
    if (number == 0) {
      number = totals.last_number + 1;
      while (seed.numbers.count(number) != 0) ++number;
      seed.numbers.insert(number);
    }
    totals.last_number = std::max(totals.last_number, number);
  });
  return number;
}

void read_labels(Seeding& seed, const Repository& repo, const Node& node, Issue& issue) {
  node.each("labels", [&](const Node& entry) {
    const std::string name = entry.value().is_object() ? entry.required_text("name") : entry.as_text();
    if (name.empty()) return;
    const LabelPtr label = find_label(seed.world, repo.id, name);
    if (label) {
      issue.labels.push_back(label->id);
      return;
    }
    std::vector<std::string> known;
    for (const LabelPtr& candidate : labels_of(seed.world, repo.id)) known.push_back(candidate->name);
    std::string hint = did_you_mean(name, known);
    if (hint.empty()) hint = "Add it to the repository's \"labels\".";
    entry.error("unknown-label", text::cat("The repository has no label \"", name, "\"."), std::move(hint));
  });
  sort_stably(issue.labels);
  issue.labels.erase(std::unique(issue.labels.begin(), issue.labels.end()), issue.labels.end());
}

void add_assignee(Seeding& seed, const Repository& repo, const Node& entry, Issue& issue) {
  const std::string login = entry.as_text();
  if (login.empty()) return;
  if (!is_assignable(seed.world, repo.id, login)) {
    std::string hint = did_you_mean(login, collaborator_logins(seed.world, repo.id));
    if (hint.empty()) hint = "Add the login to the repository's \"collaborators\".";
    entry.error("not-collaborator", text::cat("\"", login, "\" cannot be assigned in ", repo.full_name(), "."),
                std::move(hint));
    return;
  }
  const std::string stored = seed.user(entry, login);
  if (std::find(issue.assignees.begin(), issue.assignees.end(), stored) == issue.assignees.end())
    issue.assignees.push_back(stored);
}

/// `milestone` names a milestone by number or title.
void read_milestone(Seeding& seed, const Repository& repo, const Node& node, Issue& issue) {
  if (!node.has("milestone")) return;
  const Json& written = node.member("milestone").value();
  for (const MilestonePtr& candidate : milestones_of(seed.world, repo.id)) {
    const bool by_number = written.is_number_integer() && written.get<Id>() == candidate->number;
    const bool by_title =
        written.is_string() && text::equals_ignore_case(written.get_ref<const std::string&>(), candidate->title);
    if (by_number || by_title) issue.milestone = candidate->number;
  }
  if (issue.milestone != 0) return;
  node.error_at("milestone", "unknown-milestone", "The repository has no such milestone.",
                "Give the number or the title of one of its \"milestones\".");
}

void read_state(Seeding& seed, const Node& node, Issue& issue) {
  issue.state = node.word("state", OpenState::open, open_state_from, "open, closed");
  std::optional<StateReason> reason;
  if (node.has("state_reason")) {
    reason = node.word("state_reason", StateReason::completed, state_reason_from,
                       "completed, not_planned, duplicate, reopened");
  }
  if (issue.state == OpenState::closed) {
    issue.closed_at = node.instant("closed_at").value_or(issue.updated_at);
    issue.closed_by = seed.author(node, {"closed_by"});
    if (!reason) reason = StateReason::completed;
  }
  const bool fits = !reason || (issue.state == OpenState::open) == (*reason == StateReason::reopened);
  if (!fits) {
    node.error_at("state_reason", "bad-value",
                  text::cat("This reason does not fit an issue that is ", state_name(issue.state), "."),
                  "Only an open issue can be reopened; the other reasons are for closed ones.");
  }
  issue.state_reason = reason;
}

constexpr SeedPart<Issue> kIssueParts[] = {
    {"number"},    {"title"},       {"body"},       {"state"},      {"state_reason"}, {"labels"},
    {"assignees"}, {"assignee"},    {"milestone"},  {"author"},     {"user"},         {"comments", seed_comments},
    {"locked"},    {"lock_reason"}, {"created_at"}, {"updated_at"}, {"closed_at"},    {"closed_by"},
};

}  // namespace

Issue read_issue(Seeding& seed, const Repository& repo, const Node& node) {
  Issue issue;
  issue.repo = repo.id;
  issue.number = take_number(seed, repo.id, node.positive("number"));
  issue.title = node.required_text("title");
  issue.body = node.text("body", "");
  issue.author = seed.author(node, {"author", "user"});
  issue.created_at = node.instant("created_at").value_or(seed.world.epoch);
  issue.updated_at = node.instant("updated_at").value_or(issue.created_at);
  read_labels(seed, repo, node, issue);
  node.each("assignees", [&](const Node& entry) { add_assignee(seed, repo, entry, issue); });
  if (node.has("assignee")) add_assignee(seed, repo, node.member("assignee"), issue);
  read_milestone(seed, repo, node, issue);
  read_state(seed, node, issue);
  issue.locked = node.flag("locked", false);
  if (node.has("lock_reason")) {
    issue.lock_reason =
        node.word("lock_reason", LockReason::resolved, lock_reason_from, "off-topic, too heated, resolved, spam");
  }
  return issue;
}

void seed_issues(Seeding& seed, const Repository& repo, const Node& node) {
  seed.numbers.clear();
  collect_numbers(seed, node, "issues");
  collect_numbers(seed, node, "pull_requests");
  node.each("issues", [&](const Node& entry) {
    if (!entry.is_made_of(kIssueParts)) return;
    Issue row = read_issue(seed, repo, entry);
    if (find_issue(seed.world, repo.id, row.number)) return;
    row.id = ++seed.world.counters.issue;
    build_parts(kIssueParts, seed, *put(seed.action, std::move(row)), entry);
  });
}

}  // namespace pome::twin::github::model
