#include <algorithm>

#include "core/base/encoding.h"
#include "core/base/text.h"
#include "core/twin/github/model/seed_builder.h"
#include "core/twin/github/model/store.h"

namespace pome::twin::github::model {
namespace {

/// The tag object of an entry with a "message".
git::ObjectId annotated_tag(Seeding& seed, const Node& node, const std::string& name, const git::ObjectId& commit) {
  git::Tag tag;
  tag.object = commit;
  tag.name = name;
  tag.message = node.text("message", "");
  const Time date = node.instant("date").value_or(seed.world.epoch);
  tag.tagger = read_person(seed, node, "tagger", date);
  return seed.world.objects.put_tag(std::move(tag));
}

/// Puts one file into a branch's files.
void place(git::FileMap& files, const Node& node, const std::string& path, bool on_default_branch) {
  git::NewFile file;
  if (node.has("renamed_from")) {
    const std::string source = node.required_text("renamed_from");
    const auto found = files.find(source);
    if (on_default_branch) {
      node.error_at("renamed_from", "bad-value", "\"renamed_from\" needs a branch other than the default one.",
                    "The default branch has a single commit, so nothing can have moved on it.");
      return;
    }
    if (found == files.end()) {
      node.error_at("renamed_from", "unknown-file",
                    text::cat("There is no file \"", source, "\" on this branch to move."));
      return;
    }
    file = found->second;
    files.erase(found);
  } else {
    const std::optional<git::NewFile> read = read_file(node);
    if (!read) return;
    file = *read;
  }
  files[path] = std::move(file);
}

/// Makes one commit of the files and points the branch at it. Answers the commit.
git::ObjectId commit_files(Seeding& seed, const Node& node, const Repository& repo, const std::string& branch,
                           const git::FileMap& files, std::vector<git::ObjectId> parents, std::string_view message) {
  World& world = seed.world;
  const std::optional<git::ObjectId> tree = world.objects.put_files(files);
  if (!tree) {
    node.error_at("files", "duplicate", text::cat("On branch \"", branch, "\" one path is both a file and a folder."));
    return {};
  }
  const git::Signature signature = signature_of(world, kAgentLogin, world.epoch);
  const git::ObjectId id =
      world.objects.put_commit({*tree, std::move(parents), signature, signature, std::string(message)});
  put(seed.action, Ref{repo.id, text::cat(kHeads, branch), id, world.epoch});
  return id;
}

}  // namespace

std::optional<git::NewFile> read_file(const Node& node) {
  git::NewFile file;
  if (const std::optional<std::string> target = node.text("symlink")) {
    file.content = std::make_shared<const std::string>(*target);
    file.mode = git::Mode::symlink;
    return file;
  }
  if (node.has("submodule")) {
    node.error_at("submodule", "bad-value", "Submodules belong to the \"files\" of \"commits\".");
    return std::nullopt;
  }
  file.content = read_content(node);
  if (!file.content) return std::nullopt;
  if (node.flag("executable", false)) file.mode = git::Mode::executable;
  return file;
}

bool check_file(const Node& node) {
  if (!node.is_object("path content renamed_from branch encoding executable symlink submodule")) return false;
  const std::string path = node.required_text("path");
  if (path.empty()) return false;
  if (!git::is_valid_path(path)) {
    node.error_at("path", "bad-value", text::cat("\"", path, "\" cannot be a path in a repository."),
                  "Write it like src/index.ts.");
    return false;
  }
  if (!check_ref_name(node, "branch")) return false;
  int sources = 0;  // links and submodules say what they are in place of content
  for (const std::string_view key : {"content", "renamed_from", "symlink", "submodule"})
    sources += node.has(key) ? 1 : 0;
  if (sources != 1) {
    node.error("bad-value", "A file needs either \"content\" or \"renamed_from\".");
    return false;
  }
  return true;
}

namespace {

/// A fork starts with its parent's refs. Answers the commit and the files its own files come on top of.
std::vector<git::ObjectId> inherit_refs(Seeding& seed, const Repository& repo, git::FileMap& files) {
  World& world = seed.world;
  for (const RefPtr& ref : refs_of(world, repo.parent, "refs/")) {
    Ref copy = *ref;
    copy.repo = repo.id;
    put(seed.action, std::move(copy));
  }
  const RefPtr head = find_branch(world, repo.id, repo.default_branch);
  const git::Commit* commit = head ? world.objects.commit(head->target) : nullptr;
  if (!commit) return {};
  for (git::FileEntry& file : world.objects.list_files(commit->tree)) {
    files[std::move(file.path)] = {world.objects.shared_blob(file.id), file.mode};
  }
  return {head->target};
}

}  // namespace

git::Blob read_content(const Node& node) {
  const std::string content = node.text("content", "");
  const std::string encoding = node.text("encoding", "utf-8");
  if (encoding == "utf-8") return std::make_shared<const std::string>(content);
  if (encoding != "base64") {
    node.error_at("encoding", "bad-value", text::cat("\"encoding\" cannot be \"", encoding, "\"."),
                  "Use one of: utf-8, base64.");
    return nullptr;
  }
  std::optional<std::string> bytes = encoding::from_base64(content);
  if (!bytes) {
    node.error_at("content", "bad-value", "This is not valid base64.");
    return nullptr;
  }
  return std::make_shared<const std::string>(std::move(*bytes));
}

bool check_ref_name(const Node& node, std::string_view key) {
  const std::optional<std::string> name = node.text(key);
  if (!name || git::is_valid_ref_name(*name)) return true;
  node.error_at(key, "bad-value", text::cat("\"", *name, "\" cannot be the name of a branch or tag."),
                "Write it like feature/login.");
  return false;
}

void seed_files(Seeding& seed, const Repository& repo, const Node& node) {
  if (node.has("commits") && !node.has("files")) return;  // the first commit is the root
  // Per branch (the default one under its own name), in the order of the seed: the entries that belong to it.
  std::vector<std::string> branches{repo.default_branch};
  git::FileMap base;
  const std::vector<git::ObjectId> parents =
      repo.parent == 0 ? std::vector<git::ObjectId>() : inherit_refs(seed, repo, base);
  if (!parents.empty() && !node.has("files")) return;
  std::set<std::pair<std::string, std::string>> seen;
  const auto branch_of = [&](const Node& file) { return file.text("branch", repo.default_branch); };
  std::vector<char> usable;
  node.each("files", [&](const Node& file) {
    usable.push_back(check_file(file) ? 1 : 0);
    if (usable.back() == 0) return;
    const std::string branch = branch_of(file);
    const std::string path = file.text("path", "");
    if (!seen.emplace(branch, path).second)
      file.error_at("path", "duplicate", text::cat("\"", path, "\" appears twice on branch \"", branch, "\"."));
    if (branch == repo.default_branch) {
      place(base, file, path, true);
    } else if (std::find(branches.begin(), branches.end(), branch) == branches.end()) {
      branches.push_back(branch);
    }
  });
  const git::ObjectId root = commit_files(seed, node, repo, repo.default_branch, base, parents,
                                          parents.empty() ? "Initial seed commit" : "Seed fork");
  for (std::size_t i = 1; i < branches.size(); ++i) {
    git::FileMap files = base;
    std::size_t index = 0;
    node.each("files", [&](const Node& file) {
      if (usable[index++] != 0 && branch_of(file) == branches[i]) place(files, file, file.text("path", ""), false);
    });
    commit_files(seed, node, repo, branches[i], files, {root}, text::cat("Seed ", branches[i]));
  }
}

std::optional<git::ObjectId> target_commit(Seeding& seed, const Repository& repo, const Node& node,
                                           std::string_view key) {
  const std::string ref = node.text(key, "");
  if (const auto mark = seed.marks.find(ref); mark != seed.marks.end()) return mark->second;
  const std::optional<git::ObjectId> commit = resolve_commit(seed.world, repo.id, ref);
  if (!commit)
    node.error_at(key, "unknown-ref", text::cat("\"", ref, "\" is no branch, tag or commit of this repository."));
  return commit;
}

void put_tag(Seeding& seed, Id repo, const std::string& name, const git::ObjectId& target) {
  put(seed.action, Ref{repo, text::cat(kTags, name), target, seed.world.epoch});
}

void seed_branches(Seeding& seed, const Repository& repo, const Node& node) {
  std::set<std::string> names;
  node.each("branches", [&](const Node& entry) {
    if (!entry.is_object("name target")) return;
    const std::string name = entry.required_text("name");
    const std::optional<git::ObjectId> commit = target_commit(seed, repo, entry, "target");
    if (name.empty() || !commit || !check_ref_name(entry, "name")) return;
    if (!names.insert(name).second) {
      entry.error_at("name", "duplicate", text::cat("The branch \"", name, "\" appears twice."));
      return;
    }
    put(seed.action, Ref{repo.id, text::cat(kHeads, name), *commit, seed.world.epoch});
  });
}

void seed_tags(Seeding& seed, const Repository& repo, const Node& node) {
  node.each("tags", [&](const Node& entry) {
    if (!entry.is_object("name target message tagger date")) return;
    const std::string name = entry.required_text("name");
    const std::optional<git::ObjectId> commit = target_commit(seed, repo, entry, "target");
    if (name.empty() || !commit || !check_ref_name(entry, "name")) return;
    if (find_ref(seed.world, repo.id, text::cat(kTags, name))) {
      entry.error_at("name", "duplicate", text::cat("The tag \"", name, "\" appears twice."));
      return;
    }
    put_tag(seed, repo.id, name, entry.has("message") ? annotated_tag(seed, entry, name, *commit) : *commit);
  });
}

}  // namespace pome::twin::github::model
