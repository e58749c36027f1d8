#include "core/base/text.h"
#include "core/base/time.h"
#include "core/git/merge.h"
#include "core/git/tree_edit.h"
#include "core/twin/github/model/seed_builder.h"
#include "core/twin/github/model/store.h"

/// A repository's "commits": histories of any shape on top of its "files", in the order they were made.
namespace pome::twin::github::model {
namespace {

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

/// Exactly the commits that "parents" lists, on the first one's tree.
std::optional<Ground> read_parents(Seeding& seed, const Repository& repo, const Node& node) {
  Ground out;
  bool known = true;
  node.each("parents", [&](const Node& entry) {
    const std::string name = entry.as_text();
    const auto mark = seed.marks.find(name);
    const auto commit =
        mark != seed.marks.end() ? std::optional(mark->second) : resolve_commit(seed.world, repo.id, name);
    if (commit && !name.empty()) return out.parents.push_back(*commit);
    known = false;
    if (!name.empty()) entry.error("unknown-ref", text::cat("\"", name, "\" is no commit before this one."));
  });
  if (node.has("from") || node.has("merge")) {
    node.error_at("parents", "bad-value", "A commit has either \"parents\" or \"from\" and \"merge\".");
  }
  if (!known) return std::nullopt;
  if (!out.parents.empty()) out.tree = seed.world.objects.commit(out.parents.front())->tree;
  return out;
}

/// The branch's head; of a new branch what "from" names (the default branch). With "merge" also that branch's head.
std::optional<Ground> read_ground(Seeding& seed, const Repository& repo, const Node& node, const std::string& branch) {
  if (node.has("parents")) return read_parents(seed, repo, node);
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

/// What goes comes first: a folder may take the place of a file that is deleted.
std::vector<git::TreeChange> read_changes(Seeding& seed, const Node& node, const git::ObjectId& tree) {
  std::vector<git::TreeChange> changes;
  node.each("delete", [&](const Node& entry) {
    const std::string path = entry.as_text();
    if (seed.world.objects.find(tree, path)) return changes.push_back(git::TreeChange::removal(path));
    if (!path.empty()) entry.error("unknown-file", text::cat("There is no file \"", path, "\" to delete."));
  });
  node.each("files", [&](const Node& file) {
    if (!check_file(file)) return;
    if (auto change = read_change(seed, file, tree, changes)) changes.push_back(std::move(*change));
  });
  return changes;
}

/// Headers that git keeps between "committer" and the message, such as "gpgsig". What git would read otherwise is
/// noted.
std::string read_headers(const Node& node, const git::Commit& commit) {
  git::Commit with = commit;
  with.extra_headers = node.text("headers", "");
  if (git::decode_commit(git::encode(with)) == with) return with.extra_headers;
  node.error_at("headers", "bad-value", "These are no headers of a commit.",
                "Each is a line of its own, its newline included.");
  return "";
}

void note_mark(Seeding& seed, const Node& node, const git::ObjectId& id) {
  if (!node.has("mark")) return;
  const std::string mark = node.required_text("mark");
  if (mark.empty() || seed.marks.emplace(mark, id).second) return;
  node.error_at("mark", "duplicate", text::cat("The mark \"", mark, "\" appears twice."));
}

void seed_commit(Seeding& seed, const Repository& repo, const Node& node) {
  if (!node.is_object("mark branch from parents message author committer date headers files delete merge")) return;
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
  commit.extra_headers = read_headers(node, commit);
  const git::ObjectId id = world.objects.put_commit(std::move(commit));
  note_mark(seed, node, id);
  put(seed.action, Ref{repo.id, text::cat(kHeads, branch), id, date});
}

}  // namespace

git::Signature read_person(Seeding& seed, const Node& node, std::string_view key, Time date) {
  const Node member = node.member(key);
  if (!member.value().is_object()) return signature_of(seed.world, seed.author(node, {key}), date);
  if (!member.is_object("name email date")) return {};
  const int offset = time::offset_minutes(member.text("date", ""));
  return git::cleaned(
      {member.required_text("name"), member.required_text("email"), member.instant("date").value_or(date), offset});
}

void seed_commits(Seeding& seed, const Repository& repo, const Node& node) {
  seed.marks.clear();
  node.each("commits", [&](const Node& entry) { seed_commit(seed, repo, entry); });
}

}  // namespace pome::twin::github::model
