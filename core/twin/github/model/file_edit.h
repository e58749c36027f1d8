#pragma once
#include <optional>
#include <string>

#include "core/git/object_store.h"
#include "core/twin/github/model/commit_people.h"

/// Changes of single files, each a commit on a branch (repos/create-or-update-file-contents, repos/delete-file).
namespace pome::twin::github::model {

struct FileEdit {
  std::string path;
  std::string message;
  git::Blob content;               ///< nullptr removes the file
  std::optional<std::string> sha;  ///< of the blob that is replaced or removed
  std::string branch;              ///< empty = the default branch
  CommitPeople people;             ///< the committer is the actor by default, the author the committer
};

struct EditedFile {
  git::ObjectId commit;
  std::string path;
  std::string branch;
  std::optional<git::TreeEntry> entry;  ///< nothing when the file was removed
  bool created = false;
};

/// Needs push. The branch is looked for first; then `sha` must be there and right for a file that exists. In a
/// repository without commits the first file makes the branch.
Ruling<EditedFile> edit_file(Action& action, Id repo, const FileEdit& edit);

}  // namespace pome::twin::github::model
