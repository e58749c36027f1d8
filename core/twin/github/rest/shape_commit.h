#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "core/git/diff_trees.h"
#include "core/twin/github/rest/shapes.h"

/// JSON of commits and of the files they change. Ids must be those of stored commits.
namespace pome::twin::github::rest {

/// A commit's message as GitHub shows it: without the newline git ends it with.
std::string_view shown_message(const git::Commit& commit);

/// commit, without `stats` and `files`.
void write_commit(JsonWriter& json, const Context& context, const model::Repository& repository,
                  const git::ObjectId& id);
/// The members of commit without the braces around them.
void write_commit_members(JsonWriter& json, const Context& context, const model::Repository& repository,
                          const git::ObjectId& id);

/// git-commit: the git half alone, as /git/commits and the contents operations answer it.
void write_git_commit(JsonWriter& json, const Context& context, const model::Repository& repository,
                      const git::ObjectId& id);

/// `verification` of a commit or tag; `signature` is empty when there is none.
void write_verification(JsonWriter& json, std::string_view signature, std::string_view payload);

/// {"name": ..., "email": ..., "date": ...} under `name`.
void write_signature(JsonWriter& json, std::string_view name, const git::Signature& signature);

/// The commits whose files a diff-entry links to.
struct DiffEnds {
  std::string before;  ///< where removed files still stand
  std::string after;
};
/// diff-entry: files of a commit, of a comparison and of a pull request.
void write_diff_entry(JsonWriter& json, const Context& context, const model::Repository& repository,
                      const git::FileChange& change, const DiffEnds& ends);

/// Files in the answers of commits and comparisons end here (GitHub: 3000, in pages of at most 300).
inline constexpr std::size_t kMostFiles = 3000;
inline constexpr std::size_t kFilesPerPage = 300;

}  // namespace pome::twin::github::rest
