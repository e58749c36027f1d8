#include "core/twin/github/model/label.h"

#include <algorithm>

#include "core/base/sort.h"
#include "core/base/text.h"
#include "core/twin/github/model/label_rules.h"
#include "core/twin/github/model/row_writer.h"
#include "core/twin/github/model/store.h"

namespace pome::twin::github::model {
namespace {

/// Label definitions answer 404 to everybody without push, so that they do not tell who may.
Refused check_push(const Action& action, Id repo) {
  return permission_of(action.world, repo, action.actor) < Role::write ? not_found() : std::nullopt;
}

Refused check_name(std::string_view name) {
  if (text::trim(name).empty()) return invalid("Label", "name", "missing_field");
  if (name.size() > 50 && code_points(name) > 50) {
    return invalid_because("Label", "name", "name is too long (maximum is 50 characters)");
  }
  return std::nullopt;
}

/// The colour as stored, or nothing when it is not six hexadecimal digits.
std::optional<std::string> normal_color(std::string_view color) {
  if (!color.empty() && color.front() == '#') color.remove_prefix(1);
  const bool hex = std::all_of(color.begin(), color.end(), [](char c) {
    return text::is_digit(c) || (text::lower(c) >= 'a' && text::lower(c) <= 'f');
  });
  if (color.size() != 6 || !hex) return std::nullopt;
  return text::to_lower(color);
}

Refused bad_color() { return invalid("Label", "color", "invalid"); }

Refused check_description(const std::optional<std::string>& description) {
  if (!description || code_points(*description) <= 100) return std::nullopt;
  return invalid_because("Label", "description", "description is too long (maximum is 100 characters)");
}

/// The issue, when the actor may triage it.
Ruling<IssuePtr> triaged(const Action& action, Id repo, Id number) {
  IssuePtr issue = find_issue(action.world, repo, number);
  const Role role = permission_of(action.world, repo, action.actor);
  if (!issue || role == Role::none) return not_found();
  if (role < Role::triage) return forbidden();
  return issue;
}

/// Gives the issue exactly these labels. Answers what it carries then.
std::vector<LabelPtr> save(Action& action, const Issue& issue, std::vector<Id> labels) {
  Issue next = issue;
  next.labels = std::move(labels);
  next.updated_at = action.world.now;
  return labels_on(action.world, *put(action, std::move(next), Cause::asked, Aspect::labels));
}

/// Adds (or sets) labels by name, making definitions for unknown names.
Ruling<std::vector<LabelPtr>> apply(Action& action, Id repo, Id number, const std::vector<std::string>& names,
                                    bool keep) {
  const Ruling<IssuePtr> issue = triaged(action, repo, number);
  if (!issue) return issue.refused();
  if (const Refused refused = check_label_names(names)) return refused;
  const std::vector<Id>& current = (*issue)->labels;
  if (!labels_would_change(action.world, **issue, names, keep)) return labels_on(action.world, **issue);
  begin_mutation(action);
  std::vector<Id> wanted = resolve_labels(action, repo, names);
  if (keep) wanted.insert(wanted.end(), current.begin(), current.end());
  sort_stably(wanted);
  wanted.erase(std::unique(wanted.begin(), wanted.end()), wanted.end());
  return save(action, **issue, std::move(wanted));
}

void index_by_name(World& world, const Change& change) {
  if (const Label* old = before<Label>(change)) world.labels.erase(NameKeyView{old->repo, old->name});
  if (const Label* row = after<Label>(change)) world.labels.core().put(NameKey{row->repo, row->name}, change.after);
}

void write_label(JsonWriter& out, const World&, const Label& row) {
  out.field("name", row.name).field("color", row.color).field("description", row.description);
}

}  // namespace

const RowKind Label::kind = row_kind<&World::labels_by_id, write_label>("label", index_by_name);

std::size_t code_points(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (c & '\xc0') != '\x80'; }));
}

Refused check_label_names(const std::vector<std::string>& names) {
  for (const std::string& name : names) {
    if (const Refused refused = check_name(name)) return refused;
  }
  return std::nullopt;
}

bool labels_would_change(const World& world, const Issue& issue, const std::vector<std::string>& names, bool keep) {
  std::vector<Id> wanted;
  for (const std::string& name : names) {
    const LabelPtr label = find_label(world, issue.repo, text::trim(name));
    if (!label || !has_label(issue, *label)) return true;
    wanted.push_back(label->id);
  }
  sort_stably(wanted);
  wanted.erase(std::unique(wanted.begin(), wanted.end()), wanted.end());
  return !keep && wanted.size() != issue.labels.size();
}

std::vector<Id> resolve_labels(Action& action, Id repo, const std::vector<std::string>& names) {
  std::vector<Id> out;
  for (const std::string& name : names) {
    LabelPtr label = find_label(action.world, repo, text::trim(name));
    if (!label) {
      Label fresh{
          repo, ++action.world.counters.label, std::string(text::trim(name)), std::string(kDefaultLabelColor), {},
          false};
      label = put(action, std::move(fresh), Cause::followed);
    }
    out.push_back(label->id);
  }
  sort_stably(out);
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

LabelPtr find_label(const World& world, Id repo, std::string_view name) {
  return world.labels.get(NameKeyView{repo, name});
}

std::vector<LabelPtr> labels_of(const World& world, Id repo) {
  std::vector<LabelPtr> out;
  for (const auto& entry : rows_of(world.labels, repo)) out.push_back(entry.row);
  return out;
}

std::vector<LabelPtr> labels_on(const World& world, const Issue& issue) {
  const auto by_name = [](const LabelPtr& a, const LabelPtr& b) { return NameLess{}(a->name, b->name); };
  std::vector<LabelPtr> out;
  out.reserve(issue.labels.size());
  for (const Id id : issue.labels) {
    const LabelPtr label = world.labels_by_id.get(NumberKey{issue.repo, id});
    if (label) out.insert(std::upper_bound(out.begin(), out.end(), label, by_name), label);
  }
  return out;
}

bool has_label(const Issue& issue, const Label& label) {
  return label.repo == issue.repo && std::binary_search(issue.labels.begin(), issue.labels.end(), label.id);
}

Ruling<LabelPtr> create_label(Action& action, Id repo, const NewLabel& label) {
  if (const Refused refused = check_push(action, repo)) return refused;
  if (const Refused refused = check_name(label.name)) return refused;
  const std::optional<std::string> color =
      normal_color(label.color ? std::string_view(*label.color) : kDefaultLabelColor);
  if (!color) return bad_color();
  if (const Refused refused = check_description(label.description)) return refused;
  const std::string_view name = text::trim(label.name);
  if (find_label(action.world, repo, name)) return invalid("Label", "name", "already_exists");
  begin_mutation(action);
  return put(action, Label{repo, ++action.world.counters.label, std::string(name), *color, label.description, false});
}

Ruling<LabelPtr> update_label(Action& action, Id repo, std::string_view name, const LabelPatch& patch) {
  if (const Refused refused = check_push(action, repo)) return refused;
  const LabelPtr current = find_label(action.world, repo, name);
  if (!current) return not_found();
  Label next = *current;
  if (patch.new_name) {
    if (const Refused refused = check_name(*patch.new_name)) return refused;
    next.name = std::string(text::trim(*patch.new_name));
    const LabelPtr taken = find_label(action.world, repo, next.name);
    if (taken && taken->id != current->id) return invalid("Label", "name", "already_exists");
  }
  if (patch.color) {
    const std::optional<std::string> color = normal_color(*patch.color);
    if (!color) return bad_color();
    next.color = *color;
  }
  if (patch.description) {
    if (const Refused refused = check_description(*patch.description)) return refused;
    next.description = *patch.description;
  }
  if (next == *current) return current;
  begin_mutation(action);
  return put(action, std::move(next));
}

Refused delete_label(Action& action, Id repo, std::string_view name) {
  if (const Refused refused = check_push(action, repo)) return refused;
  const LabelPtr label = find_label(action.world, repo, name);
  if (!label) return not_found();
  begin_mutation(action);
  erase(action, label);
  std::vector<IssuePtr> carriers;
  for (const auto& entry : rows_of(action.world.issues, repo)) {
    if (has_label(*entry.row, *label)) carriers.push_back(entry.row);
  }
  for (const IssuePtr& issue : carriers) {
    Issue next = *issue;
    std::erase(next.labels, label->id);
    put(action, std::move(next), Cause::followed);
  }
  return std::nullopt;
}

Ruling<std::vector<LabelPtr>> add_labels(Action& action, Id repo, Id number, const std::vector<std::string>& names) {
  return apply(action, repo, number, names, true);
}

Ruling<std::vector<LabelPtr>> set_labels(Action& action, Id repo, Id number, const std::vector<std::string>& names) {
  return apply(action, repo, number, names, false);
}

Ruling<std::vector<LabelPtr>> remove_label(Action& action, Id repo, Id number, std::string_view name) {
  const Ruling<IssuePtr> issue = triaged(action, repo, number);
  if (!issue) return issue.refused();
  const LabelPtr label = find_label(action.world, repo, name);
  if (!label || !has_label(**issue, *label)) return Refusal{RefusalKind::not_found, "Label does not exist", {}};
  begin_mutation(action);
  std::vector<Id> rest = (*issue)->labels;
  std::erase(rest, label->id);
  return save(action, **issue, std::move(rest));
}

Refused remove_all_labels(Action& action, Id repo, Id number) {
  const Ruling<std::vector<LabelPtr>> left = apply(action, repo, number, {}, false);
  return left.refused();
}

void export_label(JsonWriter& out, const World& world, const Label& label) {
  out.begin_object().field("repo_id", label.repo);
  write_label(out, world, label);
  out.field("id", label.id).end_object();
}

void export_labels(JsonWriter& out, const World& world, const Repository& repo) {
  for (const auto& entry : rows_of(world.labels, repo.id)) export_label(out, world, *entry.row);
}

}  // namespace pome::twin::github::model
