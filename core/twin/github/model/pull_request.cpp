#include "core/twin/github/model/pull_request.h"

#include <set>

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

}  // namespace

const RowKind PullRequest::kind = row_kind<&World::pulls, write_pull_request>("pull_request");

std::string_view file_status_name(FileStatus status) {
  switch (status) {
    case FileStatus::added:
      return "added";
    case FileStatus::modified:
      return "modified";
    case FileStatus::removed:
      return "removed";
    case FileStatus::renamed:
      return "renamed";
  }
  return "modified";
}

PullRequestPtr find_pull_request(const World& world, Id repo, Id number) {
  return world.pulls.get(NumberKey{repo, number});
}

std::optional<git::ObjectId> merge_base(const World& world, const git::ObjectId& a, const git::ObjectId& b) {
  const std::vector<git::ObjectId> left = history(world, a);
  const std::set<git::ObjectId> ancestors(left.begin(), left.end());
  // Newest first, so the first shared commit is the best one unless clocks disagree with the graph, which the virtual
  // clock rules out.
  for (const git::ObjectId& id : history(world, b)) {
    if (ancestors.count(id) != 0) return id;
  }
  return std::nullopt;
}

std::vector<ChangedFile> files_of(const World& world, const PullRequest& pull) {
  const std::optional<git::ObjectId> base = merge_base(world, pull.base.sha, pull.head.sha);
  return changed_files(world, base.value_or(pull.base.sha), pull.head.sha);
}

}  // namespace pome::twin::github::model
