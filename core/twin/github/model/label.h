#pragma once
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/twin/github/model/row.h"

namespace pome::twin::github::model {

struct Issue;

inline constexpr std::string_view kDefaultLabelColor = "ededed";

/// A label definition. Names are unique in a repository without regard to case and keep the case they were given.
struct Label {
  Id repo = 0;
  Id id = 0;
  std::string name;
  std::string color;  ///< six lower-case hexadecimal digits
  std::optional<std::string> description;
  bool is_default = false;

  NumberKey key() const { return {repo, id}; }
  bool operator==(const Label&) const = default;
  static const RowKind kind;
};
using LabelPtr = std::shared_ptr<const Label>;

LabelPtr find_label(const World& world, Id repo, std::string_view name);
/// Definitions of a repository by name without case.
std::vector<LabelPtr> labels_of(const World& world, Id repo);
/// The labels an issue carries, by name without case.
std::vector<LabelPtr> labels_on(const World& world, const Issue& issue);
bool has_label(const Issue& issue, const Label& label);

struct NewLabel {
  std::string name;
  std::optional<std::string> color;  ///< with or without '#'; absent = ededed
  std::optional<std::string> description;
};
struct LabelPatch {
  std::optional<std::string> new_name;
  std::optional<std::string> color;
  std::optional<std::optional<std::string>> description;
};

/// issues/create-label. Needs push. Refuses a taken name (already_exists), a bad colour, a blank or too long name.
Ruling<LabelPtr> create_label(Action& action, Id repo, const NewLabel& label);
/// issues/update-label. Needs push. Issues that carry the label follow a rename.
Ruling<LabelPtr> update_label(Action& action, Id repo, std::string_view name, const LabelPatch& patch);
/// issues/delete-label. Needs push. Takes the label off every issue.
Refused delete_label(Action& action, Id repo, std::string_view name);

/// Labels of an issue or pull request; all need triage and answer the labels afterwards. Unknown names become new
/// definitions (colour ededed), as GitHub does. A refusal names the first bad entry.
Ruling<std::vector<LabelPtr>> add_labels(Action& action, Id repo, Id number, const std::vector<std::string>& names);
Ruling<std::vector<LabelPtr>> set_labels(Action& action, Id repo, Id number, const std::vector<std::string>& names);
/// issues/remove-label. Refuses (not_found "Label does not exist") a label the issue does not carry.
Ruling<std::vector<LabelPtr>> remove_label(Action& action, Id repo, Id number, std::string_view name);
/// issues/remove-all-labels.
Refused remove_all_labels(Action& action, Id repo, Id number);

/// One label as an object of the state export.
void export_label(JsonWriter& out, const World& world, const Label& label);
/// The rows of "labels" in the state export.
void export_labels(JsonWriter& out, const World& world, const Repository& repo);

/// Seed: a repository's "labels".
void seed_labels(Seeding& seed, const Repository& repo, const Node& node);

}  // namespace pome::twin::github::model
