#include "core/git/graph.h"
#include "core/twin/github/model/row_writer.h"
#include "core/twin/github/model/state_export.h"

/// What the refs of a repository hold, in the state export.
namespace pome::twin::github::model {
namespace {

void export_file(JsonWriter& out, const World& world, const Ref& branch, const git::FileEntry& file) {
  const std::string* content = world.objects.blob(file.id);
  const std::size_t size = content ? content->size() : 0;
  out.begin_object().field("repo_id", branch.repo);
  out.field("branch", std::string_view(branch.name).substr(kHeads.size())).field("path", file.path).key("content");
  if (content && size <= kInlineContent) {
    out.value(*content);
  } else {
    out.null();
  }
  out.field("sha", file.id.hex()).field("size", size);
  time_field(out, "updated_at", branch.updated_at);
  out.end_object();
}

void export_commit(JsonWriter& out, Id repo, const git::ObjectId& id, const git::Commit& commit) {
  out.begin_object().field("repo_id", repo).field("sha", id.hex()).field("message", commit.message);
  out.field("author_login", or_null(login_of(commit.author)));
  out.field("committer_login", or_null(login_of(commit.committer)));
  out.field("tree_sha", commit.tree.hex()).key("parents").begin_array();
  for (const git::ObjectId& parent : commit.parents) out.value(parent.hex());
  out.end_array();
  time_field(out, "created_at", commit.committer.time);
  out.end_object();
}

}  // namespace

void export_files(JsonWriter& out, const World& world, const Repository& repo) {
  for (const RefPtr& branch : refs_of(world, repo.id, kHeads)) {
    const git::Commit* commit = world.objects.commit(branch->target);
    if (!commit) continue;
    for (const git::FileEntry& file : world.objects.list_files(commit->tree)) export_file(out, world, *branch, file);
  }
}

/// Every commit a branch or tag reaches, once, ref by ref, newest first.
void export_commits(JsonWriter& out, const World& world, const Repository& repo) {
  git::HistoryOptions known;
  for (const RefPtr& ref : refs_of(world, repo.id, "refs/")) {
    const std::optional<git::ObjectId> head = commit_of(world, *ref);
    if (!head) continue;
    git::History walk(world.objects, {*head}, known);
    while (const std::optional<git::ObjectId> id = walk.next()) {
      export_commit(out, repo.id, *id, *world.objects.commit(*id));
    }
    known.exclude.push_back(*head);
  }
}

}  // namespace pome::twin::github::model
