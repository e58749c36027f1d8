#include "core/git/graph.h"

#include <algorithm>
#include <utility>

#include "core/base/sort.h"
#include "core/git/diff_trees.h"
#include "core/git/id_map.h"

namespace pome::git {
namespace {

constexpr std::uint8_t kLeft = 1;
constexpr std::uint8_t kRight = 2;
constexpr std::uint8_t kBoth = kLeft | kRight;
constexpr std::uint8_t kStale = 4;  ///< below a merge base already found

/// A commit waiting in a queue. Higher keys leave first; equal ones in the order they came.
struct Waiting {
  std::int64_t key = 0;
  std::uint32_t order = 0;
  std::uint32_t node = 0;

  bool operator<(const Waiting& other) const { return key != other.key ? key < other.key : order > other.order; }
};

class Queue {
 public:
  bool empty() const { return heap_.empty(); }
  void push(std::int64_t key, std::uint32_t node) {
    heap_.push_back({key, order_++, node});
    std::push_heap(heap_.begin(), heap_.end());
  }
  std::uint32_t pop() {
    std::pop_heap(heap_.begin(), heap_.end());
    const std::uint32_t node = heap_.back().node;
    heap_.pop_back();
    return node;
  }

 private:
  std::vector<Waiting> heap_;
  std::uint32_t order_ = 0;
};

/// The commits a walk has met, with the marks it gave them.
class Marks {
 public:
  explicit Marks(const ObjectStore& store) : store_(store) {}

  /// The node of a stored commit, or IdMap::kNone.
  std::uint32_t node(const ObjectId& id) {
    const std::uint32_t known = ids_.find(id);
    if (known != IdMap::kNone) return known;
    const Commit* commit = store_.commit(id);
    if (!commit) return IdMap::kNone;
    commits_.push_back(commit);
    marks_.push_back(0);
    return ids_.add(id);
  }
  const Commit& commit(std::uint32_t node) const { return *commits_[node]; }
  const ObjectId& id(std::uint32_t node) const { return ids_[node]; }
  std::uint8_t& of(std::uint32_t node) { return marks_[node]; }
  std::int64_t generation(std::uint32_t node) const { return store_.generation(ids_[node]); }

 private:
  const ObjectStore& store_;
  IdMap ids_;
  std::vector<const Commit*> commits_;
  std::vector<std::uint8_t> marks_;
};

/// Walks from two sets of commits at once, descendants before ancestors, so that a commit's marks are final when it is
/// visited. Ends when all that is left is reached from both. `visit(node, marks)`.
template <class Visit>
void walk_apart(const ObjectStore& store, const std::vector<ObjectId>& left, const std::vector<ObjectId>& right,
                Visit visit) {
  Marks marks(store);
  Queue queue;
  std::size_t one_sided = 0;  // waiting commits that only one side reaches so far
  const auto reach = [&](const ObjectId& id, std::uint8_t sides) {
    const std::uint32_t node = marks.node(id);
    if (node == IdMap::kNone) return;
    const std::uint8_t before = marks.of(node);
    const std::uint8_t after = before | sides;
    marks.of(node) = after;
    if (before == 0) queue.push(marks.generation(node), node);
    if (before == 0 && after != kBoth) ++one_sided;
    if (before != 0 && before != kBoth && after == kBoth) --one_sided;
  };
  for (const ObjectId& id : left) reach(id, kLeft);
  for (const ObjectId& id : right) reach(id, kRight);
  while (one_sided > 0) {
    const std::uint32_t node = queue.pop();
    const std::uint8_t sides = marks.of(node);
    if (sides != kBoth) --one_sided;
    visit(marks.id(node), sides);
    for (const ObjectId& parent : marks.commit(node).parents) reach(parent, sides);
  }
}

}  // namespace

struct History::Walk {
  const ObjectStore& store;
  HistoryOptions options;
  Marks marks;
  IdMap excluded;
  Queue queue;

  Walk(const ObjectStore& objects, HistoryOptions wanted)
      : store(objects), options(std::move(wanted)), marks(objects) {}

  void reach(const ObjectId& id) {
    const std::uint32_t node = marks.node(id);
    if (node == IdMap::kNone || marks.of(node) != 0) return;
    marks.of(node) = kLeft;
    if (excluded.find(id) == IdMap::kNone) queue.push(marks.commit(node).committer.time, node);
  }

  /// Queues the parents to follow; true when the commit itself belongs to the answer.
  bool follow(const Commit& commit) {
    const std::size_t count =
        options.first_parent ? std::min<std::size_t>(commit.parents.size(), 1) : commit.parents.size();
    if (options.path.empty()) {
      for (std::size_t i = 0; i < count; ++i) reach(commit.parents[i]);
      return true;
    }
    if (count == 0) return !same_at(store, commit.tree, empty_tree_id(), options.path);
    for (std::size_t i = 0; i < count; ++i) {
      const Commit* parent = store.commit(commit.parents[i]);
      if (!parent || !same_at(store, commit.tree, parent->tree, options.path)) continue;
      reach(commit.parents[i]);
      return false;
    }
    for (std::size_t i = 0; i < count; ++i) reach(commit.parents[i]);
    return true;
  }
};

History::History(const ObjectStore& store, const std::vector<ObjectId>& heads, HistoryOptions options)
    : walk_(std::make_unique<Walk>(store, std::move(options))) {
  if (!walk_->options.exclude.empty()) {
    Walk& walk = *walk_;
    walk_apart(store, heads, walk.options.exclude, [&](const ObjectId& id, std::uint8_t sides) {
      if (sides == kLeft) return;
      walk.excluded.add(id);
      // Whatever an excluded commit reaches directly is excluded too, also where the walk ends.
      for (const ObjectId& parent : store.commit(id)->parents) walk.excluded.add(parent);
    });
    for (const ObjectId& id : walk.options.exclude) walk.excluded.add(id);
  }
  for (const ObjectId& head : heads) walk_->reach(head);
}

History::~History() = default;
History::History(History&&) noexcept = default;
History& History::operator=(History&&) noexcept = default;

std::optional<ObjectId> History::next() {
  while (!walk_->queue.empty()) {
    const std::uint32_t node = walk_->queue.pop();
    if (walk_->follow(walk_->marks.commit(node))) return walk_->marks.id(node);
  }
  return std::nullopt;
}

std::vector<ObjectId> history(const ObjectStore& store, const std::vector<ObjectId>& heads, HistoryOptions options,
                              std::size_t limit) {
  History walk(store, heads, std::move(options));
  std::vector<ObjectId> out;
  while (out.size() < limit) {
    const std::optional<ObjectId> id = walk.next();
    if (!id) break;
    out.push_back(*id);
  }
  return out;
}

std::vector<ObjectId> commits_between(const ObjectStore& store, const ObjectId& base, const ObjectId& head) {
  const std::vector<ObjectId> by_time = history(store, {head}, {{base}, {}, false});
  IdMap numbers;
  for (const ObjectId& id : by_time) numbers.add(id);
  std::vector<std::uint32_t> children(by_time.size(), 0);
  for (const ObjectId& id : by_time) {
    for (const ObjectId& parent : store.commit(id)->parents) {
      if (const std::uint32_t number = numbers.find(parent); number != IdMap::kNone) ++children[number];
    }
  }
  std::vector<ObjectId> out;
  std::vector<ObjectId> open;
  if (!by_time.empty()) open.push_back(head);
  while (!open.empty()) {
    const ObjectId id = open.back();
    open.pop_back();
    out.push_back(id);
    for (const ObjectId& parent : store.commit(id)->parents) {
      const std::uint32_t number = numbers.find(parent);
      if (number != IdMap::kNone && --children[number] == 0) open.push_back(parent);
    }
  }
  std::reverse(out.begin(), out.end());
  return out;
}

bool is_ancestor(const ObjectStore& store, const ObjectId& ancestor, const ObjectId& descendant) {
  const std::uint32_t least = store.generation(ancestor);
  if (least == 0) return false;
  Marks marks(store);
  std::vector<ObjectId> open{descendant};
  while (!open.empty()) {
    const ObjectId id = open.back();
    open.pop_back();
    if (id == ancestor) return true;
    if (store.generation(id) <= least) continue;
    const std::uint32_t node = marks.node(id);
    if (marks.of(node) != 0) continue;
    marks.of(node) = kLeft;
    const std::vector<ObjectId>& parents = marks.commit(node).parents;
    open.insert(open.end(), parents.begin(), parents.end());
  }
  return false;
}

Divergence divergence(const ObjectStore& store, const ObjectId& base, const ObjectId& head) {
  Divergence out;
  walk_apart(store, {base}, {head}, [&](const ObjectId&, std::uint8_t sides) {
    if (sides == kLeft) ++out.behind;
    if (sides == kRight) ++out.ahead;
  });
  return out;
}

namespace {

/// Common ancestors found before the search met only commits below one of them, in git's order of discovery: by time.
std::vector<ObjectId> common_ancestors(const ObjectStore& store, const ObjectId& a, const ObjectId& b) {
  Marks marks(store);
  Queue queue;
  std::size_t fresh = 0;  // waiting entries of commits not below a common ancestor
  std::vector<std::uint32_t> waiting;
  std::vector<std::uint32_t> found;
  std::vector<bool> is_found;
  const auto reach = [&](const ObjectId& id, std::uint8_t sides) {
    const std::uint32_t node = marks.node(id);
    if (node == IdMap::kNone || (marks.of(node) & sides) == sides) return;
    if (node >= waiting.size()) waiting.resize(node + 1, 0);
    const bool was_stale = (marks.of(node) & kStale) != 0;
    marks.of(node) |= sides;
    const bool is_stale = (marks.of(node) & kStale) != 0;
    if (is_stale && !was_stale) fresh -= waiting[node];
    ++waiting[node];
    if (!is_stale) ++fresh;
    queue.push(marks.commit(node).committer.time, node);
  };
  reach(a, kLeft);
  reach(b, kRight);
  while (fresh > 0) {
    const std::uint32_t node = queue.pop();
    --waiting[node];
    std::uint8_t sides = marks.of(node);
    if ((sides & kStale) == 0) --fresh;
    if (sides == kBoth) {
      if (node >= is_found.size()) is_found.resize(node + 1, false);
      if (!is_found[node]) found.push_back(node);
      is_found[node] = true;
      sides |= kStale;
    }
    for (const ObjectId& parent : marks.commit(node).parents) reach(parent, sides);
  }
  std::vector<ObjectId> out;
  for (const std::uint32_t node : found) {
    if ((marks.of(node) & kStale) == 0) out.push_back(marks.id(node));
  }
  return out;
}

}  // namespace

std::vector<ObjectId> merge_bases(const ObjectStore& store, const ObjectId& a, const ObjectId& b) {
  if (a == b) return store.commit(a) ? std::vector<ObjectId>{a} : std::vector<ObjectId>{};
  const auto later = [&](const ObjectId& x, const ObjectId& y) {
    return store.commit(x)->committer.time > store.commit(y)->committer.time;
  };
  std::vector<ObjectId> found = common_ancestors(store, a, b);
  sort_stably(found, later);
  std::vector<ObjectId> best;
  for (const ObjectId& id : found) {
    const bool reached = std::any_of(found.begin(), found.end(), [&](const ObjectId& other) {
      return !(other == id) && is_ancestor(store, id, other);
    });
    if (!reached) best.push_back(id);
  }
  return best;
}

std::optional<ObjectId> merge_base(const ObjectStore& store, const ObjectId& a, const ObjectId& b) {
  const std::vector<ObjectId> all = merge_bases(store, a, b);
  return all.empty() ? std::nullopt : std::optional(all.front());
}

std::optional<ObjectId> peel_to_commit(const ObjectStore& store, ObjectId id) {
  while (const Tag* tag = store.tag(id)) id = tag->object;
  return store.commit(id) ? std::optional(id) : std::nullopt;
}

}  // namespace pome::git
