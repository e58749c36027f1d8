#include "core/twin/github/model/pull_request.h"

#include "core/base/text.h"
#include "core/git/graph.h"
#include "core/twin/github/model/changes.h"
#include "core/twin/github/model/issue_rules.h"
#include "core/twin/github/model/row_writer.h"
#include "core/twin/github/model/store.h"

namespace pome::twin::github::model {
namespace {

std::optional<std::string> hex_or_null(const std::optional<git::ObjectId>& id) {
  return id ? std::optional(id->hex()) : std::nullopt;
}

void write_pull_request(JsonWriter& out, const World& world, const PullRequest& row) {
  const Issue* issue = world.issues.find(row.key());
  out.field("number", row.number);
  if (issue) {
    out.field("title", issue->title).field("body", issue->body).field("state", state_name(issue->state));
    out.field("user_login", issue->author);
  }
  out.field("head_ref", row.head.ref).field("head_sha", row.head.sha.hex());
  out.field("base_ref", row.base.ref).field("base_sha", row.base.sha.hex());
  out.field("merged", row.merged_at.has_value()).field("merge_commit_sha", hex_or_null(row.merge_commit));
  if (issue) {
    times(out, issue->created_at, issue->updated_at);
    time_field(out, "closed_at", issue->closed_at);
  }
  time_field(out, "merged_at", row.merged_at);
}

void export_files(JsonWriter& out, const World& world, const PullRequest& pull, std::string_view full_name) {
  const std::string head = pull.head.sha.hex();
  for (const git::FileChange& file : files_of(world, pull)) {
    const git::Patch counts = git::counts_of(world.objects, file);
    const std::string path = text::percent_encode(file.path, "/");
    out.begin_object();
    out.field("repo_id", pull.repo).field("pull_number", pull.number).field("filename", file.path);
    out.field("status", file_status_name(file.status));
    out.field("additions", counts.additions).field("deletions", counts.deletions);
    out.field("changes", counts.additions + counts.deletions);
    out.field("blob_url", text::cat("https://github.com/", full_name, "/blob/", head, "/", path));
    out.field("raw_url", text::cat("https://github.com/", full_name, "/raw/", head, "/", path));
    out.field("contents_url", text::cat("https://api.github.com/repos/", full_name, "/contents/", path, "?ref=", head));
    out.null_field("patch")
        .field("previous_filename", or_null(file.previous_path))
        .field("sha", content_of(file).hex());
    out.end_object();
  }
}

void export_conversation(JsonWriter& out, const World& world, const PullRequest& pull, const Issue& issue) {
  out.key("reviews").begin_array();
  export_reviews(out, world, pull);
  out.end_array().key("review_comments").begin_array();
  export_review_comments(out, world, pull);
  out.end_array().key("comments").begin_array();
  export_comments(out, world, issue);
  out.end_array();
}

void export_pull_request(JsonWriter& out, const World& world, const PullRequest& pull, const Issue& issue,
                         std::string_view full_name, Associations& associations) {
  out.begin_object();
  out.field("repo_id", pull.repo).field("number", pull.number).field("title", issue.title).field("body", issue.body);
  out.field("state", state_name(issue.state)).field("user_login", issue.author);
  out.field("head_repo_id", or_null(pull.head.repo))
      .field("head_ref", pull.head.ref)
      .field("head_sha", pull.head.sha.hex());
  out.field("base_repo_id", pull.base.repo).field("base_ref", pull.base.ref).field("base_sha", pull.base.sha.hex());
  out.field("merged", pull.merged_at ? 1 : 0).field("merge_commit_sha", hex_or_null(pull.merge_commit));
  times(out, issue.created_at, issue.updated_at);
  time_field(out, "closed_at", issue.closed_at);
  time_field(out, "merged_at", pull.merged_at);
  out.key("files").begin_array();
  export_files(out, world, pull, full_name);
  out.end_array();
  export_conversation(out, world, pull, issue);
  export_labels_and_assignees(out, world, issue);
  export_more(out, issue, associations);
  out.field("id", pull.id).field("draft", pull.draft).field("merged_by_login", or_null(pull.merged_by));
  list_field(out, "requested_reviewers", pull.requested_reviewers);
  list_field(out, "requested_teams", pull.requested_teams);
  out.field("maintainer_can_modify", pull.maintainer_can_modify).end_object();
}

}  // namespace

const RowKind PullRequest::kind = row_kind<&World::pulls, write_pull_request>("pull_request");

PullRequestPtr find_pull_request(const World& world, Id repo, Id number) {
  return world.pulls.get(NumberKey{repo, number});
}

PullRequestPtr find_open_pull(const World& world, const PullEnd& head, const PullEnd& base) {
  for (const auto& entry : rows_of(world.pulls, base.repo)) {
    const PullRequest& row = *entry.row;
    const bool same = row.head.repo == head.repo && row.head.ref == head.ref && row.base.ref == base.ref;
    if (same && is_open(world, row)) return entry.row;
  }
  return nullptr;
}

bool is_open(const World& world, const PullRequest& pull) {
  const Issue* issue = world.issues.find(pull.key());
  return issue && issue->state == OpenState::open;
}

git::ObjectId base_tip(const World& world, const PullRequest& pull) {
  const RefPtr live = is_open(world, pull) ? find_branch(world, pull.base.repo, pull.base.ref) : nullptr;
  return live ? live->target : pull.base.sha;
}

std::vector<git::FileChange> files_of(const World& world, const PullRequest& pull) {
  const git::ObjectId tip = base_tip(world, pull);
  const std::optional<git::ObjectId> base = git::merge_base(world.objects, tip, pull.head.sha);
  return changes_between(world, base.value_or(tip), pull.head.sha);
}

std::vector<git::ObjectId> commits_of(const World& world, const PullRequest& pull) {
  return git::commits_between(world.objects, base_tip(world, pull), pull.head.sha);
}

std::vector<PullRequestPtr> pulls_with_commit(const World& world, Id repo, const git::ObjectId& commit) {
  const auto reaches = [&](const git::ObjectId& tip) { return git::is_ancestor(world.objects, commit, tip); };
  const std::optional<git::ObjectId> default_tip = resolve_commit(world, repo, "");
  const bool landed = default_tip && reaches(*default_tip);
  std::vector<PullRequestPtr> out;
  for (const auto& entry : rows_of(world.pulls, repo)) {
    const PullRequest& pull = *entry.row;
    if (!pull.merged_at && (landed || !is_open(world, pull))) continue;
    const bool has = reaches(pull.head.sha) || (pull.merge_commit && reaches(*pull.merge_commit));
    if (has && !reaches(base_tip(world, pull))) out.push_back(entry.row);
  }
  return out;
}

Refused check_reopen(const World& world, const PullRequest& pull) {
  const auto refuse = [](std::string message) -> Refused {
    return invalid_because("PullRequest", "state", std::move(message));
  };
  if (pull.merged_at) return refuse("state cannot be changed. The pull request is merged.");
  for (const PullEnd* end : {&pull.head, &pull.base}) {
    if (find_branch(world, end->repo, end->ref)) continue;
    return refuse(text::cat("state cannot be changed. The ", end->ref, " branch has been deleted."));
  }
  const PullRequestPtr other = find_open_pull(world, pull.head, pull.base);
  if (!other) return std::nullopt;
  return refuse(text::cat("state cannot be changed. There is already an open pull request from ", pull.head.ref, " to ",
                          pull.base.ref, "."));
}

void export_pull_requests(JsonWriter& out, const World& world, const Repository& repo) {
  Associations associations(world, repo.id);
  const std::string full_name = repo.full_name();
  for (const auto& entry : rows_of(world.pulls, repo.id)) {
    const Issue* issue = world.issues.find(entry.key);
    if (issue) export_pull_request(out, world, *entry.row, *issue, full_name, associations);
  }
}

}  // namespace pome::twin::github::model
