#include <vector>

#include "core/base/time.h"
#include "core/git/diff_trees.h"
#include "core/git/graph.h"
#include "core/twin/github/rest/hook_events.h"
#include "core/twin/github/rest/shapes.h"

/// The payload of push events.
namespace pome::twin::github::rest {

namespace {

constexpr std::size_t kMostCommits = 2048;

void write_person(JsonWriter& json, std::string_view name, const git::Signature& person) {
  json.key(name).begin_object().field("name", person.name).field("email", person.email);
  const std::string_view login = model::login_of(person);
  if (!login.empty()) json.field("username", login);
  json.end_object();
}

void write_paths(JsonWriter& json, std::string_view name, const std::vector<git::FileChange>& changes,
                 git::FileStatus status) {
  json.key(name).begin_array();
  for (const git::FileChange& change : changes) {
    const bool type_change = change.status == git::FileStatus::type_changed && status == git::FileStatus::modified;
    if (change.status == status || type_change) json.value(change.path);
  }
  json.end_array();
}

void write_commit(JsonWriter& json, const Context& context, const git::ObjectId& id) {
  const git::ObjectStore& objects = context.world.objects;
  const git::Commit* commit = objects.commit(id);
  if (!commit) {
    json.null();
    return;
  }
  const git::Commit* parent = commit->parents.empty() ? nullptr : objects.commit(commit->parents.front());
  git::DiffOptions options;
  options.renames = false;
  const std::vector<git::FileChange> changes =
      git::diff_trees(objects, parent ? parent->tree : git::empty_tree_id(), commit->tree, options);
  json.begin_object().field("id", id.hex()).field("tree_id", commit->tree.hex()).field("distinct", true);
  json.field("message", text::trim_right(commit->message));
  json.field("timestamp", time::iso8601(commit->committer.time));
  link(json, "url", web_url(*context.repository), "/commit/", id.hex());
  write_person(json, "author", commit->author);
  write_person(json, "committer", commit->committer);
  write_paths(json, "added", changes, git::FileStatus::added);
  write_paths(json, "removed", changes, git::FileStatus::removed);
  write_paths(json, "modified", changes, git::FileStatus::modified);
  json.end_object();
}

}  // namespace

void write_push(JsonWriter& json, const Context& context, std::string_view ref, const git::ObjectId& before,
                const git::ObjectId& after) {
  const git::ObjectStore& objects = context.world.objects;
  const bool both = !before.is_null() && !after.is_null();
  std::vector<git::ObjectId> commits;
  if (both) commits = git::commits_between(objects, before, after);
  if (commits.size() > kMostCommits) commits.resize(kMostCommits);
  const model::UserPtr pusher = model::user_or_stranger(context.world, context.call.login);
  json.field("ref", ref).field("before", before.hex()).field("after", after.hex());
  json.field("created", before.is_null()).field("deleted", after.is_null());
  json.field("forced", both && !git::is_ancestor(objects, before, after)).null_field("base_ref");
  link(json, "compare", web_url(*context.repository), "/compare/", before.hex().substr(0, 12), "...",
       after.hex().substr(0, 12));
  json.key("commits").begin_array();
  for (const git::ObjectId& id : commits) write_commit(json, context, id);
  json.end_array().key("head_commit");
  write_commit(json, context, after);
  json.key("pusher").begin_object().field("name", pusher->login);
  json.field("email", model::signature_of(context.world, pusher->login, 0).email).end_object();
}

}  // namespace pome::twin::github::rest
