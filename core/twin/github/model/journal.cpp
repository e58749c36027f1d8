#include "core/twin/github/model/journal.h"

#include <algorithm>

#include "core/base/json_writer.h"
#include "core/base/time.h"
#include "core/twin/github/model/world.h"

namespace pome::twin::github::model {
namespace {

std::optional<std::string> instant(const std::optional<Time>& at) {
  return at ? std::optional(time::iso8601(*at)) : std::nullopt;
}

/// Writes rows in the shapes of the recorder contract, as `world` knew them.
class DeltaWriter {
 public:
  DeltaWriter(JsonWriter& out, const World& world, Aspect aspect) : out_(out), world_(world), aspect_(aspect) {}

  void write(const Issue& row) {
    out_.begin_object();
    repo(row.repo);
    if (aspect_ == Aspect::row) {
      issue_row(row);
    } else {
      out_.field("issue_number", row.number);
      if (aspect_ == Aspect::labels) labels(row);
      if (aspect_ == Aspect::assignees) assignees(row);
    }
    out_.end_object();
  }

  void write(const Comment& row) {
    out_.begin_object();
    repo(row.repo);
    out_.field("id", row.id).field("issue_number", row.number).field("body", row.body).field("user_login", row.author);
    times(row.created_at, row.updated_at);
    out_.end_object();
  }

  void write(const Label& row) {
    out_.begin_object();
    repo(row.repo);
    out_.field("name", row.name).field("color", row.color).field("description", row.description);
    out_.end_object();
  }

  void write(const Milestone& row) {
    out_.begin_object();
    repo(row.repo);
    out_.field("number", row.number).field("title", row.title).field("description", row.description);
    out_.field("state", state_name(row.state)).field("creator_login", row.creator).field("due_on", instant(row.due_on));
    times(row.created_at, row.updated_at);
    out_.field("closed_at", instant(row.closed_at));
    out_.end_object();
  }

  void write(const Collaborator& row) {
    out_.begin_object();
    repo(row.repo);
    out_.field("login", row.login);
    out_.field("invitation_state", row.state == InvitationState::accepted ? "accepted" : "pending");
    out_.field("permission", permission_word(row.role));
    out_.end_object();
  }

  void write(const Repository& row) {
    const Repository* parent = row.parent == 0 ? nullptr : world_.repositories_by_id.find(row.parent);
    out_.begin_object();
    out_.field("owner", row.owner).field("name", row.name).field("full_name", row.full_name());
    out_.field("description", row.description)
        .field("private", row.is_private)
        .field("default_branch", row.default_branch);
    out_.field("fork", row.parent != 0);
    out_.field("parent_full_name", parent ? std::optional(parent->full_name()) : std::nullopt);
    times(row.created_at, row.updated_at);
    out_.end_object();
  }

  void write(const User& row) {
    out_.begin_object();
    out_.field("login", row.login)
        .field("type", row.type == UserType::user ? "User" : "Organization")
        .field("name", row.name);
    out_.end_object();
  }

  void write(const PullRequest& row) {
    out_.begin_object();
    repo(row.repo);
    out_.field("number", row.number);
    if (const Issue* issue = world_.issues.find(NumberKey{row.repo, row.number})) {
      out_.field("title", issue->title).field("body", issue->body).field("state", state_name(issue->state));
      out_.field("user_login", issue->author);
    }
    out_.field("head_ref", row.head.ref).field("head_sha", row.head.sha.hex());
    out_.field("base_ref", row.base.ref).field("base_sha", row.base.sha.hex());
    out_.field("merged", row.merged_at.has_value());
    out_.field("merge_commit_sha", row.merge_commit ? std::optional(row.merge_commit->hex()) : std::nullopt);
    if (const Issue* issue = world_.issues.find(NumberKey{row.repo, row.number})) {
      times(issue->created_at, issue->updated_at);
      out_.field("closed_at", instant(issue->closed_at));
    }
    out_.field("merged_at", instant(row.merged_at));
    out_.end_object();
  }

  void write(const Review& row) {
    out_.begin_object();
    repo(row.repo);
    out_.field("pull_number", row.number).field("id", row.id).field("user_login", row.author);
    out_.field("state", review_state_name(row.state)).field("body", row.body).field("commit_sha", row.commit.hex());
    out_.field("submitted_at", instant(row.submitted_at));
    out_.end_object();
  }

  void write(const ReviewComment& row) {
    out_.begin_object();
    repo(row.repo);
    out_.field("pull_number", row.number).field("id", row.id).field("path", row.path).field("body", row.body);
    out_.field("user_login", row.author)
        .field("line", row.line)
        .field("side", row.side == Side::right ? "RIGHT" : "LEFT");
    out_.field("commit_sha", row.commit.hex());
    out_.field("in_reply_to_id", row.in_reply_to == 0 ? std::nullopt : std::optional(row.in_reply_to));
    times(row.created_at, row.updated_at);
    out_.end_object();
  }

  void write(const CommitStatus& row) {
    out_.begin_object();
    repo(row.repo);
    out_.field("id", row.id).field("sha", row.commit.hex());
    out_.field("state", status_state_name(row.state)).field("context", row.context);
    out_.end_object();
  }

  void write(const CheckRun& row) {
    out_.begin_object();
    repo(row.repo);
    out_.field("id", row.id).field("head_sha", row.commit.hex()).field("name", row.name);
    out_.field("status", check_status_name(row.status));
    out_.field("conclusion", row.conclusion ? std::optional(check_conclusion_name(*row.conclusion)) : std::nullopt);
    out_.end_object();
  }

  void write(const Ref& row) {
    out_.begin_object();
    repo(row.repo);
    const std::string_view name = row.name;
    const bool branch = name.substr(0, kHeads.size()) == kHeads;
    out_.field("name", branch ? name.substr(kHeads.size()) : name).field("head_sha", row.target.hex());
    out_.field("updated_at", time::iso8601(row.updated_at));
    out_.end_object();
  }

  void write(const Release& row) {
    out_.begin_object();
    repo(row.repo);
    out_.field("id", row.id).field("tag_name", row.tag_name).field("target_commitish", row.target_commitish);
    out_.field("name", row.name).field("body", row.body).field("draft", row.draft).field("prerelease", row.prerelease);
    out_.field("author_login", row.author).field("created_at", time::iso8601(row.created_at));
    out_.field("published_at", instant(row.published_at));
    out_.end_object();
  }

 private:
  void repo(Id id) {
    const Repository* row = world_.repositories_by_id.find(id);
    out_.field("repo", row ? row->full_name() : std::string());
  }

  void times(Time created_at, Time updated_at) {
    out_.field("created_at", time::iso8601(created_at)).field("updated_at", time::iso8601(updated_at));
  }

  void labels(const Issue& row) {
    out_.key("labels").begin_array();
    for (const LabelPtr& label : labels_on(world_, row)) out_.value(label->name);
    out_.end_array();
  }

  void assignees(const Issue& row) {
    out_.key("assignees").begin_array();
    for (const std::string& login : row.assignees) out_.value(login);
    out_.end_array();
  }

  void issue_row(const Issue& row) {
    out_.field("number", row.number)
        .field("title", row.title)
        .field("body", row.body)
        .field("state", state_name(row.state));
    out_.field("state_reason", row.state_reason ? std::optional(state_reason_name(*row.state_reason)) : std::nullopt);
    out_.field("user_login", row.author);
    out_.field("assignee_login", row.assignees.empty() ? std::nullopt : std::optional(row.assignees.front()));
    labels(row);
    assignees(row);
    out_.field("milestone_number", row.milestone == 0 ? std::nullopt : std::optional(row.milestone));
    out_.field("locked", row.locked);
    times(row.created_at, row.updated_at);
    out_.field("closed_at", instant(row.closed_at));
  }

  JsonWriter& out_;
  const World& world_;
  Aspect aspect_;
};

template <class Row>
void write_side(JsonWriter& out, std::string_view name, const World& world, const std::shared_ptr<const Row>& row,
                Aspect aspect) {
  out.key(name);
  if (row) {
    DeltaWriter(out, world, aspect).write(*row);
  } else {
    out.null();
  }
}

struct KindName {
  std::string_view operator()(const Edit<Issue>&) const { return "issue"; }
  std::string_view operator()(const Edit<Comment>&) const { return "comment"; }
  std::string_view operator()(const Edit<Label>&) const { return "label"; }
  std::string_view operator()(const Edit<Milestone>&) const { return "milestone"; }
  std::string_view operator()(const Edit<Collaborator>&) const { return "collaborator"; }
  std::string_view operator()(const Edit<Repository>&) const { return "repository"; }
  std::string_view operator()(const Edit<User>&) const { return "user"; }
  std::string_view operator()(const Edit<PullRequest>&) const { return "pull_request"; }
  std::string_view operator()(const Edit<Review>&) const { return "review"; }
  std::string_view operator()(const Edit<ReviewComment>&) const { return "review_comment"; }
  std::string_view operator()(const Edit<CommitStatus>&) const { return "commit_status"; }
  std::string_view operator()(const Edit<CheckRun>&) const { return "check_run"; }
  std::string_view operator()(const Edit<Ref>&) const { return "ref"; }
  std::string_view operator()(const Edit<Release>&) const { return "release"; }
};

}  // namespace

std::string_view kind_of(const Change& change) { return std::visit(KindName{}, change.rows); }

void write_state_delta(JsonWriter& out, const World& before, const World& after, const Journal& journal) {
  const auto change =
      std::find_if(journal.begin(), journal.end(), [](const Change& candidate) { return candidate.asked; });
  if (change == journal.end()) {
    out.null();
    return;
  }
  out.begin_object();
  const auto write_sides = [&](const auto& edit) {
    write_side(out, "before", before, edit.before, change->aspect);
    write_side(out, "after", after, edit.after, change->aspect);
  };
  std::visit(write_sides, change->rows);
  out.end_object();
}

}  // namespace pome::twin::github::model
