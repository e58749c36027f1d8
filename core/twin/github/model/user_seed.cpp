#include "core/base/text.h"
#include "core/twin/github/model/seed_builder.h"
#include "core/twin/github/model/store.h"

namespace pome::twin::github::model {
namespace {

std::optional<UserType> user_type_from(std::string_view word) {
  if (word == "User") return UserType::user;
  if (word == "Organization") return UserType::organization;
  return std::nullopt;
}

void seed_member(Seeding& seed, const User& organization, const Node& node) {
  const bool plain = node.value().is_string();
  if (!plain && !node.is_object("login role")) return;
  const std::string login = plain ? node.as_text() : node.required_text("login");
  if (login.empty()) return;
  Membership row{organization.login, seed.user(node, login), false};
  if (!plain) {
    const auto owner_from = [](std::string_view word) -> std::optional<bool> {
      if (word == "member") return false;
      if (word == "admin" || word == "owner") return true;
      return std::nullopt;
    };
    row.owner = node.word("role", false, owner_from, "member, admin");
  }
  const std::string key = text::cat(organization.login, '/', row.login);
  seed.world.memberships.put(key, std::make_shared<const Membership>(std::move(row)));
}

void seed_members(Seeding& seed, const User& organization, const Node& node) {
  node.each("members", [&](const Node& member) { seed_member(seed, organization, member); });
}

constexpr SeedPart<User> kUserParts[] = {{"login"}, {"type"}, {"name"}, {"members", seed_members}};

void seed_user(Seeding& seed, const Node& node) {
  if (!node.is_made_of(kUserParts)) return;
  const std::string login = node.required_text("login");
  const UserType type = node.word("type", UserType::user, user_type_from, "User, Organization");
  const std::string name = node.text("name", "");
  if (login.empty()) return;
  if (find_user(seed.world, login) && seed.declared.count(text::to_lower(login)) != 0) {
    node.error_at("login", "duplicate", text::cat("The user \"", login, "\" appears twice."));
    return;
  }
  seed.declared.insert(text::to_lower(login));
  const std::string stored = seed.user(node.member("login"), login, type);
  const UserPtr row = find_user(seed.world, stored);
  if (!row) return;
  User next = *row;
  next.type = type;
  if (!name.empty()) next.name = name;
  build_parts(kUserParts, seed, *put_user(seed.world, std::move(next)), node);
}

}  // namespace

std::string Seeding::user(const Node& where, std::string_view login, UserType type) {
  if (const UserPtr known = find_user(world, login)) return known->login;
  if (!is_valid_login(login)) {
    where.error("bad-login", text::cat("\"", login, "\" cannot be a GitHub login."),
                "Use letters, digits and single hyphens, at most 39 characters.");
    return std::string(login);
  }
  User row{user_id(login), std::string(login), type, std::nullopt, world.epoch, world.epoch};
  return put_user(world, std::move(row))->login;
}

std::string Seeding::author(const Node& node, std::initializer_list<std::string_view> keys) {
  for (const std::string_view key : keys) {
    if (!node.has(key)) continue;
    const std::string login = node.required_text(key);
    return login.empty() ? std::string(kAgentLogin) : user(node.member(key), login);
  }
  return std::string(kAgentLogin);
}

void seed_users(Seeding& seed, const Node& root) {
  root.each("users", [&](const Node& node) { seed_user(seed, node); });
  if (find_user(seed.world, kAgentLogin)) return;
  User agent{user_id(kAgentLogin), std::string(kAgentLogin), UserType::user,
             "Pome Agent",         seed.world.epoch,         seed.world.epoch};
  put_user(seed.world, std::move(agent));
}

}  // namespace pome::twin::github::model
