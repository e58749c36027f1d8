#include "core/git/graph.h"

#include <gtest/gtest.h>

#include "tests/unit/git/support.h"

namespace pome::git {
namespace {

using test::tree_of;

/// Commits by letter. Their trees hold the file "f" with the given text, and "other" with the commit's own letter.
struct Graph {
  ObjectStore store;
  std::vector<ObjectId> ids;
  std::string names;

  ObjectId add(char name, std::int64_t time, const std::string& parents, const std::string& text = "same") {
    std::vector<ObjectId> parent_ids;
    for (const char parent : parents) parent_ids.push_back((*this)[parent]);
    const ObjectId tree = tree_of(store, {{"f", text}, {"d/other", std::string(1, name)}});
    ids.push_back(test::commit_of(store, tree, std::move(parent_ids), time, std::string(1, name)));
    names += name;
    return ids.back();
  }
  ObjectId operator[](char name) const { return ids[names.find(name)]; }

  std::string letters(const std::vector<ObjectId>& found) const {
    std::string out;
    for (const ObjectId& id : found) out += store.commit(id)->message;
    return out;
  }
};

/// a - b - c - m - n    with d - e from b merged in m
Graph diamond() {
  Graph graph;
  graph.add('a', 10, "");
  graph.add('b', 20, "a");
  graph.add('c', 30, "b", "changed in c");
  graph.add('d', 35, "b");
  graph.add('e', 40, "d");
  graph.add('m', 50, "ce", "changed in c");
  graph.add('n', 60, "m", "changed in n");
  return graph;
}

TEST(Graph, HistoryGoesByTimeAndNeverBeforeAChild) {
  const Graph graph = diamond();
  EXPECT_EQ(graph.letters(history(graph.store, {graph['n']})), "nmedcba");
  EXPECT_EQ(graph.letters(history(graph.store, {graph['n']}, {}, 3)), "nme");
  EXPECT_EQ(graph.letters(history(graph.store, {graph['c'], graph['d']})), "dcba");
  EXPECT_EQ(graph.letters(history(graph.store, {graph['n']}, {{}, "", true})), "nmcba");
  EXPECT_EQ(graph.letters(history(graph.store, {graph['n']}, {{graph['c']}, "", false})), "nmed");
  EXPECT_TRUE(history(graph.store, {graph['b']}, {{graph['n']}, "", false}).empty());
  EXPECT_TRUE(history(graph.store, {ObjectId{}}).empty()) << "an unknown commit reaches nothing";
}

TEST(Graph, EqualTimesComeInTheOrderTheyWereFound) {
  Graph graph;
  graph.add('a', 10, "");
  graph.add('b', 10, "a");
  graph.add('c', 10, "a");
  graph.add('m', 10, "bc");
  EXPECT_EQ(graph.letters(history(graph.store, {graph['m']})), "mbca");
}

TEST(Graph, PathHistoryFollowsTheParentWithTheSameContent) {
  const Graph graph = diamond();
  EXPECT_EQ(graph.letters(history(graph.store, {graph['n']}, {{}, "f", false})), "nca");
  EXPECT_EQ(graph.letters(history(graph.store, {graph['n']}, {{}, "d", false})), "nmedcba");
  EXPECT_EQ(graph.letters(history(graph.store, {graph['n']}, {{}, "none", false})), "");
}

TEST(Graph, KnowsAncestors) {
  const Graph graph = diamond();
  EXPECT_TRUE(is_ancestor(graph.store, graph['d'], graph['n']));
  EXPECT_TRUE(is_ancestor(graph.store, graph['n'], graph['n']));
  EXPECT_FALSE(is_ancestor(graph.store, graph['d'], graph['c']));
  EXPECT_FALSE(is_ancestor(graph.store, graph['n'], graph['a']));
  EXPECT_FALSE(is_ancestor(graph.store, ObjectId{}, graph['a']));
}

TEST(Graph, CountsAheadAndBehindWhateverTheDates) {
  const Graph graph = diamond();
  const Divergence apart = divergence(graph.store, graph['c'], graph['e']);
  EXPECT_EQ(apart.ahead, 2);
  EXPECT_EQ(apart.behind, 1);
  EXPECT_EQ(divergence(graph.store, graph['n'], graph['n']).ahead, 0);
  Graph odd;
  odd.add('a', 1000, "");
  odd.add('b', 1010, "a");
  odd.add('c', 1020, "b");
  odd.add('x', 5, "b");  // a commit dated before all others
  const Divergence dated = divergence(odd.store, odd['c'], odd['x']);
  EXPECT_EQ(dated.ahead, 1);
  EXPECT_EQ(dated.behind, 1);
  EXPECT_EQ(odd.letters(history(odd.store, {odd['x']}, {{odd['c']}, "", false})), "x");
}

TEST(Graph, FindsAllBestMergeBases) {
  Graph graph;
  graph.add('a', 10, "");
  graph.add('b', 20, "a");
  graph.add('c', 30, "a");
  graph.add('x', 40, "bc");  // criss-cross
  graph.add('y', 50, "cb");
  graph.add('z', 60, "");
  EXPECT_EQ(graph.letters(merge_bases(graph.store, graph['x'], graph['y'])), "cb") << "the latest first";
  EXPECT_EQ(graph.letters(merge_bases(graph.store, graph['b'], graph['c'])), "a");
  EXPECT_EQ(graph.letters(merge_bases(graph.store, graph['a'], graph['y'])), "a");
  EXPECT_EQ(graph.letters(merge_bases(graph.store, graph['x'], graph['x'])), "x");
  EXPECT_TRUE(merge_bases(graph.store, graph['z'], graph['x']).empty());
  EXPECT_EQ(*merge_base(graph.store, graph['x'], graph['y']), graph['c']);
  EXPECT_FALSE(merge_base(graph.store, graph['z'], graph['x']));
}

TEST(Graph, ListsTheCommitsOfARangeParentsFirst) {
  const Graph graph = diamond();
  EXPECT_EQ(graph.letters(commits_between(graph.store, graph['b'], graph['n'])), "cdemn");
  EXPECT_EQ(graph.letters(commits_between(graph.store, graph['n'], graph['b'])), "");
}

TEST(Graph, PeelsTagsToCommits) {
  Graph graph;
  const ObjectId commit = graph.add('a', 10, "");
  const Signature tagger{"T", "t@example.com", 20, 0};
  const ObjectId tag = graph.store.put_tag({commit, ObjectType::commit, "v1", tagger, "One\n"});
  const ObjectId outer = graph.store.put_tag({tag, ObjectType::tag, "v1-again", tagger, "Two\n"});
  EXPECT_EQ(peel_to_commit(graph.store, outer), commit);
  EXPECT_EQ(peel_to_commit(graph.store, commit), commit);
  EXPECT_FALSE(peel_to_commit(graph.store, graph.store.commit(commit)->tree));
}

}  // namespace
}  // namespace pome::git
