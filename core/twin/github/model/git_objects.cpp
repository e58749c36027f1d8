#include "core/twin/github/model/git_objects.h"

#include "core/base/text.h"
#include "core/git/tree_edit.h"
#include "core/twin/github/model/kept_object.h"
#include "core/twin/github/model/push.h"
#include "core/twin/github/model/store.h"

namespace pome::twin::github::model {
namespace {

Refused bad_sha(std::string_view name) {
  return unprocessable(text::cat("The ", name, " parameter must be exactly 40 characters and contain only [0-9a-f]."));
}

std::string_view type_of(git::Mode mode) {
  if (mode == git::Mode::tree) return "tree";
  return mode == git::Mode::commit ? "commit" : "blob";
}

/// The mode and object of an entry, or what is wrong with it.
Ruling<git::TreeChange> change_of(World& world, Id repo, const NewTreeEntry& entry) {
  if (!git::is_valid_path(entry.path)) return unprocessable("tree.path contains a malformed path component");
  if (entry.sha && !*entry.sha && !entry.content) return git::TreeChange::removal(entry.path);
  const std::optional<git::Mode> mode = git::mode_of_text(entry.mode == "040000" ? "40000" : entry.mode);
  if (!mode) return unprocessable(text::cat("tree.mode is invalid: ", entry.mode));
  if (entry.type && *entry.type != type_of(*mode)) {
    return unprocessable(text::cat("tree.type ", *entry.type, " does not fit tree.mode ", entry.mode));
  }
  if (entry.content) {
    if (entry.sha) return unprocessable("Must supply either tree.sha or tree.content, not both");
    if (*mode == git::Mode::tree || *mode == git::Mode::commit) {
      return unprocessable("tree.content is only supported for blobs");
    }
    const git::ObjectId id = world.objects.put_blob(std::make_shared<const std::string>(*entry.content));
    return git::TreeChange{entry.path, *mode, id, false};
  }
  if (!entry.sha) return unprocessable("Must supply tree.sha or tree.content");
  const std::optional<git::ObjectId> id = git::ObjectId::from_hex(**entry.sha);
  if (!id) return bad_sha("tree.sha");
  if (*mode == git::Mode::commit) return git::TreeChange{entry.path, *mode, *id, false};
  const git::ObjectType type = *mode == git::Mode::tree ? git::ObjectType::tree : git::ObjectType::blob;
  if (!has_object_of(world, repo, *id, type)) {
    return unprocessable(text::cat("tree.sha ", **entry.sha, " is not a valid ", git::type_name(type)));
  }
  return git::TreeChange{entry.path, *mode, *id, false};
}

/// The tree an entry stands on: a tree, or a commit's.
Ruling<git::ObjectId> base_of(const World& world, Id repo, const std::optional<std::string>& base_tree) {
  if (!base_tree) return git::empty_tree_id();
  const std::optional<git::ObjectId> id = git::ObjectId::from_hex(*base_tree);
  if (!id) return bad_sha("base_tree");
  if (!has_object(world, repo, *id)) return unprocessable("base_tree is not a valid tree");
  if (const git::Commit* commit = world.objects.commit(*id)) return commit->tree;
  if (world.objects.tree(*id)) return *id;
  return unprocessable("base_tree is not a valid tree");
}

/// The signature as a commit header: every further line starts with a blank.
std::string signature_header(std::string_view signature) {
  if (!signature.empty() && signature.back() == '\n') signature.remove_suffix(1);
  return text::cat("gpgsig ", text::replace_all(std::string(signature), "\n", "\n "), "\n");
}

}  // namespace

bool has_object_of(const World& world, Id repo, const git::ObjectId& id, git::ObjectType type) {
  return world.objects.type(id) == type && has_object(world, repo, id);
}

Ruling<git::ObjectId> create_blob(Action& action, Id repo, git::Blob content) {
  if (const Refused refused = check_pusher(action, repo)) return refused;
  begin_mutation(action);
  const git::ObjectId id = action.world.objects.put_blob(std::move(content));
  keep_object(action, repo, id);
  return id;
}

Ruling<git::ObjectId> create_tree(Action& action, Id repo, const std::optional<std::string>& base_tree,
                                  const std::vector<NewTreeEntry>& entries) {
  World& world = action.world;
  if (const Refused refused = check_pusher(action, repo)) return refused;
  if (entries.empty()) return unprocessable("Invalid tree info");
  const Ruling<git::ObjectId> base = base_of(world, repo, base_tree);
  if (!base) return base.refused();
  begin_mutation(action);
  std::vector<git::TreeChange> changes;
  for (const NewTreeEntry& entry : entries) {
    const Ruling<git::TreeChange> change = change_of(world, repo, entry);
    if (!change) return change.refused();
    changes.push_back(*change);
  }
  const Result<git::ObjectId> tree = git::edit_tree(world.objects, *base, changes);
  if (!tree) return unprocessable("GitRPC::BadObjectState");
  keep_object(action, repo, *tree);
  return *tree;
}

Ruling<git::ObjectId> create_commit(Action& action, Id repo, const NewCommit& input) {
  World& world = action.world;
  if (const Refused refused = check_pusher(action, repo)) return refused;
  git::Commit commit;
  const std::optional<git::ObjectId> tree = git::ObjectId::from_hex(input.tree);
  if (!tree) return bad_sha("tree");
  if (!has_object_of(world, repo, *tree, git::ObjectType::tree)) return unprocessable("Tree SHA does not exist");
  commit.tree = *tree;
  for (const std::string& parent : input.parents) {
    const std::optional<git::ObjectId> id = git::ObjectId::from_hex(parent);
    if (!id) return bad_sha("parents");
    if (!has_object_of(world, repo, *id, git::ObjectType::commit)) {
      return unprocessable("Parent SHA does not exist or is not a commit object");
    }
    commit.parents.push_back(*id);
  }
  const Time now = begin_mutation(action);
  const CommitPeople& people = input.people;
  commit.author = people.author ? signature_of(*people.author, now) : signature_of(world, action.actor, now);
  commit.committer = people.committer ? signature_of(*people.committer, now) : commit.author;
  commit.message = input.message;
  if (input.signature && !text::trim(*input.signature).empty()) {
    commit.extra_headers = signature_header(*input.signature);
  }
  const git::ObjectId id = world.objects.put_commit(std::move(commit));
  keep_object(action, repo, id);
  return id;
}

Ruling<git::ObjectId> create_tag(Action& action, Id repo, const NewTag& input) {
  World& world = action.world;
  if (const Refused refused = check_pusher(action, repo)) return refused;
  if (!git::is_valid_ref_name(input.name)) return unprocessable(text::cat(input.name, " is not a valid tag name."));
  const std::optional<git::ObjectId> object = git::ObjectId::from_hex(input.object);
  if (!object) return bad_sha("object");
  const std::optional<git::ObjectType> type = git::type_of_name(input.type);
  if (!type || !has_object_of(world, repo, *object, *type)) {
    return unprocessable(text::cat("object ", input.object, " is not a valid ", input.type));
  }
  const Time now = begin_mutation(action);
  git::Tag tag;
  tag.object = *object;
  tag.type = *type;
  tag.name = input.name;
  tag.tagger = input.tagger ? signature_of(*input.tagger, now) : signature_of(world, action.actor, now);
  tag.message = input.message;
  const git::ObjectId id = world.objects.put_tag(std::move(tag));
  keep_object(action, repo, id);
  return id;
}

}  // namespace pome::twin::github::model
