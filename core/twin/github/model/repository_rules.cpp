#include "core/twin/github/model/repository_rules.h"

#include <algorithm>
#include <utility>

#include "core/base/text.h"
#include "core/twin/github/model/label_rules.h"

namespace pome::twin::github::model {
namespace {

constexpr std::size_t kLongestName = 100;
constexpr std::size_t kLongestDescription = 350;

bool fits_name(char c) { return text::is_alpha(c) || text::is_digit(c) || c == '-' || c == '_' || c == '.'; }

Refused bad_name(std::string_view message) { return invalid_because("Repository", "name", std::move(message)); }

template <class T>
void assign(T& member, const std::optional<T>& wanted) {
  if (wanted) member = *wanted;
}

/// The pairs GitHub offers: see the parameters of repos/update. A text needs its title.
Refused check_wording(const RepositoryPatch& patch, const CommitWording& next) {
  if (patch.squash_message && !patch.squash_title) {
    return invalid("Repository", "squash_merge_commit_title", "missing_field");
  }
  if (patch.merge_message && !patch.merge_title) {
    return invalid("Repository", "merge_commit_title", "missing_field");
  }
  if (next.squash_title == SquashTitle::commit_or_pr_title && next.squash_message != SquashMessage::commit_messages) {
    return invalid("Repository", "squash_merge_commit_message", "invalid");
  }
  if ((next.merge_title == MergeTitle::merge_message) != (next.merge_message == MergeMessage::pr_title)) {
    return invalid("Repository", "merge_commit_message", "invalid");
  }
  return std::nullopt;
}

}  // namespace

bool is_valid_repository_name(std::string_view name) {
  if (name.empty() || name.size() > kLongestName || name == "." || name == "..") return false;
  return std::all_of(name.begin(), name.end(), fits_name);
}

std::string repository_name_from(std::string_view wanted) {
  std::string name(text::trim(wanted));
  std::replace_if(
      name.begin(), name.end(), [](char c) { return !fits_name(c); }, '-');
  return name;
}

Refused check_repository_name(const World& world, std::string_view owner, std::string_view name) {
  if (name.empty()) return bad_name("name is too short (minimum is 1 character)");
  if (name.size() > kLongestName) return bad_name("name is too long (maximum is 100 characters)");
  if (!is_valid_repository_name(name)) return bad_name("name is reserved");
  if (find_repository(world, owner, name)) return bad_name("name already exists on this account");
  return std::nullopt;
}

Refused check_settings(const RepositoryPatch& patch, const Repository& next) {
  const std::string description = next.description.value_or("");
  if (patch.description && code_points(description) > kLongestDescription) {
    return invalid_because("Repository", "description", "description is too long (maximum is 350 characters)");
  }
  if (patch.description && std::any_of(description.begin(), description.end(),
                                       [](char c) { return static_cast<unsigned char>(c) < 0x20; })) {
    return invalid_because("Repository", "description", "description control characters are not allowed");
  }
  if (!next.allow_merge_commit && !next.allow_squash_merge && !next.allow_rebase_merge) {
    return invalid("Repository", "merge_commit_allowed", "no_merge_method");
  }
  return check_wording(patch, next.wording);
}

void apply_patch(Repository& next, const RepositoryPatch& patch) {
  assign(next.description, patch.description);
  assign(next.homepage, patch.homepage);
  assign(next.default_branch, patch.default_branch);
  for (const RepositoryPatch::Switch& change : patch.switches) next.*change.member = change.on;
  assign(next.wording.squash_title, patch.squash_title);
  assign(next.wording.squash_message, patch.squash_message);
  assign(next.wording.merge_title, patch.merge_title);
  assign(next.wording.merge_message, patch.merge_message);
}

}  // namespace pome::twin::github::model
