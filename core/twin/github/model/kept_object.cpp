#include "core/twin/github/model/kept_object.h"

#include <vector>

#include "core/base/text.h"
#include "core/git/graph.h"
#include "core/git/id_map.h"
#include "core/twin/github/model/row_writer.h"
#include "core/twin/github/model/store.h"

namespace pome::twin::github::model {
namespace {

Id root_of(const World& world, Id repo) {
  const Repository* row = world.repositories_by_id.find(repo);
  while (row && row->parent != 0) {
    const Repository* parent = world.repositories_by_id.find(row->parent);
    if (!parent) break;
    row = parent;
  }
  return row ? row->id : repo;
}

/// The repository itself, then the others of its network.
std::vector<Id> network_of(const World& world, Id repo) {
  std::vector<Id> out{repo};
  const Id root = root_of(world, repo);
  for (const auto& entry : world.repositories_by_id) {
    if (entry.key != repo && root_of(world, entry.key) == root) out.push_back(entry.key);
  }
  return out;
}

/// What keeps objects alive in a repository: targets of refs, ends of pull requests, kept objects.
std::vector<git::ObjectId> roots_of(const World& world, Id repo) {
  std::vector<git::ObjectId> out;
  for (const RefPtr& ref : refs_of(world, repo, "refs/")) out.push_back(ref->target);
  for (const auto& entry : rows_of(world.pulls, repo)) {
    out.push_back(entry.row->head.sha);
    out.push_back(entry.row->base.sha);
  }
  for (const auto& entry : rows_of(world.kept_objects, repo)) {
    if (const auto id = git::ObjectId::from_hex(entry.key.name)) out.push_back(*id);
  }
  return out;
}

/// Looks for a blob or tree below trees, each visited once.
class TreeSearch {
 public:
  TreeSearch(const git::ObjectStore& store, const git::ObjectId& wanted) : store_(store), wanted_(wanted) {}

  bool is_below(const git::ObjectId& id) {
    if (id == wanted_) return true;
    const git::Tree* tree = store_.tree(id);
    if (!tree || seen_.find(id) != git::IdMap::kNone) return false;
    seen_.add(id);
    for (const git::TreeEntry& entry : tree->entries) {
      if (entry.id == wanted_ || (entry.mode == git::Mode::tree && is_below(entry.id))) return true;
    }
    return false;
  }

 private:
  const git::ObjectStore& store_;
  const git::ObjectId wanted_;
  git::IdMap seen_;
};

bool reaches(const World& world, Id repo, const git::ObjectId& wanted) {
  const git::ObjectStore& store = world.objects;
  TreeSearch search(store, wanted);
  std::vector<git::ObjectId> commits;
  for (git::ObjectId id : roots_of(world, repo)) {
    while (const git::Tag* tag = store.tag(id)) {
      if (id == wanted) return true;
      id = tag->object;
    }
    if (id == wanted || search.is_below(id)) return true;
    if (store.commit(id)) commits.push_back(id);
  }
  const bool is_commit = store.commit(wanted) != nullptr;
  git::History walk(store, commits);
  while (const std::optional<git::ObjectId> id = walk.next()) {
    if (*id == wanted) return true;
    if (!is_commit && search.is_below(store.commit(*id)->tree)) return true;
  }
  return false;
}

void write_kept_object(JsonWriter& out, const World& world, const KeptObject& row) {
  const std::optional<git::ObjectId> id = git::ObjectId::from_hex(row.sha);
  const std::optional<git::ObjectType> type = id ? world.objects.type(*id) : std::nullopt;
  out.field("sha", row.sha).field("type", type ? std::optional(git::type_name(*type)) : std::nullopt);
}

}  // namespace

const RowKind KeptObject::kind = row_kind<&World::kept_objects, write_kept_object>("git_object");

bool has_object(const World& world, Id repo, const git::ObjectId& id) {
  if (!world.objects.type(id)) return false;
  if (id == git::empty_tree_id()) return true;
  for (const Id member : network_of(world, repo)) {
    if (world.kept_objects.find(NameKeyView{member, id.hex()}) || reaches(world, member, id)) return true;
  }
  return false;
}

std::optional<git::ObjectId> find_commit(const World& world, Id repo, std::string_view digits) {
  const std::string prefix = text::to_lower(digits);
  for (const Id member : network_of(world, repo)) {
    std::vector<git::ObjectId> heads;
    for (const git::ObjectId& root : roots_of(world, member)) {
      if (const auto commit = git::peel_to_commit(world.objects, root)) heads.push_back(*commit);
    }
    git::History walk(world.objects, heads);
    while (const std::optional<git::ObjectId> id = walk.next()) {
      if (id->hex().compare(0, prefix.size(), prefix) == 0) return id;
    }
  }
  return std::nullopt;
}

void keep_object(Action& action, Id repo, const git::ObjectId& id) {
  KeptObject row{repo, id.hex()};
  if (!action.world.kept_objects.find(row.key())) put(action, std::move(row));
}

}  // namespace pome::twin::github::model
