#include "core/twin/github/model/file_edit.h"

#include "core/base/text.h"
#include "core/git/tree_edit.h"
#include "core/twin/github/model/protection.h"
#include "core/twin/github/model/push.h"
#include "core/twin/github/model/store.h"

namespace pome::twin::github::model {
namespace {

/// Slashes at either end and doubled ones do not count.
std::string tidy_path(std::string_view path) {
  std::string out;
  for (const std::string_view segment : text::split(path, '/')) {
    if (segment.empty()) continue;
    if (!out.empty()) out.push_back('/');
    out.append(segment);
  }
  return out;
}

/// A file stands where the path needs a folder.
bool is_blocked(const git::ObjectStore& store, const git::ObjectId& root, std::string_view path) {
  for (std::size_t slash = path.find('/'); slash != std::string_view::npos; slash = path.find('/', slash + 1)) {
    const auto entry = store.find(root, path.substr(0, slash));
    if (entry && entry->mode != git::Mode::tree) return true;
  }
  return false;
}

Refused check_present(const FileEdit& edit, const std::string& path, const git::TreeEntry& entry) {
  if (!edit.sha) return unprocessable("Invalid request.\n\n\"sha\" wasn't supplied.");
  if (text::to_lower(*edit.sha) != entry.id.hex()) return conflict(text::cat(path, " does not match ", *edit.sha));
  if (entry.mode == git::Mode::tree) return unprocessable(text::cat(path, " is a directory"));
  return std::nullopt;
}

Refused check_path(const git::ObjectStore& store, const git::ObjectId& tree, const FileEdit& edit,
                   const std::string& path) {
  if (!git::is_valid_path(path)) return unprocessable("path contains a malformed path component");
  const auto entry = store.find(tree, path);
  if (entry) return check_present(edit, path, *entry);
  if (!edit.content) return not_found();
  if (is_blocked(store, tree, path)) {
    return unprocessable("A file exists where you're trying to create a subdirectory.");
  }
  return std::nullopt;
}

git::ObjectId store_commit(Action& action, const FileEdit& edit, const git::ObjectId& tree, const RefPtr& branch,
                           Time now) {
  git::Commit commit;
  commit.tree = tree;
  if (branch) commit.parents.push_back(branch->target);
  const git::Signature actor = signature_of(action.world, action.actor, now);
  commit.committer = edit.people.committer ? signature_of(*edit.people.committer, now) : actor;
  commit.author = edit.people.author ? signature_of(*edit.people.author, now) : commit.committer;
  commit.message = edit.message;
  return action.world.objects.put_commit(std::move(commit));
}

}  // namespace

git::Signature signature_of(const Person& person, Time now) {
  return git::cleaned({person.name, person.email, person.date.value_or(now), person.offset_minutes});
}

Ruling<EditedFile> edit_file(Action& action, Id repo, const FileEdit& edit) {
  World& world = action.world;
  if (const Refused refused = check_pusher(action, repo)) return refused;
  const Repository& row = *world.repositories_by_id.find(repo);
  EditedFile out;
  out.branch = edit.branch.empty() ? row.default_branch : edit.branch;
  if (out.branch.substr(0, kHeads.size()) == kHeads) out.branch.erase(0, kHeads.size());
  const RefPtr branch = find_branch(world, repo, out.branch);
  if (!branch && (!branch_heads(world, repo).empty() || !edit.content)) {
    return not_found_because(text::cat("Branch ", out.branch, " not found"));
  }
  const git::ObjectId root = branch ? world.objects.commit(branch->target)->tree : git::empty_tree_id();
  out.path = tidy_path(edit.path);
  if (const Refused refused = check_path(world.objects, root, edit, out.path)) return refused;
  const auto before = world.objects.find(root, out.path);
  out.created = !before;
  const Time now = begin_mutation(action);
  git::TreeChange change = git::TreeChange::removal(out.path);
  if (edit.content) {
    const git::Mode mode = before ? before->mode : git::Mode::file;
    change = {out.path, mode, world.objects.put_blob(edit.content), false};
  }
  const git::ObjectId tree = git::apply_tree_changes(world.objects, root, {change});
  out.commit = store_commit(action, edit, tree, branch, now);
  out.entry = world.objects.find(tree, out.path);
  const auto target = branch ? std::optional(branch->target) : std::nullopt;
  const std::string problem = push_obstacle(action, repo, out.branch, {target, out.commit});
  if (!problem.empty()) {
    return conflict(text::cat("Could not ",
                              !edit.content ? "delete"
                              : out.created ? "create"
                                            : "update",
                              " file: ", problem));
  }
  move_ref(action, repo, text::cat(kHeads, out.branch), out.commit, now);
  return out;
}

}  // namespace pome::twin::github::model
