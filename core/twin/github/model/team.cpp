#include "core/twin/github/model/team.h"

#include <utility>

#include "core/base/text.h"
#include "core/twin/github/model/row_writer.h"
#include "core/twin/github/model/seed_builder.h"

namespace pome::twin::github::model {
namespace {

/// The slug GitHub derives from a team's name.
std::string slug_of(std::string_view name) {
  std::string out;
  for (const char c : text::to_lower(name)) {
    const bool kept = text::is_alpha(c) || text::is_digit(c) || c == '_';
    if (kept) out.push_back(c);
    if (!kept && !out.empty() && out.back() != '-') out.push_back('-');
  }
  while (!out.empty() && out.back() == '-') out.pop_back();
  return out;
}

void seed_team(Seeding& seed, const Node& node) {
  if (!node.is_object("organization name slug description secret members")) return;
  Team row;
  const std::string organization = node.required_text("organization");
  row.name = node.required_text("name");
  if (organization.empty() || row.name.empty()) return;
  row.organization = seed.user(node.member("organization"), organization, UserType::organization);
  row.slug = node.text("slug", slug_of(row.name));
  row.description = node.text("description");
  row.secret = node.flag("secret", false);
  node.each("members", [&](const Node& entry) {
    const std::string login = entry.as_text();
    if (!login.empty()) row.members.push_back(seed.user(entry, login));
  });
  if (seed.world.teams.find(row.key())) {
    node.error_at("name", "duplicate", text::cat("The team \"", row.key(), "\" appears twice."));
    return;
  }
  row.id = ++seed.world.counters.team;
  seed.world.teams.put(row.key(), std::make_shared<const Team>(row));
}

}  // namespace

TeamPtr find_team(const World& world, Id repo, std::string_view slug) {
  const Repository* row = world.repositories_by_id.find(repo);
  return row ? world.teams.get(text::cat(row->owner, "/", slug)) : nullptr;
}

void export_teams(JsonWriter& out, const World& world) {
  for (const auto& entry : world.teams) {
    const Team& row = *entry.row;
    out.begin_object().field("id", row.id).field("organization", row.organization).field("slug", row.slug);
    out.field("name", row.name).field("description", row.description).field("secret", row.secret);
    list_field(out, "members", row.members);
    out.end_object();
  }
}

void seed_teams(Seeding& seed, const Node& root) {
  root.each("teams", [&](const Node& entry) { seed_team(seed, entry); });
}

}  // namespace pome::twin::github::model
