#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "core/twin/github/model/world.h"

/// Parts of the label rules that issue rules need too. Internal to the model.
namespace pome::twin::github::model {

/// Refuses the first name that no label could have.
Refused check_label_names(const std::vector<std::string>& names);
/// Whether naming these labels (in addition to the present ones when `keep`) would change the issue.
bool labels_would_change(const World& world, const Issue& issue, const std::vector<std::string>& names, bool keep);
/// Ids of the named labels, ascending; unknown names become definitions. Runs inside a mutation, on checked names.
std::vector<Id> resolve_labels(Action& action, Id repo, const std::vector<std::string>& names);
/// Length in characters.
std::size_t code_points(std::string_view text);

}  // namespace pome::twin::github::model
