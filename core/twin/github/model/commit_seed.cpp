#include "core/base/text.h"
#include "core/git/merge.h"
#include "core/git/tree_edit.h"
#include "core/twin/github/model/seed_builder.h"
#include "core/twin/github/model/store.h"

/// A repository's "commits": histories of any shape on top of its "files", in the order they were made.
namespace pome::twin::github::model {
namespace {

/// A login, or {"name", "email"} for somebody without an account.
git::Signature read_person(Seeding& seed, const Node& node, std::string_view key, Time time) {
  const Node member = node.member(key);
  if (!member.value().is_object()) return signature_of(seed.world, seed.author(node, {key}), time);
  if (!member.is_object("name email")) return {};
  return git::cleaned({member.required_text("name"), member.required_text("email"), time, 0});
}

/// The change one entry of "files" makes on `tree`, or nothing and a note. A move also takes the source away.
std::optional<git::TreeChange> read_change(Seeding& seed, const Node& node, const git::ObjectId& tree,
                                           std::vector<git::TreeChange>& changes) {
  git::ObjectStore& objects = seed.world.objects;
  const std::string path = node.text("path", "");
  if (node.has("submodule")) {
    const auto id = git::ObjectId::from_hex(node.text("submodule", ""));
    if (id) return git::TreeChange{path, git::Mode::commit, *id, false};
    node.error_at("submodule", "bad-value", "A submodule is written as the 40 digits of its commit.");
    return std::nullopt;
  }
  if (node.has("renamed_from")) {
    const std::string source = node.text("renamed_from", "");
    const auto entry = objects.find(tree, source);
    if (!entry) {
      node.error_at("renamed_from", "unknown-file", text::cat("There is no file \"", source, "\" to move."));
      return std::nullopt;
    }
    changes.push_back(git::TreeChange::removal(source));
    return git::TreeChange{path, entry->mode, entry->id, false};
  }
  const std::optional<git::NewFile> file = read_file(node);
  if (!file) return std::nullopt;
  return git::TreeChange{path, file->mode, objects.put_blob(file->content), false};
}

/// Where a commit stands: its parents, and the tree it starts from.
struct Ground {
  std::vector<git::ObjectId> parents;
  git::ObjectId tree = git::empty_tree_id();
};

/// The branch's head; of a new branch what "from" names (the default branch). With "merge" also that branch's head.
std::optional<Ground> read_ground(Seeding& seed, const Repository& repo, const Node& node, const std::string& branch) {
  World& world = seed.world;
  Ground out;
  if (const RefPtr head = find_branch(world, repo.id, branch)) {
    out.parents.push_back(head->target);
  } else if (node.has("from") || !branch_heads(world, repo.id).empty()) {
    const auto start = target_commit(seed, repo, node, "from");
    if (!start) return std::nullopt;
    out.parents.push_back(*start);
  }
  if (out.parents.empty()) return out;
  out.tree = world.objects.commit(out.parents.front())->tree;
  if (!node.has("merge")) return out;
  const auto merged = target_commit(seed, repo, node, "merge");
  if (!merged) return std::nullopt;
  out.tree = git::merge_commits(world.objects, out.parents.front(), *merged).tree;
  out.parents.push_back(*merged);
  return out;
}

std::vector<git::TreeChange> read_changes(Seeding& seed, const Node& node, const git::ObjectId& tree) {
  std::vector<git::TreeChange> changes;
  node.each("files", [&](const Node& file) {
    if (!check_file(file)) return;
    if (auto change = read_change(seed, file, tree, changes)) changes.push_back(std::move(*change));
  });
  node.each("delete", [&](const Node& entry) {
    const std::string path = entry.as_text();
    if (seed.world.objects.find(tree, path)) return changes.push_back(git::TreeChange::removal(path));
    if (!path.empty()) entry.error("unknown-file", text::cat("There is no file \"", path, "\" to delete."));
  });
  return changes;
}

void seed_commit(Seeding& seed, const Repository& repo, const Node& node) {
  if (!node.is_object("branch from message author committer date files delete merge")) return;
  World& world = seed.world;
  const std::string branch = node.text("branch", repo.default_branch);
  const std::string message = node.required_text("message");
  if (!check_ref_name(node, "branch")) return;
  const std::optional<Ground> ground = read_ground(seed, repo, node, branch);
  if (!ground) return;
  const Time date = node.instant("date").value_or(world.epoch);
  git::Commit commit;
  commit.author = read_person(seed, node, "author", date);
  commit.committer = node.has("committer") ? read_person(seed, node, "committer", date) : commit.author;
  commit.message = message;
  commit.parents = ground->parents;
  commit.tree = git::apply_tree_changes(world.objects, ground->tree, read_changes(seed, node, ground->tree));
  const git::ObjectId id = world.objects.put_commit(std::move(commit));
  put(seed.action, Ref{repo.id, text::cat(kHeads, branch), id, date});
}

}  // namespace

void seed_commits(Seeding& seed, const Repository& repo, const Node& node) {
  node.each("commits", [&](const Node& entry) { seed_commit(seed, repo, entry); });
}

}  // namespace pome::twin::github::model
