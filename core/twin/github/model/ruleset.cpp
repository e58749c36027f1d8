#include "core/twin/github/model/ruleset.h"

#include "core/base/text.h"
#include "core/twin/github/model/row_writer.h"
#include "core/twin/github/model/store.h"
#include "core/twin/github/model/words.h"

namespace pome::twin::github::model {
namespace {

constexpr std::array<std::string_view, 3> kTargets{"branch", "tag", "push"};
constexpr std::array<std::string_view, 3> kEnforcements{"disabled", "active", "evaluate"};

/// Ruby's File.fnmatch with FNM_PATHNAME: '*' stays inside a segment, "**/" spans segments, '?' is one character.
bool matches(std::string_view pattern, std::string_view name) {
  if (pattern.empty()) return name.empty();
  if (pattern.substr(0, 3) == "**/") {
    if (matches(pattern.substr(3), name)) return true;
    const std::size_t slash = name.find('/');
    return slash != std::string_view::npos && matches(pattern, name.substr(slash + 1));
  }
  if (pattern.front() == '*') {
    if (matches(pattern.substr(1), name)) return true;
    return !name.empty() && name.front() != '/' && matches(pattern, name.substr(1));
  }
  if (name.empty() || (pattern.front() == '?' ? name.front() == '/' : pattern.front() != name.front())) return false;
  return matches(pattern.substr(1), name.substr(1));
}

bool covers(const World& world, const std::vector<std::string>& patterns, Id repo, std::string_view branch) {
  const Repository* row = world.repositories_by_id.find(repo);
  for (const std::string& pattern : patterns) {
    if (pattern == "~ALL") return true;
    if (pattern == "~DEFAULT_BRANCH" ? row && row->default_branch == branch
                                     : matches(pattern, text::cat(kHeads, branch)))
      return true;
  }
  return false;
}

void write_ruleset(JsonWriter& out, const World&, const Ruleset& row) {
  out.field("id", row.id).field("name", row.name).field("target", ruleset_target_name(row.target));
  out.field("enforcement", enforcement_name(row.enforcement));
  list_field(out, "include", row.include);
  list_field(out, "exclude", row.exclude);
  out.key("rules").begin_array();
  for (const Rule& rule : row.rules) out.value(rule.type);
  out.end_array();
  times(out, row.created_at, row.updated_at);
}

}  // namespace

const RowKind Ruleset::kind = row_kind<&World::rulesets, write_ruleset>("ruleset");

std::string_view ruleset_target_name(RulesetTarget target) { return word_of(kTargets, target); }
std::string_view enforcement_name(Enforcement enforcement) { return word_of(kEnforcements, enforcement); }

std::vector<RulesetPtr> rulesets_of(const World& world, Id repo) {
  std::vector<RulesetPtr> out;
  for (const auto& entry : rows_of(world.rulesets, repo)) out.push_back(entry.row);
  return out;
}

std::vector<RulesetPtr> rulesets_on(const World& world, Id repo, std::string_view branch) {
  std::vector<RulesetPtr> out;
  for (const auto& entry : rows_of(world.rulesets, repo)) {
    const Ruleset& row = *entry.row;
    if (row.enforcement != Enforcement::active || row.target != RulesetTarget::branch) continue;
    if (covers(world, row.include, repo, branch) && !covers(world, row.exclude, repo, branch)) out.push_back(entry.row);
  }
  return out;
}

void export_rulesets(JsonWriter& out, const World& world, const Repository& repo) {
  export_rows(out, world, repo.id, world.rulesets);
}

}  // namespace pome::twin::github::model
