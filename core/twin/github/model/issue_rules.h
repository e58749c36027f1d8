#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "core/twin/github/model/world.h"

/// Parts of the issue rules that other rules and the seed need too. Internal to the model.
namespace pome::twin::github::model {

inline constexpr std::size_t kMaxAssignees = 10;
inline constexpr std::size_t kMaxBody = 65536;  ///< characters in the body of an issue or comment

/// Refuses a blank or too long title and a too long body.
Refused check_issue_texts(const std::optional<std::string>& title, const std::optional<std::string>& body);

/// What issues and pull requests share in the state export: the lists, and what comes after the contract's members.
void export_labels_and_assignees(JsonWriter& out, const World& world, const Issue& issue);
void export_more(JsonWriter& out, const Issue& issue, Associations& associations);

/// `present` and those of `logins` that can be assigned, each once, in their owners' spelling.
std::vector<std::string> merge_assignees(const World& world, Id repo, std::vector<std::string> present,
                                         const std::vector<std::string>& logins);

}  // namespace pome::twin::github::model
