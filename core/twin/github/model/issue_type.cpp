#include "core/twin/github/model/issue_type.h"

#include <algorithm>
#include <array>

#include "core/base/text.h"
#include "core/twin/github/model/row_writer.h"
#include "core/twin/github/model/seed_builder.h"
#include "core/twin/github/model/store.h"

namespace pome::twin::github::model {
namespace {

struct StandardType {
  std::string_view name;
  std::string_view description;
  std::string_view color;
};
constexpr std::array<StandardType, 3> kStandard{{{"Bug", "An unexpected problem or behavior", "red"},
                                                 {"Feature", "A request, idea, or new functionality", "blue"},
                                                 {"Task", "A specific piece of work", "yellow"}}};
constexpr std::array<std::string_view, 8> kColors{"gray", "blue", "green", "yellow", "orange", "red", "pink", "purple"};

/// Ids of the types nobody wrote down: below the counter, three to an organization.
Id standard_id(const User& organization, std::size_t place) {
  constexpr Id kOrganizations = 1'000'000;
  return 1'000'000 + organization.id % kOrganizations * static_cast<Id>(kStandard.size()) + static_cast<Id>(place);
}

std::vector<IssueTypePtr> standard_types(const User& organization) {
  std::vector<IssueTypePtr> out;
  for (std::size_t i = 0; i < kStandard.size(); ++i) {
    IssueType row;
    row.owner = organization.login;
    row.name = std::string(kStandard[i].name);
    row.id = standard_id(organization, i);
    row.description = std::string(kStandard[i].description);
    row.color = std::string(kStandard[i].color);
    row.created_at = row.updated_at = organization.created_at;
    out.push_back(std::make_shared<const IssueType>(std::move(row)));
  }
  return out;
}

void write_issue_type(JsonWriter& out, const World&, const IssueType& row) {
  out.field("owner", row.owner).field("id", row.id).field("name", row.name).field("description", row.description);
  out.field("color", row.color).field("is_enabled", row.is_enabled);
  times(out, row.created_at, row.updated_at);
}

std::optional<std::string_view> color_from(std::string_view word) {
  const auto known = std::find(kColors.begin(), kColors.end(), word);
  return known == kColors.end() ? std::nullopt : std::optional(*known);
}

}  // namespace

const RowKind IssueType::kind = row_kind<&World::issue_types, write_issue_type>("issue_type");

std::vector<IssueTypePtr> issue_types_of(const World& world, std::string_view owner) {
  std::vector<IssueTypePtr> out;
  const UserPtr organization = find_user(world, owner);
  if (!organization || organization->type != UserType::organization) return out;
  const std::string prefix = text::cat(organization->login, '/');
  for (auto at = world.issue_types.lower_bound(prefix); !(at == world.issue_types.end()); ++at) {
    if (!text::starts_with_ignore_case(at->key, prefix)) break;
    out.push_back(at->row);
  }
  return out.empty() ? standard_types(*organization) : out;
}

IssueTypePtr find_issue_type(const World& world, std::string_view owner, std::string_view name) {
  for (const IssueTypePtr& type : issue_types_of(world, owner)) {
    if (text::equals_ignore_case(type->name, name)) return type;
  }
  return nullptr;
}

IssueTypePtr find_issue_type(const World& world, std::string_view owner, Id id) {
  for (const IssueTypePtr& type : issue_types_of(world, owner)) {
    if (type->id == id) return type;
  }
  return nullptr;
}

IssueTypePtr type_of(const World& world, const Issue& issue) {
  if (issue.type == 0) return nullptr;
  const Repository* repo = world.repositories_by_id.find(issue.repo);
  return repo ? find_issue_type(world, repo->owner, issue.type) : nullptr;
}

void export_issue_types(JsonWriter& out, const World& world) {
  for (const auto& entry : world.issue_types) {
    out.begin_object();
    write_issue_type(out, world, *entry.row);
    out.end_object();
  }
}

void seed_issue_types(Seeding& seed, const User& organization, const Node& node) {
  node.each("issue_types", [&](const Node& entry) {
    if (!entry.is_object("name description color is_enabled")) return;
    IssueType row;
    row.owner = organization.login;
    row.name = entry.required_text("name");
    row.description = entry.text("description");
    if (entry.has("color")) {
      row.color = std::string(
          entry.word("color", kColors.front(), color_from, "gray, blue, green, yellow, orange, red, pink, purple"));
    }
    row.is_enabled = entry.flag("is_enabled", true);
    row.created_at = row.updated_at = seed.world.epoch;
    if (row.name.empty()) return;
    if (seed.world.issue_types.find(row.key())) {
      entry.error_at("name", "duplicate", text::cat("The issue type \"", row.name, "\" appears twice."));
      return;
    }
    row.id = ++seed.world.counters.issue_type;
    put(seed.action, std::move(row));
  });
}

}  // namespace pome::twin::github::model
