#include "core/twin/github/model/words.h"
#include "core/twin/github/rest/repository_facts.h"
#include "core/twin/github/rest/shapes.h"

namespace pome::twin::github::rest {

namespace {

/// API links of a repository: member name and what follows the repository's own URL.
struct Link {
  std::string_view name;
  std::string_view path;
};

constexpr Link kLinks[] = {
    {"forks_url", "/forks"},
    {"keys_url", "/keys{/key_id}"},
    {"collaborators_url", "/collaborators{/collaborator}"},
    {"teams_url", "/teams"},
    {"hooks_url", "/hooks"},
    {"issue_events_url", "/issues/events{/number}"},
    {"events_url", "/events"},
    {"assignees_url", "/assignees{/user}"},
    {"branches_url", "/branches{/branch}"},
    {"tags_url", "/tags"},
    {"blobs_url", "/git/blobs{/sha}"},
    {"git_tags_url", "/git/tags{/sha}"},
    {"git_refs_url", "/git/refs{/sha}"},
    {"trees_url", "/git/trees{/sha}"},
    {"statuses_url", "/statuses/{sha}"},
    {"languages_url", "/languages"},
    {"stargazers_url", "/stargazers"},
    {"contributors_url", "/contributors"},
    {"subscribers_url", "/subscribers"},
    {"subscription_url", "/subscription"},
    {"commits_url", "/commits{/sha}"},
    {"git_commits_url", "/git/commits{/sha}"},
    {"comments_url", "/comments{/number}"},
    {"issue_comment_url", "/issues/comments{/number}"},
    {"contents_url", "/contents/{+path}"},
    {"compare_url", "/compare/{base}...{head}"},
    {"merges_url", "/merges"},
    {"archive_url", "/{archive_format}{/ref}"},
    {"downloads_url", "/downloads"},
    {"issues_url", "/issues{/number}"},
    {"pulls_url", "/pulls{/number}"},
    {"milestones_url", "/milestones{/number}"},
    {"notifications_url", "/notifications{?since,all,participating}"},
    {"labels_url", "/labels{/name}"},
    {"releases_url", "/releases{/id}"},
    {"deployments_url", "/deployments"},
};

void write_identity(JsonWriter& json, const Context& context, const model::Repository& repository) {
  const std::string url = text::cat(context.call.base_url, "/repos/", repository.owner, "/", repository.name);
  json.field("id", repository.id).field("node_id", model::node_id("R", 0, repository.id));
  json.field("name", repository.name).field("full_name", repository.full_name());
  json.field("private", repository.is_private);
  json.key("owner");
  write_user(json, context, repository.owner);
  link(json, "html_url", kWeb, "/", repository.owner, "/", repository.name);
  json.field("description", repository.description).field("fork", repository.parent != 0);
  link(json, "url", url);
  for (const Link& row : kLinks) link(json, row.name, url, row.path);
}

void write_counts(JsonWriter& json, const Context& context, const model::Repository& repository) {
  const FileFacts facts = file_facts(context.world, repository);
  const std::int64_t forks = fork_count(context.world, repository);
  const model::Id open_issues = model::totals_of(context.world, repository.id).open_issues;
  const auto stars = static_cast<std::int64_t>(model::stars_of(context.world, repository.id).size());
  json.field("size", facts.kilobytes).field("stargazers_count", stars).field("watchers_count", stars);
  json.key("language");
  if (facts.language.empty()) {
    json.null();
  } else {
    json.value(facts.language);
  }
  json.field("forks_count", forks).field("open_issues_count", open_issues);
  json.field("forks", forks).field("open_issues", open_issues).field("watchers", stars);
}

void write_settings(JsonWriter& json, const Context& context, const model::Repository& repository) {
  json.field("has_issues", repository.has_issues).field("has_projects", repository.has_projects);
  json.field("has_downloads", repository.has_downloads).field("has_wiki", repository.has_wiki);
  json.field("has_pages", false).field("has_discussions", repository.has_discussions);
  json.field("has_pull_requests", repository.has_pull_requests);
  json.field("pull_request_creation_policy", repository.collaborators_only ? "collaborators_only" : "all");
  json.null_field("mirror_url").field("archived", repository.archived).field("disabled", false);
  json.key("license");
  write_license_of(json, context, repository);
  json.field("allow_forking", repository.allow_forking).field("is_template", repository.is_template);
  json.field("web_commit_signoff_required", repository.web_commit_signoff_required);
  json.key("topics").begin_array();
  for (const std::string& topic : repository.topics) json.value(topic);
  json.end_array();
  json.field("visibility", repository.is_private ? "private" : "public");
  json.field("default_branch", repository.default_branch);
}

void write_merge_settings(JsonWriter& json, const model::Repository& repository) {
  json.field("allow_squash_merge", repository.allow_squash_merge);
  json.field("allow_merge_commit", repository.allow_merge_commit);
  json.field("allow_rebase_merge", repository.allow_rebase_merge);
  json.field("allow_auto_merge", repository.allow_auto_merge);
  json.field("delete_branch_on_merge", repository.delete_branch_on_merge);
  json.field("allow_update_branch", repository.allow_update_branch);
  json.field("use_squash_pr_title_as_default", repository.use_squash_pr_title_as_default);
  const model::CommitWording& wording = repository.wording;
  json.field("squash_merge_commit_message", model::word_of(model::kSquashMessages, wording.squash_message));
  json.field("squash_merge_commit_title", model::word_of(model::kSquashTitles, wording.squash_title));
  json.field("merge_commit_message", model::word_of(model::kMergeMessages, wording.merge_message));
  json.field("merge_commit_title", model::word_of(model::kMergeTitles, wording.merge_title));
}

enum class Ancestor { parent, source };

/// What a fork was made from: its parent, or the repository the whole network started with.
const model::Repository* find_ancestor(const model::World& world, const model::Repository& fork, Ancestor which) {
  const model::Repository* ancestor = world.repositories_by_id.find(fork.parent);
  while (which == Ancestor::source && ancestor && ancestor->parent != 0) {
    const model::Repository* next = world.repositories_by_id.find(ancestor->parent);
    if (!next) break;
    ancestor = next;
  }
  return ancestor;
}

/// Left out when it is gone or private to others.
void write_ancestor(JsonWriter& json, const Context& context, std::string_view name, const model::Repository* row) {
  if (!row || model::permission_of(context.world, row->id, context.call.login) < model::Role::read) return;
  json.key(name);
  write_repository(json, context, *row, Detail::normal);
}

/// Administrators see the security features.
void write_security(JsonWriter& json, const model::Repository& repository) {
  json.key("security_and_analysis").begin_object();
  for (const model::RepositoryFlag& flag : model::security_flags()) {
    json.key(flag.name).begin_object().field("status", repository.*flag.member ? "enabled" : "disabled").end_object();
  }
  json.end_object();
}

void write_full_part(JsonWriter& json, const Context& context, const model::Repository& repository) {
  const model::UserPtr owner = model::find_user(context.world, repository.owner);
  if (owner && owner->type == model::UserType::organization) {
    json.raw_field("custom_properties", "{}");
    write_user_or_null(json, context, "organization", repository.owner);
  }
  if (repository.parent != 0) {
    write_ancestor(json, context, "parent", find_ancestor(context.world, repository, Ancestor::parent));
    write_ancestor(json, context, "source", find_ancestor(context.world, repository, Ancestor::source));
  }
  if (const model::Repository* origin = context.world.repositories_by_id.find(repository.generated_from)) {
    write_ancestor(json, context, "template_repository", origin);
  }
  json.field("network_count", fork_count(context.world, repository));
  json.field("subscribers_count", model::watches_of(context.world, repository.id).size());
}

}  // namespace

void write_repository(JsonWriter& json, const Context& context, const model::Repository& repository, Detail detail) {
  const model::Role role = model::permission_of(context.world, repository.id, context.call.login);
  json.begin_object();
  write_identity(json, context, repository);
  write_time(json, "created_at", repository.created_at);
  write_time(json, "updated_at", repository.updated_at);
  write_time(json, "pushed_at", repository.pushed_at);
  link(json, "git_url", "git://github.com/", repository.owner, "/", repository.name, ".git");
  link(json, "ssh_url", "git@github.com:", repository.owner, "/", repository.name, ".git");
  link(json, "clone_url", kWeb, "/", repository.owner, "/", repository.name, ".git");
  link(json, "svn_url", kWeb, "/", repository.owner, "/", repository.name);
  json.field("homepage", repository.homepage);
  write_counts(json, context, repository);
  write_settings(json, context, repository);
  json.key("permissions");
  write_permissions(json, role);
  if (detail == Detail::full) {
    if (role >= model::Role::write) json.field("temp_clone_token", "");
    write_merge_settings(json, repository);
    if (role >= model::Role::admin) write_security(json, repository);
    write_full_part(json, context, repository);
  }
  json.end_object();
}

}  // namespace pome::twin::github::rest
