#pragma once
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/twin/github/model/row.h"

namespace pome::twin::github::model {

struct Issue;
struct User;

/// A kind of issue that an organization knows: "Bug". Issues of its repositories can have one.
struct IssueType {
  std::string owner;  ///< login of the organization
  std::string name;   ///< unique in the organization without regard to case
  Id id = 0;
  std::optional<std::string> description;
  std::optional<std::string> color;  ///< gray, blue, green, yellow, orange, red, pink, purple
  bool is_enabled = true;
  Time created_at = 0;
  Time updated_at = 0;

  std::string key() const { return owner + "/" + name; }
  bool operator==(const IssueType&) const = default;
  static const RowKind kind;
};
using IssueTypePtr = std::shared_ptr<const IssueType>;

/// What an organization's issues can be, by name: what it has defined, or else the Bug, Feature and Task that GitHub
/// gives every organization. None for people and for who does not exist.
std::vector<IssueTypePtr> issue_types_of(const World& world, std::string_view owner);
/// The type of that name (without regard to case), or nullptr.
IssueTypePtr find_issue_type(const World& world, std::string_view owner, std::string_view name);
IssueTypePtr find_issue_type(const World& world, std::string_view owner, Id id);
/// What `issue` is, or nullptr.
IssueTypePtr type_of(const World& world, const Issue& issue);

/// The rows of "issue_types" in the state export: what organizations have defined.
void export_issue_types(JsonWriter& out, const World& world);

/// Seed: an organization's "issue_types".
void seed_issue_types(Seeding& seed, const User& organization, const Node& node);

}  // namespace pome::twin::github::model
