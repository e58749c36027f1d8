#include "core/twin/github/model/user.h"

#include "core/base/hash.h"
#include "core/base/text.h"
#include "core/twin/github/model/row_writer.h"
#include "core/twin/github/model/store.h"

namespace pome::twin::github::model {
namespace {

void write_user(JsonWriter& out, const World&, const User& row) {
  out.field("login", row.login).field("type", user_type_name(row.type)).field("name", row.name);
}

}  // namespace

const RowKind User::kind = row_kind<&World::users, write_user>("user");

std::string_view user_type_name(UserType type) { return type == UserType::user ? "User" : "Organization"; }

const Membership* membership_of(const World& world, std::string_view organization, std::string_view login) {
  return world.memberships.empty() ? nullptr : world.memberships.find(text::cat(organization, '/', login));
}

UserPtr find_user(const World& world, std::string_view login) { return world.users.get(login); }

UserPtr user_or_stranger(const World& world, std::string_view login) {
  if (UserPtr stored = find_user(world, login)) return stored;
  User stranger;
  stranger.id = user_id(login);
  stranger.login = std::string(login);
  stranger.created_at = stranger.updated_at = world.epoch;
  return std::make_shared<const User>(std::move(stranger));
}

Id user_id(std::string_view login) {
  constexpr Id kSpace = Id{1} << 31;
  return static_cast<Id>(hash::fast64(text::to_lower(login)) % static_cast<std::uint64_t>(kSpace - 1)) + 1;
}

Id follower_count(const World& world, std::string_view login) {
  Id count = 0;
  for (const auto& entry : world.users) {
    for (const std::string& followed : entry.row->following) count += text::equals_ignore_case(followed, login) ? 1 : 0;
  }
  return count;
}

bool is_valid_login(std::string_view login) {
  constexpr std::string_view kBot = "[bot]";
  if (login.size() > kBot.size() && login.substr(login.size() - kBot.size()) == kBot) login.remove_suffix(kBot.size());
  if (login.empty() || login.size() > 39 || login.front() == '-' || login.back() == '-') return false;
  for (std::size_t i = 0; i < login.size(); ++i) {
    const char c = login[i];
    if (c == '-' ? login[i - 1] == '-' : !text::is_alpha(c) && !text::is_digit(c)) return false;
  }
  return true;
}

void export_users(JsonWriter& out, const World& world) {
  for (const auto& entry : world.users) {
    const User& user = *entry.row;
    out.begin_object().field("login", user.login).field("id", user.id);
    out.field("type", user_type_name(user.type)).field("name", user.name).end_object();
  }
}

}  // namespace pome::twin::github::model
