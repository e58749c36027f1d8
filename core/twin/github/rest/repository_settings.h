#pragma once
#include <array>
#include <cstddef>
#include <iterator>
#include <string_view>

#include "core/twin/github/model/repository.h"
#include "core/twin/github/rest/input.h"

/// The settings that creating and updating a repository take.
namespace pome::twin::github::rest {

inline constexpr std::array<std::string_view, 2> kVisibilities = {"public", "private"};
inline constexpr std::array<std::string_view, 2> kPolicies = {"all", "collaborators_only"};

inline constexpr Field kRepositorySettings[] = {
    optional("name"),
    nullable("description"),
    nullable("homepage"),
    optional("private", Type::flag),
    one_of(optional("visibility"), kVisibilities),
    nullable("security_and_analysis", Type::object),
    optional("has_issues", Type::flag),
    optional("has_projects", Type::flag),
    optional("has_wiki", Type::flag),
    optional("has_downloads", Type::flag),
    optional("has_discussions", Type::flag),
    optional("has_pull_requests", Type::flag),
    one_of(optional("pull_request_creation_policy"), kPolicies),
    optional("is_template", Type::flag),
    optional("default_branch"),
    optional("allow_squash_merge", Type::flag),
    optional("allow_merge_commit", Type::flag),
    optional("allow_rebase_merge", Type::flag),
    optional("allow_auto_merge", Type::flag),
    optional("delete_branch_on_merge", Type::flag),
    optional("allow_update_branch", Type::flag),
    optional("use_squash_pr_title_as_default", Type::flag),
    one_of(optional("squash_merge_commit_title"), model::kSquashTitles),
    one_of(optional("squash_merge_commit_message"), model::kSquashMessages),
    one_of(optional("merge_commit_title"), model::kMergeTitles),
    one_of(optional("merge_commit_message"), model::kMergeMessages),
    optional("archived", Type::flag),
    optional("allow_forking", Type::flag),
    optional("web_commit_signoff_required", Type::flag),
};
inline constexpr Field kCreationOnly[] = {
    required("name"),
    optional("auto_init", Type::flag),
    nullable("gitignore_template"),
    nullable("license_template"),
};

/// The settings with the name required, and what only a creation takes.
constexpr auto with_creation() {
  std::array<Field, std::size(kRepositorySettings) + std::size(kCreationOnly) - 1> out{};
  std::size_t count = 0;
  for (const Field& field : kCreationOnly) out[count++] = field;
  for (std::size_t i = 1; i < std::size(kRepositorySettings); ++i) out[count++] = kRepositorySettings[i];
  return out;
}
inline constexpr auto kRepositoryCreation = with_creation();

/// The body as the model takes it. `visibility` wins over `private`.
model::RepositoryPatch repository_patch(const Input& body);

}  // namespace pome::twin::github::rest
