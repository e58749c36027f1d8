#pragma once
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/twin/github/model/row.h"

namespace pome::twin::github::model {

struct GistFile {
  std::string name;
  std::string content;

  bool operator==(const GistFile&) const = default;
};

/// One saved state of a gist. Lines are counted against the state before.
struct GistRevision {
  std::string version;  ///< 40 hex digits
  Id additions = 0;
  Id deletions = 0;
  Time committed_at = 0;
};

struct Gist {
  std::string id;  ///< 32 hex digits
  std::string owner;
  std::optional<std::string> description;
  bool is_public = false;
  std::vector<GistFile> files;          ///< by name
  std::vector<GistRevision> revisions;  ///< newest first
  Time created_at = 0;
  Time updated_at = 0;

  std::string key() const { return id; }
  static const RowKind kind;
};
using GistPtr = std::shared_ptr<const Gist>;

/// Secret gists are found too: whoever has the id may read.
GistPtr find_gist(const World& world, std::string_view id);
/// Newest first; those of others only when public.
std::vector<GistPtr> gists_of(const World& world, std::string_view owner, std::string_view reader);

/// A file to write; without content it is removed, with another name it is moved.
struct GistEdit {
  std::string name;
  bool removed = false;
  std::optional<std::string> new_name;
  std::optional<std::string> content;
};

/// gists/create: needs at least one file with content. gists/update, gists/delete: the owner's; others get 404.
Ruling<GistPtr> create_gist(Action& action, std::optional<std::string> description, bool is_public,
                            const std::vector<GistEdit>& files);
Ruling<GistPtr> update_gist(Action& action, std::string_view id,
                            const std::optional<std::optional<std::string>>& description,
                            const std::vector<GistEdit>& files);
Refused delete_gist(Action& action, std::string_view id);

void export_gists(JsonWriter& out, const World& world);

/// Seed: the root's "gists".
void seed_gists(Seeding& seed, const Node& root);

}  // namespace pome::twin::github::model
