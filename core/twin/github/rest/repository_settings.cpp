#include "core/twin/github/rest/repository_settings.h"

#include "core/twin/github/model/words.h"

namespace pome::twin::github::rest {

model::RepositoryPatch repository_patch(const Input& body) {
  using model::Repository;
  model::RepositoryPatch patch;
  patch.name = body.text("name");
  patch.description = body.text_patch("description");
  patch.homepage = body.text_patch("homepage");
  patch.default_branch = body.text("default_branch");
  const auto visibility = body.text("visibility");
  patch.set(&Repository::is_private, visibility ? std::optional(*visibility == "private") : body.flag("private"));
  patch.set(&Repository::archived, body.flag("archived"));
  for (const model::RepositoryFlag& flag : model::repository_flags()) patch.set(flag.member, body.flag(flag.name));
  const Input security = body.object("security_and_analysis");
  for (const model::RepositoryFlag& flag : model::security_flags()) {
    const auto status = security.object(flag.name).text("status");
    if (status) patch.set(flag.member, *status == "enabled");
  }
  const auto policy = body.text("pull_request_creation_policy");
  if (policy) patch.set(&Repository::collaborators_only, *policy == "collaborators_only");
  using namespace model;
  patch.squash_title = enum_from<SquashTitle>(kSquashTitles, body.text("squash_merge_commit_title", ""));
  patch.squash_message = enum_from<SquashMessage>(kSquashMessages, body.text("squash_merge_commit_message", ""));
  patch.merge_title = enum_from<MergeTitle>(kMergeTitles, body.text("merge_commit_title", ""));
  patch.merge_message = enum_from<MergeMessage>(kMergeMessages, body.text("merge_commit_message", ""));
  return patch;
}

}  // namespace pome::twin::github::rest
