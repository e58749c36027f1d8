#include "core/twin/github/model/team.h"

#include <algorithm>

#include "core/base/sort.h"
#include "core/base/text.h"
#include "core/twin/github/model/row_writer.h"
#include "core/twin/github/model/seed_builder.h"
#include "core/twin/github/model/store.h"

namespace pome::twin::github::model {
namespace {

std::string login_of_id(const World& world, Id id) {
  for (const auto& entry : world.users) {
    if (entry.row->id == id) return entry.row->login;
  }
  return {};
}

void write_team(JsonWriter& out, const World& world, const Team& row) {
  out.field("organization", login_of_id(world, row.organization)).field("id", row.id).field("slug", row.slug);
  out.field("name", row.name).field("description", row.description).field("privacy", row.secret ? "secret" : "closed");
  out.key("members").begin_array();
  for (const TeamMember& member : row.members) out.value(member.login);
  out.end_array().key("repositories").begin_array();
  for (const TeamRepository& entry : row.repositories) {
    const Repository* repo = world.repositories_by_id.find(entry.repo);
    if (!repo) continue;
    out.begin_object().field("full_name", repo->full_name()).field("permission", permission_word(entry.role));
    out.end_object();
  }
  out.end_array();
  times(out, row.created_at, row.updated_at);
}

/// "Platform Team" gives "platform-team".
std::string slug_of(std::string_view name) {
  std::string out;
  for (const char c : name) {
    if (text::is_alpha(c) || text::is_digit(c) || c == '_') {
      out.push_back(text::lower(c));
    } else if (!out.empty() && out.back() != '-') {
      out.push_back('-');
    }
  }
  while (!out.empty() && out.back() == '-') out.pop_back();
  return out;
}

void seed_member(Seeding& seed, const std::string& organization, Team& team, const Node& node) {
  const bool plain = node.value().is_string();
  if (!plain && !node.is_object("login role")) return;
  const std::string login = plain ? node.as_text() : node.required_text("login");
  if (login.empty() || is_member(team, login)) return;
  const auto maintainer_from = [](std::string_view word) -> std::optional<bool> {
    if (word == "maintainer") return true;
    return word == "member" ? std::optional(false) : std::nullopt;
  };
  const bool maintainer = !plain && node.word("role", false, maintainer_from, "member, maintainer");
  team.members.push_back({seed.user(node, login), maintainer});
  const std::string key = text::cat(organization, '/', team.members.back().login);
  if (seed.world.memberships.find(key)) return;
  Membership membership{organization, team.members.back().login, false};
  seed.world.memberships.put(key, std::make_shared<const Membership>(std::move(membership)));
}

void seed_repository(Seeding& seed, const std::string& organization, Team& team, const Node& node) {
  const bool plain = node.value().is_string();
  if (!plain && !node.is_object("name permission")) return;
  const std::string name = plain ? node.as_text() : node.required_text("name");
  if (name.empty()) return;
  const RepositoryPtr repo = find_repository(seed.world, organization, name);
  if (!repo) {
    node.error("unknown-repository", text::cat("\"", organization, "\" has no repository \"", name, "\"."));
    return;
  }
  const Role role =
      plain ? Role::read : node.word("permission", Role::read, role_from, "pull, triage, push, maintain, admin");
  team.repositories.push_back({repo->id, role});
}

void seed_team(Seeding& seed, const Node& node) {
  if (!node.is_object("organization name slug description privacy members repositories")) return;
  const std::string organization = node.required_text("organization");
  Team row;
  row.name = node.required_text("name");
  row.slug = node.text("slug", slug_of(row.name));
  if (organization.empty() || row.name.empty()) return;
  const UserPtr owner =
      find_user(seed.world, seed.user(node.member("organization"), organization, UserType::organization));
  if (!owner || owner->type != UserType::organization) {
    node.error_at("organization", "unknown-organization", text::cat("\"", organization, "\" is no organization."));
    return;
  }
  row.organization = owner->id;
  row.description = node.text("description");
  const auto secret_from = [](std::string_view word) -> std::optional<bool> {
    if (word == "secret") return true;
    return word == "closed" ? std::optional(false) : std::nullopt;
  };
  row.secret = node.word("privacy", false, secret_from, "closed, secret");
  row.created_at = row.updated_at = seed.world.epoch;
  if (find_team(seed.world, row.organization, row.slug)) {
    node.error_at("name", "duplicate", text::cat("The team \"", row.slug, "\" appears twice."));
    return;
  }
  node.each("members", [&](const Node& entry) { seed_member(seed, owner->login, row, entry); });
  sort_stably(row.members,
              [](const TeamMember& a, const TeamMember& b) { return text::compare_ignore_case(a.login, b.login) < 0; });
  row.id = ++seed.world.counters.team;
  put(seed.action, std::move(row));
}

void seed_repositories_of(Seeding& seed, const Node& node) {
  const UserPtr owner = find_user(seed.world, node.text("organization", ""));
  const std::string slug = node.text("slug", slug_of(node.text("name", "")));
  const TeamPtr team = owner ? find_team(seed.world, owner->id, slug) : nullptr;
  if (!team || !node.has("repositories")) return;
  Team next = *team;
  node.each("repositories", [&](const Node& entry) { seed_repository(seed, owner->login, next, entry); });
  put(seed.action, std::move(next));
}

}  // namespace

const RowKind Team::kind = row_kind<&World::teams, write_team>("team");

TeamPtr find_team(const World& world, Id organization, std::string_view slug) {
  return world.teams.get(NameKeyView{organization, slug});
}

TeamPtr find_owners_team(const World& world, Id repo, std::string_view slug) {
  const Repository* row = world.repositories_by_id.find(repo);
  const UserPtr owner = row ? find_user(world, row->owner) : nullptr;
  return owner ? find_team(world, owner->id, slug) : nullptr;
}

std::vector<TeamPtr> teams_of(const World& world, Id organization) {
  std::vector<TeamPtr> out;
  for (const auto& entry : rows_of(world.teams, organization)) out.push_back(entry.row);
  return out;
}

bool is_member(const Team& team, std::string_view login) {
  return std::any_of(team.members.begin(), team.members.end(),
                     [&](const TeamMember& member) { return text::equals_ignore_case(member.login, login); });
}

Role role_of(const Team& team, Id repo) {
  for (const TeamRepository& entry : team.repositories) {
    if (entry.repo == repo) return entry.role;
  }
  return Role::none;
}

Role team_role(const World& world, const Repository& repo, std::string_view login) {
  Role best = Role::none;
  const UserPtr owner = world.teams.empty() ? nullptr : find_user(world, repo.owner);
  if (!owner) return best;
  for (const auto& entry : rows_of(world.teams, owner->id)) {
    if (is_member(*entry.row, login)) best = std::max(best, role_of(*entry.row, repo.id));
  }
  return best;
}

void export_teams(JsonWriter& out, const World& world) {
  for (const auto& entry : world.teams) {
    out.begin_object();
    write_team(out, world, *entry.row);
    out.end_object();
  }
}

void seed_team_repositories(Seeding& seed, const Node& root) {
  root.each("teams", [&](const Node& entry) { seed_repositories_of(seed, entry); });
}

void seed_teams(Seeding& seed, const Node& root) {
  root.each("teams", [&](const Node& entry) { seed_team(seed, entry); });
}

}  // namespace pome::twin::github::model
