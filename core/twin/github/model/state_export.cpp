#include "core/twin/github/model/state_export.h"

#include <algorithm>

#include "core/base/json_writer.h"
#include "core/base/text.h"
#include "core/base/time.h"

namespace pome::twin::github::model {
namespace {

std::optional<std::string> instant(const std::optional<Time>& at) {
  return at ? std::optional(time::iso8601(*at)) : std::nullopt;
}

/// Zero means "none" in rows; the contract says null.
std::optional<Id> or_null(Id id) { return id == 0 ? std::nullopt : std::optional(id); }
std::optional<std::string_view> or_null(std::string_view text) {
  return text.empty() ? std::nullopt : std::optional(text);
}

/// Writes one repository's members. Key order inside rows follows the contract; what it does not know comes last.
class RepositoryExport {
 public:
  RepositoryExport(JsonWriter& out, const World& world, const Repository& repo)
      : out_(out), world_(world), repo_(repo), full_name_(repo.full_name()) {}

  void write() {
    out_.begin_object();
    facts();
    branches();
    files();
    out_.key("labels").begin_array();
    for (const LabelPtr& label : labels_of(world_, repo_.id)) write_label(*label);
    out_.end_array();
    issues();
    pull_requests();
    statuses();
    check_runs();
    collaborators();
    milestones();
    tags();
    releases();
    commits();
    out_.end_object();
  }

 private:
  void facts() {
    const Repository* parent = repo_.parent == 0 ? nullptr : world_.repositories_by_id.find(repo_.parent);
    out_.field("id", repo_.id).field("owner", repo_.owner).field("name", repo_.name).field("full_name", full_name_);
    out_.field("description", repo_.description).field("private", repo_.is_private ? 1 : 0);
    out_.field("default_branch", repo_.default_branch).field("fork", repo_.parent == 0 ? 0 : 1);
    out_.field("parent_full_name", parent ? std::optional(parent->full_name()) : std::nullopt);
    out_.field("entity_counter", totals_of(world_, repo_.id).last_number);
    times(repo_.created_at, repo_.updated_at);
    out_.field("archived", repo_.archived).field("has_issues", repo_.has_issues).field("homepage", repo_.homepage);
    out_.key("topics").begin_array();
    for (const std::string& topic : repo_.topics) out_.value(topic);
    out_.end_array();
  }

  void branches() {
    out_.key("branches").begin_array();
    Id position = 0;
    for (const RefPtr& ref : refs_of(world_, repo_.id, kHeads)) {
      out_.begin_object();
      out_.field("id", ++position)
          .field("repo_id", repo_.id)
          .field("name", std::string_view(ref->name).substr(kHeads.size()));
      out_.field("head_sha", ref->target.hex());
      times(ref->updated_at, ref->updated_at);
      out_.end_object();
    }
    out_.end_array();
  }

  void files() {
    out_.key("files").begin_array();
    for (const RefPtr& ref : refs_of(world_, repo_.id, kHeads)) {
      const git::Commit* commit = world_.objects.commit(ref->target);
      if (!commit) continue;
      for (const git::FileEntry& file : world_.objects.list_files(commit->tree)) {
        write_file(std::string_view(ref->name).substr(kHeads.size()), file, ref->updated_at);
      }
    }
    out_.end_array();
  }

  void write_file(std::string_view branch, const git::FileEntry& file, Time updated_at) {
    const std::string* content = world_.objects.blob(file.id);
    const std::size_t size = content ? content->size() : 0;
    out_.begin_object();
    out_.field("repo_id", repo_.id).field("branch", branch).field("path", file.path).key("content");
    if (content && size <= kInlineContent) {
      out_.value(*content);
    } else {
      out_.null();
    }
    out_.field("sha", file.id.hex()).field("size", size).field("updated_at", time::iso8601(updated_at));
    out_.end_object();
  }

  void write_label(const Label& label) {
    out_.begin_object();
    out_.field("repo_id", repo_.id)
        .field("name", label.name)
        .field("color", label.color)
        .field("description", label.description);
    out_.field("id", label.id);
    out_.end_object();
  }

  void issues() {
    out_.key("issues").begin_array();
    for (const auto& entry : rows_of(world_.issues, repo_.id)) {
      if (!entry.row->is_pull_request) write_issue(*entry.row);
    }
    out_.end_array();
  }

  void write_issue(const Issue& issue) {
    out_.begin_object();
    out_.field("repo_id", repo_.id).field("number", issue.number).field("title", issue.title).field("body", issue.body);
    out_.field("state", state_name(issue.state)).field("user_login", issue.author);
    out_.field("assignee_login", issue.assignees.empty() ? std::nullopt : std::optional(issue.assignees.front()));
    times(issue.created_at, issue.updated_at);
    out_.field("closed_at", instant(issue.closed_at));
    labels_and_assignees(issue);
    comments(issue);
    issue_parts(issue);
    out_.field("id", issue.id);
    out_.field("state_reason",
               issue.state_reason ? std::optional(state_reason_name(*issue.state_reason)) : std::nullopt);
    out_.end_object();
  }

  /// What issues and pull requests share beyond the contract's first keys.
  void issue_parts(const Issue& issue) {
    out_.field("milestone_number", or_null(issue.milestone)).field("locked", issue.locked);
    out_.field("active_lock_reason",
               issue.lock_reason ? std::optional(lock_reason_name(*issue.lock_reason)) : std::nullopt);
    out_.field("closed_by_login", or_null(issue.closed_by));
    out_.field("author_association", association_name(association_of(world_, repo_.id, issue.author)));
  }

  void labels_and_assignees(const Issue& issue) {
    out_.key("labels").begin_array();
    for (const LabelPtr& label : labels_on(world_, issue)) write_label(*label);
    out_.end_array();
    out_.key("assignees").begin_array();
    for (const std::string& login : issue.assignees) out_.value(login);
    out_.end_array();
  }

  void comments(const Issue& issue) {
    out_.key("comments").begin_array();
    for (const auto& entry : rows_of(world_.comments, repo_.id, issue.number)) {
      const Comment& comment = *entry.row;
      out_.begin_object();
      out_.field("id", comment.id).field("repo_id", repo_.id).field("issue_number", comment.number);
      out_.field("body", comment.body).field("user_login", comment.author);
      times(comment.created_at, comment.updated_at);
      out_.end_object();
    }
    out_.end_array();
  }

  void pull_requests() {
    out_.key("pull_requests").begin_array();
    for (const auto& entry : rows_of(world_.pulls, repo_.id)) {
      if (const Issue* issue = world_.issues.find(entry.key)) write_pull(*entry.row, *issue);
    }
    out_.end_array();
  }

  void write_pull(const PullRequest& pull, const Issue& issue) {
    out_.begin_object();
    out_.field("repo_id", repo_.id).field("number", pull.number).field("title", issue.title).field("body", issue.body);
    out_.field("state", state_name(issue.state)).field("user_login", issue.author);
    out_.field("head_repo_id", pull.head.repo).field("head_ref", pull.head.ref).field("head_sha", pull.head.sha.hex());
    out_.field("base_repo_id", pull.base.repo).field("base_ref", pull.base.ref).field("base_sha", pull.base.sha.hex());
    out_.field("merged", pull.merged_at ? 1 : 0);
    out_.field("merge_commit_sha", pull.merge_commit ? std::optional(pull.merge_commit->hex()) : std::nullopt);
    times(issue.created_at, issue.updated_at);
    out_.field("closed_at", instant(issue.closed_at)).field("merged_at", instant(pull.merged_at));
    pull_files(pull);
    reviews(pull);
    review_comments(pull);
    comments(issue);
    labels_and_assignees(issue);
    issue_parts(issue);
    out_.field("id", pull.id).field("draft", pull.draft).field("merged_by_login", or_null(pull.merged_by));
    out_.key("requested_reviewers").begin_array();
    for (const std::string& login : pull.requested_reviewers) out_.value(login);
    out_.end_array();
    out_.end_object();
  }

  void pull_files(const PullRequest& pull) {
    const std::string head = pull.head.sha.hex();
    out_.key("files").begin_array();
    for (const ChangedFile& file : files_of(world_, pull)) {
      const std::string path = text::percent_encode(file.path, "/");
      out_.begin_object();
      out_.field("repo_id", repo_.id).field("pull_number", pull.number).field("filename", file.path);
      out_.field("status", file_status_name(file.status))
          .field("additions", file.additions)
          .field("deletions", file.deletions);
      out_.field("changes", file.additions + file.deletions);
      out_.field("blob_url", text::cat("https://github.com/", full_name_, "/blob/", head, "/", path));
      out_.field("raw_url", text::cat("https://github.com/", full_name_, "/raw/", head, "/", path));
      out_.field("contents_url",
                 text::cat("https://api.github.com/repos/", full_name_, "/contents/", path, "?ref=", head));
      out_.null_field("patch").field("previous_filename", or_null(file.previous_path)).field("sha", file.blob.hex());
      out_.end_object();
    }
    out_.end_array();
  }

  void reviews(const PullRequest& pull) {
    out_.key("reviews").begin_array();
    for (const auto& entry : rows_of(world_.reviews, repo_.id, pull.number)) {
      const Review& review = *entry.row;
      out_.begin_object();
      out_.field("id", review.id).field("repo_id", repo_.id).field("pull_number", pull.number);
      out_.field("user_login", review.author)
          .field("state", review_state_name(review.state))
          .field("body", review.body);
      out_.field("commit_sha", review.commit.hex()).field("submitted_at", instant(review.submitted_at));
      out_.end_object();
    }
    out_.end_array();
  }

  void review_comments(const PullRequest& pull) {
    out_.key("review_comments").begin_array();
    for (const auto& entry : rows_of(world_.review_comments, repo_.id, pull.number)) {
      const ReviewComment& comment = *entry.row;
      out_.begin_object();
      out_.field("id", comment.id)
          .field("repo_id", repo_.id)
          .field("pull_number", pull.number)
          .field("path", comment.path);
      out_.field("body", comment.body).field("user_login", comment.author);
      times(comment.created_at, comment.updated_at);
      out_.field("line", comment.line).field("side", comment.side == Side::right ? "RIGHT" : "LEFT");
      out_.field("commit_sha", comment.commit.hex()).field("in_reply_to_id", or_null(comment.in_reply_to));
      out_.field("pull_request_review_id", or_null(comment.review));
      out_.end_object();
    }
    out_.end_array();
  }

  void statuses() {
    out_.key("commit_statuses").begin_array();
    for (const auto& entry : rows_of(world_.statuses, repo_.id)) {
      const CommitStatus& status = *entry.row;
      out_.begin_object();
      out_.field("id", status.id).field("repo_id", repo_.id).field("sha", status.commit.hex());
      out_.field("state", status_state_name(status.state)).field("context", status.context);
      out_.field("description", status.description).field("target_url", status.target_url);
      times(status.created_at, status.updated_at);
      out_.field("creator_login", status.creator);
      out_.end_object();
    }
    out_.end_array();
  }

  void check_runs() {
    out_.key("check_runs").begin_array();
    for (const auto& entry : rows_of(world_.check_runs, repo_.id)) {
      const CheckRun& run = *entry.row;
      out_.begin_object();
      out_.field("id", run.id).field("repo_id", repo_.id).field("head_sha", run.commit.hex()).field("name", run.name);
      out_.field("status", check_status_name(run.status));
      out_.field("conclusion", run.conclusion ? std::optional(check_conclusion_name(*run.conclusion)) : std::nullopt);
      out_.field("details_url", run.details_url).field("external_id", run.external_id);
      out_.field("output_title", run.output_title).field("output_summary", run.output_summary);
      out_.field("started_at", instant(run.started_at)).field("completed_at", instant(run.completed_at));
      out_.end_object();
    }
    out_.end_array();
  }

  void collaborators() {
    out_.key("collaborators").begin_array();
    for (const auto& entry : rows_of(world_.collaborators, repo_.id)) {
      const Collaborator& row = *entry.row;
      out_.begin_object();
      out_.field("repo_id", repo_.id).field("login", row.login).field("permission", permission_word(row.role));
      out_.field("invitation_state", row.state == InvitationState::accepted ? "accepted" : "pending");
      out_.end_object();
    }
    out_.end_array();
  }

  void milestones() {
    out_.key("milestones").begin_array();
    for (const MilestonePtr& row : milestones_of(world_, repo_.id)) {
      const MilestoneTally tally = tally_of(world_, *row);
      out_.begin_object();
      out_.field("repo_id", repo_.id).field("number", row->number).field("id", row->id).field("title", row->title);
      out_.field("description", row->description)
          .field("state", state_name(row->state))
          .field("creator_login", row->creator);
      out_.field("open_issues", tally.open).field("closed_issues", tally.closed).field("due_on", instant(row->due_on));
      times(row->created_at, row->updated_at);
      out_.field("closed_at", instant(row->closed_at));
      out_.end_object();
    }
    out_.end_array();
  }

  void tags() {
    out_.key("tags").begin_array();
    for (const RefPtr& ref : refs_of(world_, repo_.id, kTags)) {
      out_.begin_object();
      out_.field("repo_id", repo_.id).field("name", std::string_view(ref->name).substr(kTags.size()));
      out_.field("commit_sha", ref->target.hex());
      out_.end_object();
    }
    out_.end_array();
  }

  void releases() {
    out_.key("releases").begin_array();
    for (const auto& entry : rows_of(world_.releases, repo_.id)) {
      const Release& row = *entry.row;
      out_.begin_object();
      out_.field("repo_id", repo_.id).field("id", row.id).field("tag_name", row.tag_name);
      out_.field("target_commitish", row.target_commitish).field("name", row.name).field("body", row.body);
      out_.field("draft", row.draft).field("prerelease", row.prerelease).field("author_login", row.author);
      out_.field("created_at", time::iso8601(row.created_at)).field("published_at", instant(row.published_at));
      out_.end_object();
    }
    out_.end_array();
  }

  /// Every commit a branch or tag reaches, once, ref by ref, newest first.
  void commits() {
    std::vector<git::ObjectId> seen;
    out_.key("commits").begin_array();
    for (const RefPtr& ref : refs_of(world_, repo_.id, "refs/")) {
      for (const git::ObjectId& id : history(world_, ref->target)) {
        const auto place = std::lower_bound(seen.begin(), seen.end(), id);
        if (place != seen.end() && *place == id) continue;
        seen.insert(place, id);
        write_commit(id, *world_.objects.commit(id));
      }
    }
    out_.end_array();
  }

  void write_commit(const git::ObjectId& id, const git::Commit& commit) {
    out_.begin_object();
    out_.field("repo_id", repo_.id).field("sha", id.hex()).field("message", commit.message);
    out_.field("author_login", or_null(login_of(commit.author)))
        .field("committer_login", or_null(login_of(commit.committer)));
    out_.field("tree_sha", commit.tree.hex()).key("parents").begin_array();
    for (const git::ObjectId& parent : commit.parents) out_.value(parent.hex());
    out_.end_array();
    out_.field("created_at", time::iso8601(commit.committer.time));
    out_.end_object();
  }

  void times(Time created_at, Time updated_at) {
    out_.field("created_at", time::iso8601(created_at)).field("updated_at", time::iso8601(updated_at));
  }

  JsonWriter& out_;
  const World& world_;
  const Repository& repo_;
  std::string full_name_;
};

void write_users(JsonWriter& out, const World& world) {
  out.key("users").begin_array();
  for (const auto& entry : world.users) {
    const User& user = *entry.row;
    out.begin_object();
    out.field("login", user.login)
        .field("id", user.id)
        .field("type", user.type == UserType::user ? "User" : "Organization");
    out.field("name", user.name);
    out.end_object();
  }
  out.end_array();
}

}  // namespace

std::string export_state(const World& world) {
  std::string text;
  text.reserve(4096);
  JsonWriter out(text);
  out.begin_object();
  out.key("repositories").begin_array();
  for (const auto& entry : world.repositories) RepositoryExport(out, world, *entry.row).write();
  out.end_array();
  write_users(out, world);
  out.field("clock", time::iso8601(world.now));
  out.end_object();
  return text;
}

}  // namespace pome::twin::github::model
