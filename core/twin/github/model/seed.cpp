#include "core/twin/github/model/seed.h"

#include <algorithm>

#include "core/base/text.h"
#include "core/twin/github/model/label_rules.h"
#include "core/twin/github/model/seed_builder.h"
#include "core/twin/github/model/store.h"

namespace pome::twin::github::model {
namespace {

constexpr std::string_view kDefaultSeed = R"json({
  "users": [
    {"login": "acme", "type": "Organization", "name": "Acme"},
    {"login": "alice", "name": "Alice"},
    {"login": "bob", "name": "Bob"},
    {"login": "pome-agent", "name": "Pome Agent"}
  ],
  "repositories": [
    {
      "owner": "acme",
      "name": "api",
      "description": "Example API service used by GitHub twin tests.",
      "collaborators": ["alice", "bob"],
      "labels": [
        {"name": "bug", "color": "d73a4a", "description": "Something is not working"},
        {"name": "feature", "color": "a2eeef", "description": "New feature or request"},
        {"name": "question", "color": "d876e3", "description": "More information needed"}
      ],
      "files": [
        {"path": "README.md", "content": "# Acme API\n\nA seeded repository for local GitHub twin tests.\n"},
        {"path": "src/index.ts", "content": "export function handler() {\n  return 'ok';\n}\n"}
      ],
      "issues": [
        {
          "number": 1,
          "title": "500 error on POST /orders after deploy",
          "body": "Started failing right after the 14:00 deploy. Stack trace points to OrderController#create."
        }
      ]
    }
  ]
})json";

std::optional<UserType> user_type_from(std::string_view word) {
  if (word == "User") return UserType::user;
  if (word == "Organization") return UserType::organization;
  return std::nullopt;
}

SeedResult unreadable(std::string_view text, const json::Problem& reason) {
  const std::string_view before = text.substr(0, reason.offset);
  const std::size_t newline = before.rfind('\n');
  const std::string_view line = before.substr(newline == std::string_view::npos ? 0 : newline + 1);
  Diagnostic problem;
  problem.line = 1 + static_cast<std::size_t>(std::count(before.begin(), before.end(), '\n'));
  problem.column = 1 + code_points(line);
  problem.code = "bad-json";
  problem.message = text::cat("The seed is not valid JSON: ", reason.what, ".");
  return {std::nullopt, {std::move(problem)}};
}

void seed_member(Seeding& seed, const std::string& organization, const Node& node) {
  const bool plain = node.value().is_string();
  if (!plain && !node.is_object({"login", "role"})) return;
  const std::string login = plain ? node.as_text() : node.required_text("login");
  if (login.empty()) return;
  Membership row{organization, seed.user(node, login), false};
  if (!plain) {
    const auto owner_from = [](std::string_view word) -> std::optional<bool> {
      if (word == "member") return false;
      if (word == "admin" || word == "owner") return true;
      return std::nullopt;
    };
    row.owner = node.word("role", false, owner_from, "member, admin");
  }
  const std::string key = text::cat(organization, '/', row.login);
  seed.world.memberships.put(key, std::make_shared<const Membership>(std::move(row)));
}

void seed_document(Seeding& seed, const Node& root) {
  if (!root.is_object({"users", "repositories", "clock", "time", "_meta", "$schema"})) return;
  const std::optional<Time> clock = root.has("clock") ? root.instant("clock") : root.instant("time");
  seed.world.epoch = seed.world.now = clock.value_or(kDefaultClock);
  root.each("users", [&](const Node& node) { seed_user(seed, node); });
  const Json& repositories = json::at(root.value(), "repositories");
  if (repositories.is_null()) {
    root.error("missing-field", "\"repositories\" is missing.", "A seed needs at least one repository.");
  } else if (repositories.is_array() && repositories.empty()) {
    root.error_at("repositories", "empty", "A seed needs at least one repository.");
  }
  if (!find_user(seed.world, kAgentLogin)) {
    User agent{user_id(kAgentLogin), std::string(kAgentLogin), UserType::user,
               "Pome Agent",         seed.world.epoch,         seed.world.epoch};
    put_user(seed.world, std::move(agent));
  }
  root.each("repositories", [&](const Node& node) { seed_repository(seed, node); });
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

void seed_user(Seeding& seed, const Node& node) {
  if (!node.is_object({"login", "type", "name", "members"})) return;
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
  if (const UserPtr row = find_user(seed.world, stored)) {
    User next = *row;
    next.type = type;
    if (!name.empty()) next.name = name;
    put_user(seed.world, std::move(next));
  }
  node.each("members", [&](const Node& member) { seed_member(seed, stored, member); });
}

SeedResult build_world(std::string_view json_text) {
  const std::string_view text = text::trim(json_text).empty() ? kDefaultSeed : json_text;
  const Result<Json> document = json::parse(text);
  if (!document) return unreadable(text, json::diagnose(text).value_or(json::Problem{0, document.error().message}));
  Problems problems(text);
  Seeding seed;
  seed_document(seed, Node(problems, *document));
  SeedResult result{std::nullopt, problems.take()};
  if (!has_errors(result.diagnostics)) result.world = std::move(seed.world);
  return result;
}

std::string_view default_seed() { return kDefaultSeed; }

}  // namespace pome::twin::github::model
