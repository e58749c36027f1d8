#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/twin/github/model/collaborator.h"
#include "core/twin/github/model/row.h"

namespace pome::twin::github::model {

enum class RulesetTarget : std::uint8_t { branch, tag, push };
enum class Enforcement : std::uint8_t { disabled, active, evaluate };
std::string_view ruleset_target_name(RulesetTarget target);
std::string_view enforcement_name(Enforcement enforcement);

/// One rule: GitHub's type ("pull_request", "deletion") and its parameters as JSON, empty when it has none.
struct Rule {
  std::string type;
  std::string parameters;
  std::vector<std::string> contexts;  ///< of required_status_checks

  bool operator==(const Rule&) const = default;
};

/// A repository's ruleset. The seed makes them; the twin reads and applies them.
struct Ruleset {
  Id repo = 0;
  Id id = 0;
  std::string name;
  RulesetTarget target = RulesetTarget::branch;
  Enforcement enforcement = Enforcement::active;
  std::vector<std::string> include;  ///< full ref names with '*', "~DEFAULT_BRANCH", "~ALL"
  std::vector<std::string> exclude;
  std::vector<Rule> rules;
  std::optional<Role> bypass;  ///< this role and higher ones are not bound
  Time created_at = 0;
  Time updated_at = 0;

  NumberKey key() const { return {repo, id}; }
  bool operator==(const Ruleset&) const = default;
  static const RowKind kind;
};
using RulesetPtr = std::shared_ptr<const Ruleset>;

/// By id, ascending.
std::vector<RulesetPtr> rulesets_of(const World& world, Id repo);
/// The active branch rulesets that cover a branch, by id.
std::vector<RulesetPtr> rulesets_on(const World& world, Id repo, std::string_view branch);

/// The rows of "rulesets" in the state export.
void export_rulesets(JsonWriter& out, const World& world, const Repository& repo);

/// Seed: a repository's "rulesets".
void seed_rulesets(Seeding& seed, const Repository& repo, const Node& node);

}  // namespace pome::twin::github::model
