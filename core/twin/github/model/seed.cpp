#include "core/twin/github/model/seed.h"

#include <algorithm>

#include "core/base/text.h"
#include "core/twin/github/model/label_rules.h"
#include "core/twin/github/model/seed_builder.h"

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

/// A member of the seed itself, as SeedPart is one of a row.
struct WorldPart {
  std::string_view key;
  void (*build)(Seeding& seed, const Node& root) = nullptr;
};
constexpr WorldPart kWorldParts[] = {
    {"clock"},
    {"time"},
    {"rate_limit", seed_rate_limit},
    {"users", seed_users},
    {"teams", seed_teams},
    {"repositories", seed_repositories},
    {"teams", seed_team_repositories},
    {"repositories", seed_history},
    {"gists", seed_gists},
    {"advisories", seed_advisories},
    {"projects", seed_projects},
    {"_meta"},
    {"$schema"},
};

void seed_document(Seeding& seed, const Node& root) {
  if (!root.is_made_of(kWorldParts)) return;
  const std::optional<Time> clock = root.has("clock") ? root.instant("clock") : root.instant("time");
  seed.world.epoch = seed.world.now = clock.value_or(kDefaultClock);
  for (const WorldPart& part : kWorldParts) {
    if (part.build) part.build(seed, root);
  }
}

}  // namespace

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
