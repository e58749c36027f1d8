#pragma once
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/twin/github/model/row.h"

/// Secrets and variables that workflows of a repository read.
namespace pome::twin::github::model {

/// Only that it exists: the twin never keeps a secret's value.
struct RepositorySecret {
  Id repo = 0;
  std::string name;  ///< upper case
  Time created_at = 0;
  Time updated_at = 0;

  NameKey key() const { return {repo, name}; }
  static const RowKind kind;
};
using RepositorySecretPtr = std::shared_ptr<const RepositorySecret>;

struct RepositoryVariable {
  Id repo = 0;
  std::string name;  ///< upper case
  std::string value;
  Time created_at = 0;
  Time updated_at = 0;

  NameKey key() const { return {repo, name}; }
  static const RowKind kind;
};
using RepositoryVariablePtr = std::shared_ptr<const RepositoryVariable>;

RepositoryVariablePtr find_variable(const World& world, Id repo, std::string_view name);
/// By name.
std::vector<RepositorySecretPtr> secrets_of(const World& world, Id repo);
std::vector<RepositoryVariablePtr> variables_of(const World& world, Id repo);

/// actions/create-or-update-repo-secret: true when it is new. Refuses names that are no identifier or start with
/// GITHUB_.
Ruling<bool> put_secret(Action& action, Id repo, std::string_view name);
/// actions/delete-repo-secret.
Refused delete_secret(Action& action, Id repo, std::string_view name);

/// actions/create-repo-variable: refuses a taken name. -update-, -delete-.
Refused create_variable(Action& action, Id repo, std::string_view name, std::string value);
struct VariablePatch {
  std::optional<std::string> name;
  std::optional<std::string> value;
};
Refused update_variable(Action& action, Id repo, std::string_view name, const VariablePatch& patch);
Refused delete_variable(Action& action, Id repo, std::string_view name);

void export_secrets(JsonWriter& out, const World& world, const Repository& repo);
void export_variables(JsonWriter& out, const World& world, const Repository& repo);

/// Seed: a repository's "secrets" (names) and "variables".
void seed_secrets(Seeding& seed, const Repository& repo, const Node& node);
void seed_variables(Seeding& seed, const Repository& repo, const Node& node);

}  // namespace pome::twin::github::model
