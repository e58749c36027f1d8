#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "core/base/json.h"
#include "core/criteria/slots.h"

/// What a run changed, thing by thing, and which of it was asked for.
namespace pome::criteria {

/// One difference between the initial and the final state. Lists are compared by identity (id, number, name ...), so a
/// thing that moved in its list has not changed.
struct Change {
  enum class Kind : unsigned char { added, removed, changed };
  Kind kind = Kind::changed;
  bool derived = false;    ///< follows from other changes: times, counters, event logs, what GitHub computes
  std::string before;      ///< JSON Pointer into the initial state; the parent's when the thing is new
  std::string after;       ///< JSON Pointer into the final state; the parent's when the thing is gone
  std::string repo;        ///< full name; empty outside repositories
  std::string collection;  ///< "issues"; empty for a repository's own members
  std::string key;         ///< the thing in its collection: number, name, path, login
  std::string branch;      ///< of files
  std::string member;      ///< which member of the thing; empty when the whole thing came or went
};

/// Every difference, in the order of the final state, what is gone after what is there.
std::vector<Change> changes_between(const Json& initial, const Json& final_state);

/// "comments of issue #2", "label `wontfix` (new)"
std::string describe(const Change& change);

/// What a sentence is about, in the terms of changes; so that "nothing else" has a meaning.
struct Touch {
  enum class Key : unsigned char { any, number, other, label, login, path, branch, tag, milestone, value, names };
  std::string_view collection;  ///< "issues"; "numbered" for issues and pull requests
  Key key = Key::any;
  std::string_view members = {};  ///< "state|closed_at"; empty: everything of the thing
  bool only_new = false;          ///< things that were not there before
};

/// A touch with the values of its sentence: changes that somebody asked for.
struct Licence {
  Touch touch;
  Args args;
  bool vague = false;  ///< asked of some things, nobody says which

  bool covers(const Change& change) const;
  /// Is it about that thing, whichever member?
  bool names_thing(const Change& change) const;
};

}  // namespace pome::criteria
