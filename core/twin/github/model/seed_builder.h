#pragma once
#include <functional>
#include <initializer_list>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/twin/github/model/seed_reader.h"
#include "core/twin/github/model/world.h"

/// The seed's path into the world, part by part. Internal to the model.
namespace pome::twin::github::model {

inline constexpr std::string_view kAgentLogin = "pome-agent";

/// A world under construction. Every row carries the seed's time unless the seed gives another.
struct Seeding {
  World world;
  Journal journal;  ///< thrown away
  Action action{world, kAgentLogin, journal};
  std::set<std::string> declared;  ///< lower-cased logins that `users` lists
  std::set<Id> numbers;            ///< asked for by issues and pull requests of the current repository
  /// What the current repository's commits call themselves ("mark"), for those that name them.
  std::map<std::string, git::ObjectId, std::less<>> marks;

  Seeding() = default;
  Seeding(const Seeding&) = delete;
  Seeding& operator=(const Seeding&) = delete;

  /// Stores a user of that login unless there is one, and answers the login as stored. Notes what no login can be.
  std::string user(const Node& where, std::string_view login, UserType type = UserType::user);
  /// The login a member names (the first of `keys` that is there), or pome-agent.
  std::string author(const Node& node, std::initializer_list<std::string_view> keys);
};

/// A member that an object of the seed may have. Each object's members are one list in building order: its keys are the
/// ones that mean something there, its functions build what hangs below a row. A part that needs what comes later in
/// the list takes a second place behind it, under the same key.
template <class Row>
struct SeedPart {
  std::string_view key;
  /// Null for members that are read together with the row itself.
  void (*build)(Seeding& seed, const Row& row, const Node& node) = nullptr;
};

template <class Row, std::size_t N>
void build_parts(const SeedPart<Row> (&parts)[N], Seeding& seed, const Row& row, const Node& node) {
  for (const SeedPart<Row>& part : parts) {
    if (part.build) part.build(seed, row, node);
  }
}

/// The part issues and pull requests share: number, texts, state, labels, assignees, milestone, lock, times.
Issue read_issue(Seeding& seed, const Repository& repo, const Node& node);
/// The content that "content" and "encoding" (utf-8, base64) give, or nothing and a note.
git::Blob read_content(const Node& node);
/// Notes a member that git would not take as a branch or tag name.
bool check_ref_name(const Node& node, std::string_view key);
/// Who made a commit or tag: a login, or {"name", "email", "date"} for somebody without an account. `date` is the
/// time where the member has none of its own.
git::Signature read_person(Seeding& seed, const Node& node, std::string_view key, Time date);
/// The commit that a member names by mark, branch, tag or id (absent: the default branch), or nothing and a note.
std::optional<git::ObjectId> target_commit(Seeding& seed, const Repository& repo, const Node& node,
                                           std::string_view key);
void put_tag(Seeding& seed, Id repo, const std::string& name, const git::ObjectId& target);
/// Whether an entry of "files" says one thing about one path; notes what is wrong.
bool check_file(const Node& node);
/// The content and mode of an entry of "files" that moves nothing, or nothing and a note.
std::optional<git::NewFile> read_file(const Node& node);

}  // namespace pome::twin::github::model
