#pragma once
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "core/twin/github/model/collaborator.h"

namespace pome::twin::github::model {

enum class UserType { user, organization };
std::string_view user_type_name(UserType type);  ///< "Organization"

struct User {
  Id id = 0;
  std::string login;  ///< as written by its owner; compared without case
  UserType type = UserType::user;
  std::optional<std::string> name;
  Time created_at = 0;
  Time updated_at = 0;
  std::optional<std::string> company = std::nullopt;
  std::optional<std::string> blog = std::nullopt;
  std::optional<std::string> location = std::nullopt;
  std::optional<std::string> email = std::nullopt;  ///< public address
  std::optional<std::string> bio = std::nullopt;    ///< of an organization: its description
  std::vector<std::string> following = {};          ///< logins
  Role base_permission = Role::read;                ///< of an organization: what members may do in its repositories

  std::string key() const { return login; }
  bool operator==(const User&) const = default;
  static const RowKind kind;
};
using UserPtr = std::shared_ptr<const User>;

/// A person's place in an organization. Owners administer every repository of it; members have its base permission.
struct Membership {
  std::string organization;
  std::string login;
  bool owner = false;

  bool operator==(const Membership&) const = default;
};

/// Whether the login belongs to the organization; nullptr otherwise.
const Membership* membership_of(const World& world, std::string_view organization, std::string_view login);

/// The stored user or organization, or nullptr.
UserPtr find_user(const World& world, std::string_view login);

/// The stored user, or a stranger: every login a token may carry is a real GitHub user of type User without a name and
/// without any right beyond reading and writing what is public. Its id depends on the login alone, so reading never
/// stores anything; the row is stored the first time the stranger changes something.
UserPtr user_or_stranger(const World& world, std::string_view login);

/// The id a user gets: a digest of the lower-cased login, below 2^31.
Id user_id(std::string_view login);

/// How many follow this person or organization.
Id follower_count(const World& world, std::string_view login);

/// A login GitHub would accept: 1 to 39 letters, digits and single inner hyphens; `[bot]` may follow.
bool is_valid_login(std::string_view login);

/// The rows of "users" in the state export.
void export_users(JsonWriter& out, const World& world);

/// Seed: the root's "users".
void seed_users(Seeding& seed, const Node& root);

}  // namespace pome::twin::github::model
