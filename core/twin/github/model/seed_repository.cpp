#include <algorithm>

#include "core/base/text.h"
#include "core/base/time.h"
#include "core/twin/github/model/seed_builder.h"
#include "core/twin/github/model/store.h"

namespace pome::twin::github::model {
namespace {

void seed_collaborator(Seeding& seed, const Repository& repo, const Node& node) {
  const bool plain = node.value().is_string();
  if (!plain && !node.is_object({"login", "permission", "state"})) return;
  const std::string login = plain ? node.as_text() : node.required_text("login");
  if (login.empty()) return;
  if (find_collaborator(seed.world, repo.id, login)) {
    node.error("duplicate", text::cat("The collaborator \"", login, "\" appears twice."));
    return;
  }
  Collaborator row;
  row.repo = repo.id;
  row.login = seed.user(node, login);
  row.created_at = seed.world.epoch;
  if (!plain) {
    row.role = node.word("permission", Role::write, role_from, "pull, triage, push, maintain, admin");
    const auto state_from = [](std::string_view word) -> std::optional<InvitationState> {
      if (word == "accepted") return InvitationState::accepted;
      if (word == "pending") return InvitationState::pending;
      return std::nullopt;
    };
    row.state = node.word("state", InvitationState::accepted, state_from, "accepted, pending");
  }
  if (row.state == InvitationState::pending) {
    row.invitation_id = ++seed.world.counters.invitation;
    row.invited_by = repo.owner;
  }
  put(seed.action, std::move(row));
}

void seed_collaborators(Seeding& seed, const Repository& repo, const Node& node) {
  node.each("collaborators", [&](const Node& entry) { seed_collaborator(seed, repo, entry); });
  const bool listed = find_collaborator(seed.world, repo.id, kAgentLogin) != nullptr;
  if (listed || text::equals_ignore_case(repo.owner, kAgentLogin)) return;
  Collaborator agent;
  agent.repo = repo.id;
  agent.login = find_user(seed.world, kAgentLogin)->login;
  agent.created_at = seed.world.epoch;
  put(seed.action, std::move(agent));
}

Repository read_repository(Seeding& seed, const Node& node) {
  Repository row;
  const std::string owner = node.required_text("owner");
  // Who owns a repository without being declared is an organization, as most owners in scenarios are.
  if (!owner.empty()) row.owner = seed.user(node.member("owner"), owner, UserType::organization);
  row.name = node.required_text("name");
  if (!row.name.empty() && !is_valid_repository_name(row.name)) {
    node.error_at("name", "bad-value", text::cat("\"", row.name, "\" cannot be a repository name."),
                  "Use letters, digits, '.', '_' and '-'.");
  }
  row.description = node.text("description", "");
  row.homepage = node.text("homepage");
  row.default_branch = node.text("default_branch", "main");
  check_ref_name(node, "default_branch");
  row.is_private = node.flag("private", false);
  row.archived = node.flag("archived", false);
  row.has_issues = node.flag("has_issues", true);
  node.each("topics", [&](const Node& topic) { row.topics.push_back(topic.as_text()); });
  row.created_at = row.updated_at = row.pushed_at = node.instant("created_at").value_or(seed.world.epoch);
  return row;
}

}  // namespace

void seed_repository(Seeding& seed, const Node& node) {
  if (!node.is_object({"owner", "name", "description", "homepage", "private", "default_branch", "archived",
                       "has_issues", "topics", "created_at", "collaborators", "labels", "files", "milestones", "tags",
                       "releases", "issues", "pull_requests"})) {
    return;
  }
  Repository row = read_repository(seed, node);
  if (find_repository(seed.world, row.owner, row.name)) {
    node.error_at("name", "duplicate", text::cat("The repository \"", row.full_name(), "\" appears twice."));
    return;
  }
  row.id = ++seed.world.counters.repository;
  const RepositoryPtr stored = put(seed.action, std::move(row));
  seed_collaborators(seed, *stored, node);
  seed_labels(seed, *stored, node);
  seed_milestones(seed, *stored, node);
  seed_files(seed, *stored, node);
  seed.numbers.clear();
  collect_numbers(seed, node, "issues");
  collect_numbers(seed, node, "pull_requests");
  seed_issues(seed, *stored, node);
  seed_pull_requests(seed, *stored, node);
  seed_tags_and_releases(seed, *stored, node);
}

void seed_labels(Seeding& seed, const Repository& repo, const Node& node) {
  node.each("labels", [&](const Node& entry) {
    const bool plain = entry.value().is_string();
    if (!plain && !entry.is_object({"name", "color", "description", "default"})) return;
    const std::string name = plain ? entry.as_text() : entry.required_text("name");
    if (name.empty()) return;
    if (const LabelPtr taken = find_label(seed.world, repo.id, name)) {
      entry.error(
          "duplicate", text::cat("The label \"", name, "\" appears twice."),
          taken->name == name ? "" : text::cat("GitHub does not tell \"", name, "\" from \"", taken->name, "\"."));
      return;
    }
    Label row{repo.id, ++seed.world.counters.label, name, std::string(kDefaultLabelColor), "", false};
    if (!plain) {
      row.color = text::to_lower(entry.text("color", kDefaultLabelColor));
      if (!row.color.empty() && row.color.front() == '#') row.color.erase(0, 1);
      const bool hex = row.color.size() == 6 && row.color.find_first_not_of("0123456789abcdef") == std::string::npos;
      if (!hex)
        entry.error_at("color", "bad-value", "A label colour is six hexadecimal digits.", "For example d73a4a.");
      row.description = entry.text("description", "");
      row.is_default = entry.flag("default", false);
    }
    put(seed.action, std::move(row));
  });
}

void seed_milestones(Seeding& seed, const Repository& repo, const Node& node) {
  std::set<std::string> titles;
  node.each("milestones", [&](const Node& entry) {
    if (!entry.is_object({"number", "title", "description", "state", "due_on", "creator", "created_at", "closed_at"}))
      return;
    Milestone row;
    row.repo = repo.id;
    row.number = entry.positive("number").value_or(totals_of(seed.world, repo.id).last_milestone_number + 1);
    row.title = entry.required_text("title");
    row.description = entry.text("description", "");
    row.state = entry.word("state", OpenState::open, open_state_from, "open, closed");
    row.due_on = entry.instant("due_on");
    row.creator = seed.author(entry, {"creator"});
    row.created_at = row.updated_at = entry.instant("created_at").value_or(seed.world.epoch);
    if (row.state == OpenState::closed) row.closed_at = entry.instant("closed_at").value_or(row.created_at);
    if (row.title.empty()) return;
    if (!titles.insert(text::to_lower(row.title)).second) {
      entry.error_at("title", "duplicate", text::cat("The milestone \"", row.title, "\" appears twice."));
    }
    if (find_milestone(seed.world, repo.id, row.number)) {
      entry.error_at("number", "duplicate", text::cat("Milestone ", row.number, " appears twice."));
      return;
    }
    row.id = ++seed.world.counters.milestone;
    const Id number = row.number;
    put(seed.action, std::move(row));
    change_totals(seed.world, repo.id, [number](RepositoryTotals& totals) {
      totals.last_milestone_number = std::max(totals.last_milestone_number, number);
    });
  });
}

}  // namespace pome::twin::github::model
