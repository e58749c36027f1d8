#pragma once
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "core/git/object_store.h"
#include "core/twin/github/model/row.h"

/// Which git objects a repository has. All repositories share one store, so an id alone says nothing about who may see
/// the object behind it.
namespace pome::twin::github::model {

/// An object that a repository has though no ref may reach it: made through the API, or left behind by a ref.
struct KeptObject {
  Id repo = 0;
  std::string sha;

  NameKey key() const { return {repo, sha}; }
  bool operator==(const KeptObject&) const = default;
  static const RowKind kind;
};

/// Whether the repository, or one of the same network of forks, has the object: refs, pull requests or kept objects
/// reach it. As on GitHub, forks share their objects.
bool has_object(const World& world, Id repo, const git::ObjectId& id);

/// The commit of the repository's network whose id starts with these hexadecimal digits; its own refs come first.
std::optional<git::ObjectId> find_commit(const World& world, Id repo, std::string_view digits);

/// Makes the object one of the repository, if it is not yet.
void keep_object(Action& action, Id repo, const git::ObjectId& id);

}  // namespace pome::twin::github::model
