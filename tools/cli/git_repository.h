#pragma once
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "core/base/result.h"
#include "core/git/object_store.h"

/// A local repository, read with the `git` on PATH. Nothing is written, fetched or run besides git's own plumbing.
namespace pome::cli {

using NamedObject = std::pair<std::string, git::ObjectId>;  ///< "feature/x" and its commit, "v1" and its tag or commit

struct GitHistory {
  git::ObjectStore objects;            ///< of the commits below and of the tags
  std::vector<git::ObjectId> commits;  ///< parents before children; those that did not fit are left out at the front
  std::vector<NamedObject> branches;   ///< by name; every one ends in `commits`
  std::vector<NamedObject> tags;       ///< by name; annotated ones name their tag object
  std::string default_branch;          ///< what HEAD stands on, or a likely one
  std::size_t left_out = 0;            ///< branches and tags whose commit is not among `commits`
  bool cut = false;                    ///< older commits exist
};

struct GitLimits {
  std::size_t commits = 1000;                 ///< the newest
  std::size_t bytes = std::size_t{32} << 20;  ///< of all objects together
  std::size_t object_count = std::size_t{1} << 18;
};

/// Fails with `usage` (no folder, no repository, no commit, larger than the limits, objects of a shape that the twin
/// cannot keep) or `git` (no git, or it failed).
Result<GitHistory> read_git_repository(const std::string& path, const GitLimits& limits);

}  // namespace pome::cli
