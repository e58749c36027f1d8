#include "core/twin/github/model/repository_secret.h"

#include <algorithm>

#include "core/base/text.h"
#include "core/twin/github/model/row_writer.h"
#include "core/twin/github/model/seed_builder.h"
#include "core/twin/github/model/store.h"

namespace pome::twin::github::model {
namespace {

void write_secret(JsonWriter& out, const World&, const RepositorySecret& row) {
  out.field("name", row.name);
  times(out, row.created_at, row.updated_at);
}

void write_variable(JsonWriter& out, const World&, const RepositoryVariable& row) {
  out.field("name", row.name).field("value", row.value);
  times(out, row.created_at, row.updated_at);
}

/// Letters, digits and underscores, no digit in front, and not GitHub's own prefix.
bool is_valid_name(std::string_view name) {
  if (name.empty() || text::is_digit(name.front()) || text::starts_with_ignore_case(name, "GITHUB_")) return false;
  return std::all_of(name.begin(), name.end(),
                     [](char c) { return text::is_alpha(c) || text::is_digit(c) || c == '_'; });
}

Refused check_name(std::string_view kind, std::string_view name) {
  if (is_valid_name(name)) return std::nullopt;
  return unprocessable(text::cat(kind,
                                 " names can only contain alphanumeric characters ([a-z], [A-Z], [0-9]) or underscores "
                                 "(_). Spaces are not allowed. Must start with a letter ([a-z], [A-Z]) or underscores "
                                 "(_)."));
}

Refused taken(std::string_view name) {
  return conflict(text::cat("Already exists - Variable \"", text::to_upper(name), "\" already exists"));
}

}  // namespace

const RowKind RepositorySecret::kind = row_kind<&World::secrets, write_secret>("secret");
const RowKind RepositoryVariable::kind = row_kind<&World::variables, write_variable>("variable");

RepositoryVariablePtr find_variable(const World& world, Id repo, std::string_view name) {
  return world.variables.get(NameKeyView{repo, name});
}

std::vector<RepositorySecretPtr> secrets_of(const World& world, Id repo) {
  std::vector<RepositorySecretPtr> out;
  for (const auto& entry : rows_of(world.secrets, repo)) out.push_back(entry.row);
  return out;
}

std::vector<RepositoryVariablePtr> variables_of(const World& world, Id repo) {
  std::vector<RepositoryVariablePtr> out;
  for (const auto& entry : rows_of(world.variables, repo)) out.push_back(entry.row);
  return out;
}

Ruling<bool> put_secret(Action& action, Id repo, std::string_view name) {
  if (const Refused refused = check_name("Secret", name)) return refused;
  const RepositorySecretPtr current = action.world.secrets.get(NameKeyView{repo, name});
  RepositorySecret next;
  next.repo = repo;
  next.name = text::to_upper(name);
  next.updated_at = begin_mutation(action);
  next.created_at = current ? current->created_at : next.updated_at;
  put(action, std::move(next));
  return !current;
}

Refused delete_secret(Action& action, Id repo, std::string_view name) {
  const RepositorySecretPtr current = action.world.secrets.get(NameKeyView{repo, name});
  if (!current) return not_found();
  begin_mutation(action);
  erase(action, current);
  return std::nullopt;
}

Refused create_variable(Action& action, Id repo, std::string_view name, std::string value) {
  if (Refused refused = check_name("Variable", name)) return refused;
  if (find_variable(action.world, repo, name)) return taken(name);
  RepositoryVariable row;
  row.repo = repo;
  row.name = text::to_upper(name);
  row.value = std::move(value);
  row.created_at = row.updated_at = begin_mutation(action);
  put(action, std::move(row));
  return std::nullopt;
}

Refused update_variable(Action& action, Id repo, std::string_view name, const VariablePatch& patch) {
  const RepositoryVariablePtr current = find_variable(action.world, repo, name);
  if (!current) return not_found();
  RepositoryVariable next = *current;
  if (patch.name) {
    if (Refused refused = check_name("Variable", *patch.name)) return refused;
    next.name = text::to_upper(*patch.name);
    if (next.name != current->name && find_variable(action.world, repo, next.name)) return taken(next.name);
  }
  if (patch.value) next.value = *patch.value;
  next.updated_at = begin_mutation(action);
  if (next.name != current->name) erase(action, current, Cause::followed);
  put(action, std::move(next));
  return std::nullopt;
}

Refused delete_variable(Action& action, Id repo, std::string_view name) {
  const RepositoryVariablePtr current = find_variable(action.world, repo, name);
  if (!current) return not_found();
  begin_mutation(action);
  erase(action, current);
  return std::nullopt;
}

void export_secrets(JsonWriter& out, const World& world, const Repository& repo) {
  export_rows(out, world, repo.id, world.secrets);
}

void export_variables(JsonWriter& out, const World& world, const Repository& repo) {
  export_rows(out, world, repo.id, world.variables);
}

void seed_secrets(Seeding& seed, const Repository& repo, const Node& node) {
  node.each("secrets", [&](const Node& entry) {
    const std::string name = entry.as_text();
    if (name.empty()) return;
    if (!is_valid_name(name)) return entry.error("bad-value", text::cat("\"", name, "\" cannot be a secret's name."));
    put(seed.action, RepositorySecret{repo.id, text::to_upper(name), seed.world.epoch, seed.world.epoch});
  });
}

void seed_variables(Seeding& seed, const Repository& repo, const Node& node) {
  node.each("variables", [&](const Node& entry) {
    if (!entry.is_object("name value")) return;
    const std::string name = entry.required_text("name");
    if (name.empty()) return;
    if (!is_valid_name(name)) {
      return entry.error_at("name", "bad-value", text::cat("\"", name, "\" cannot be a variable's name."));
    }
    put(seed.action,
        RepositoryVariable{repo.id, text::to_upper(name), entry.text("value", ""), seed.world.epoch, seed.world.epoch});
  });
}

}  // namespace pome::twin::github::model
