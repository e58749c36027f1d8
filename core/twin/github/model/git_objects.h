#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/git/object_store.h"
#include "core/twin/github/model/commit_people.h"

/// GitHub's git database: objects made one by one, on no branch until a ref is moved. All need push.
namespace pome::twin::github::model {

/// git/create-blob.
Ruling<git::ObjectId> create_blob(Action& action, Id repo, git::Blob content);

/// One element of git/create-tree's `tree`.
struct NewTreeEntry {
  std::string path;
  std::string mode = "100644";
  std::optional<std::string> type;                ///< must fit the mode
  std::optional<std::optional<std::string>> sha;  ///< an inner nothing removes the path
  std::optional<std::string> content;             ///< makes a blob
};
/// git/create-tree.
Ruling<git::ObjectId> create_tree(Action& action, Id repo, const std::optional<std::string>& base_tree,
                                  const std::vector<NewTreeEntry>& entries);

struct NewCommit {
  std::string message;
  std::string tree;
  std::vector<std::string> parents;
  CommitPeople people;                   ///< the author is the actor by default, the committer the author
  std::optional<std::string> signature;  ///< PGP or SSH, kept as it is
};
/// git/create-commit.
Ruling<git::ObjectId> create_commit(Action& action, Id repo, const NewCommit& input);

struct NewTag {
  std::string name;
  std::string message;
  std::string object;
  std::string type;
  std::optional<Person> tagger;  ///< the actor by default
};
/// git/create-tag: the object alone; git/create-ref puts it on a name.
Ruling<git::ObjectId> create_tag(Action& action, Id repo, const NewTag& input);

/// Whether a tree or blob of this type and id belongs to the repository.
bool has_object_of(const World& world, Id repo, const git::ObjectId& id, git::ObjectType type);

}  // namespace pome::twin::github::model
