#pragma once
#include <string>
#include <string_view>

#include "core/base/json_writer.h"
#include "core/base/text.h"
#include "core/twin/github/model/templates.h"
#include "core/twin/github/rest/context.h"

/// JSON that several resources share. Members come in GitHub's order; API links start with the call's base URL,
/// pages for people stay on github.com.
namespace pome::twin::github::rest {

inline constexpr std::string_view kWeb = "https://github.com";

/// A link member. The parts are written as they are: percent-encode what is not a name GitHub restricts.
template <class... Parts>
void link(JsonWriter& json, std::string_view name, const Parts&... parts) {
  json.key(name).raw("\"");
  text::append(json.out(), parts...);
  json.out().push_back('"');
}

/// "<base>/repos/<owner>/<name>": what API links of a repository start with.
std::string api_url(const Context& context, const model::Repository& repository);
/// "https://github.com/<owner>/<name>".
std::string web_url(const model::Repository& repository);

/// "2026-01-01T00:00:00Z".
void write_time(JsonWriter& json, std::string_view name, model::Time time);
void write_time(JsonWriter& json, std::string_view name, std::optional<model::Time> time);

/// A link's part for a text that may hold anything; slashes stay.
std::string encoded_path(std::string_view text);
/// The same, slashes encoded too.
std::string encoded_segment(std::string_view text);

/// simple-user.
void write_user(JsonWriter& json, const Context& context, std::string_view login);
/// The members of simple-user without the braces around them.
void write_user_members(JsonWriter& json, const Context& context, const model::User& user);
/// nullable-simple-user: an empty login gives null.
void write_user_or_null(JsonWriter& json, const Context& context, std::string_view name, std::string_view login);

/// The organization the first path parameter names, or nullptr.
model::UserPtr organization_at(const Context& context);
/// organization-simple, its members without the braces around them.
void write_organization_members(JsonWriter& json, const Context& context, const model::User& organization);

void write_label(JsonWriter& json, const Context& context, const model::Repository& repository,
                 const model::Label& label);
void write_milestone(JsonWriter& json, const Context& context, const model::Repository& repository,
                     const model::Milestone& milestone);
/// team of the organization that owns the repository in the path, as it stands where its review is asked for.
void write_team(JsonWriter& json, const Context& context, const model::Team& team);
/// reaction-rollup of what has that id in the repository and stands at `url`.
void write_reactions(JsonWriter& json, const Context& context, model::Id repo, model::Id target, std::string_view url);
void write_comment(JsonWriter& json, const Context& context, const model::Repository& repository,
                   const model::Comment& comment);
/// The members of issue-comment without the braces around them.
void write_comment_members(JsonWriter& json, const Context& context, const model::Repository& repository,
                           const model::Comment& comment);
/// issue-type, or null.
void write_issue_type(JsonWriter& json, const model::IssueType* type);
void write_issue(JsonWriter& json, const Context& context, const model::Repository& repository,
                 const model::Issue& issue, std::string_view repository_json = {});

/// How much of a repository an answer shows.
enum class Detail {
  minimal,  ///< minimal-repository
  normal,   ///< repository
  full,     ///< full-repository
};
void write_repository(JsonWriter& json, const Context& context, const model::Repository& repository, Detail detail);

/// license-simple of the licence file on a repository's default branch, or null.
void write_license_of(JsonWriter& json, const Context& context, const model::Repository& repository);
/// license-simple; nullptr is a licence nobody knows ("other").
void write_license(JsonWriter& json, const Context& context, const model::License* license);

void write_release(JsonWriter& json, const Context& context, const model::Release& row);
/// commit-comment.
void write_commit_comment(JsonWriter& json, const Context& context, const model::CommitComment& row);
/// deploy-key.
void write_deploy_key(JsonWriter& json, const Context& context, const model::DeployKey& row);
void write_deployment(JsonWriter& json, const Context& context, const model::Deployment& row);
void write_deployment_status(JsonWriter& json, const Context& context, const model::DeploymentStatus& row);
/// hook; its secret is masked.
void write_hook(JsonWriter& json, const Context& context, const model::Hook& row);

/// repository-invitation.
void write_invitation(JsonWriter& json, const Context& context, const model::Collaborator& row);

/// {"admin": ..., "maintain": ..., "push": ..., "triage": ..., "pull": ...}
void write_permissions(JsonWriter& json, model::Role role);

}  // namespace pome::twin::github::rest
