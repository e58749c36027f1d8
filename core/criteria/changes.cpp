#include "core/criteria/changes.h"

#include <algorithm>
#include <map>

#include "core/base/pointer.h"
#include "core/base/text.h"
#include "core/criteria/world.h"

namespace pome::criteria {
namespace {

/// Members that only follow from something else, by collection; "*" everywhere, "" of the repository itself.
struct DerivedMember {
  std::string_view collection;
  std::string_view member;
};
constexpr DerivedMember kDerived[] = {
    {"*", "updated_at"},
    {"", "pushed_at"},
    {"", "entity_counter"},
    {"", "open_issues_count"},
    {"milestones", "open_issues"},
    {"milestones", "closed_issues"},
    {"notifications", "unread"},
    {"notifications", "reason"},
    {"branches", "id"},
    {"pull_requests", "head_sha"},
    {"pull_requests", "base_sha"},
    {"pull_requests", "files"},
    {"pull_requests", "merge_commit_sha"},
};

std::string text_of(const Json& value) {
  if (value.is_string()) return value.get<std::string>();
  return value.is_number_integer() ? text::cat(value.get<std::int64_t>()) : std::string();
}

/// How people call a thing in its collection.
std::string key_of(const Json& entry) {
  constexpr std::string_view kMembers[] = {"number",  "path", "tag_name",  "login", "name", "pattern", "title",
                                           "context", "slug", "full_name", "sha",   "key",  "id"};
  if (!entry.is_object()) return text_of(entry);
  for (const std::string_view member : kMembers) {
    std::string key = text_of(json::at(entry, member));
    if (!key.empty()) return key;
  }
  return {};
}

/// What makes two entries of a list the same thing. Branches are numbered anew with every export.
std::string identity_of(const Json& entry) {
  if (!entry.is_object()) return json::dump(entry);
  if (entry.contains("head_sha") && entry.contains("name") && !entry.contains("number") && !entry.contains("status")) {
    return key_of(entry);
  }
  if (const auto path = json::string_at(entry, "path"); path && entry.contains("branch")) {
    return text::cat(*path, '@', json::string_at(entry, "branch").value_or(""));
  }
  const std::string id = text_of(json::at(entry, "id"));
  return id.empty() ? key_of(entry) : text::cat("id ", id);
}

/// Index by identity; entries that share one are told apart by their order.
std::map<std::string, std::size_t> index_by_identity(const Json& list) {
  std::map<std::string, std::size_t> index;
  for (std::size_t i = 0; i < list.size(); ++i) {
    std::string identity = identity_of(list[i]);
    while (!index.emplace(identity, i).second) identity.push_back('\'');
  }
  return index;
}

bool holds_objects(const Json& a, const Json& b) {
  const auto objects = [](const Json& list) { return list.is_array() && !list.empty() && list.front().is_object(); };
  return a.is_array() && b.is_array() && (objects(a) || objects(b));
}

class Comparison {
 public:
  std::vector<Change> run(const Json& initial, const Json& final_state) {
    for_members(initial, final_state, "", "", [this](const Json& a, const Json& b, const Change& at) {
      if (at.member == "repositories" && a.is_array() && b.is_array()) return repositories(a, b, at);
      in_owner(a, b, at);
    });
    return std::move(changes_);
  }

 private:
  /// Calls `visit` for every member that differs, with null for a side that lacks it.
  template <class Visit>
  void for_members(const Json& before, const Json& after, const std::string& before_at, const std::string& after_at,
                   Visit visit) {
    const auto member = [&](const std::string& name, const Json& a, const Json& b, bool in_before, bool in_after) {
      if (a == b && in_before == in_after) return;
      Change at;
      at.member = name;
      at.before = in_before ? pointer::child(before_at, name) : before_at;
      at.after = in_after ? pointer::child(after_at, name) : after_at;
      visit(a, b, at);
    };
    const Json null;
    for (const auto& [name, value] : after.items()) {
      const auto old = before.find(name);
      member(name, old == before.end() ? null : *old, value, old != before.end(), true);
    }
    for (const auto& [name, value] : before.items()) {
      if (!after.contains(name)) member(name, value, null, true, false);
    }
  }

  void repositories(const Json& before, const Json& after, const Change& at) {
    for_entries(before, after, at, [this](const Json* a, const Json* b, Change place) {
      const Json& entry = b != nullptr ? *b : *a;
      place.repo = full_name_of(entry);
      if (a == nullptr || b == nullptr) return add(std::move(place));
      for_members(*a, *b, place.before, place.after, [&](const Json& x, const Json& y, Change member) {
        member.repo = place.repo;
        in_owner(x, y, member);
      });
    });
  }

  /// A member of the world or of a repository: a collection of things, or a plain value.
  void in_owner(const Json& before, const Json& after, const Change& at) {
    if (!holds_objects(before, after)) return add(at);
    for_entries(before, after, at, [&](const Json* a, const Json* b, Change place) {
      const Json& entry = b != nullptr ? *b : *a;
      place.repo = at.repo;
      place.collection = at.member;
      place.key = key_of(entry);
      place.branch = json::string_at(entry, "branch").value_or("");
      if (a == nullptr || b == nullptr || !a->is_object() || !b->is_object()) return add(std::move(place));
      for_members(*a, *b, place.before, place.after, [&](const Json& x, const Json& y, Change member) {
        member.repo = place.repo;
        member.collection = place.collection;
        member.key = place.key;
        member.branch = place.branch;
        in_thing(x, y, member);
      });
    });
  }

  /// A member of a thing: entries of its own (comments, labels), or a plain value.
  void in_thing(const Json& before, const Json& after, const Change& at) {
    if (!holds_objects(before, after)) return add(at);
    for_entries(before, after, at, [&](const Json*, const Json*, Change place) {
      place.repo = at.repo;
      place.collection = at.collection;
      place.key = at.key;
      place.branch = at.branch;
      place.member = at.member;
      add(std::move(place));
    });
  }

  /// Calls `visit` for every entry that differs, is new (no `a`) or is gone (no `b`).
  template <class Visit>
  void for_entries(const Json& before, const Json& after, const Change& list, Visit visit) {
    const auto old = index_by_identity(before);
    const auto now = index_by_identity(after);
    std::vector<const std::string*> order(after.size());
    for (const auto& [identity, index] : now) order[index] = &identity;
    for (std::size_t i = 0; i < after.size(); ++i) {
      const auto match = old.find(*order[i]);
      Change place;
      place.after = pointer::child(list.after, i);
      place.before = match == old.end() ? list.before : pointer::child(list.before, match->second);
      place.kind = match == old.end() ? Change::Kind::added : Change::Kind::changed;
      const Json* a = match == old.end() ? nullptr : &before[match->second];
      if (a == nullptr || *a != after[i]) visit(a, &after[i], std::move(place));
    }
    for (const auto& [identity, index] : old) {
      if (now.find(identity) != now.end()) continue;
      Change place;
      place.kind = Change::Kind::removed;
      place.before = pointer::child(list.before, index);
      place.after = list.after;
      visit(&before[index], nullptr, std::move(place));
    }
  }

  void add(Change change) {
    change.derived = is_derived(change);
    changes_.push_back(std::move(change));
  }

  static bool is_derived(const Change& change) {
    const bool new_entry = change.kind == Change::Kind::added && change.member.empty();
    if (change.collection == "issue_events" || change.collection == "notifications") {
      if (new_entry) return true;
    }
    if (change.repo.empty() && change.collection.empty() && change.member == "clock") return true;
    return std::any_of(std::begin(kDerived), std::end(kDerived), [&](const DerivedMember& derived) {
      return (derived.collection == "*" || derived.collection == change.collection) && derived.member == change.member;
    });
  }

  std::vector<Change> changes_;
};

struct Noun {
  std::string_view collection;
  std::string_view noun;
  bool numbered = false;
};
constexpr Noun kNouns[] = {{"issues", "issue", true},
                           {"pull_requests", "pull request", true},
                           {"milestones", "milestone", true},
                           {"labels", "label"},
                           {"branches", "branch"},
                           {"tags", "tag"},
                           {"releases", "release"},
                           {"files", "file"},
                           {"commits", "commit"},
                           {"collaborators", "collaborator"},
                           {"commit_statuses", "commit status"},
                           {"check_runs", "check run"},
                           {"branch_protections", "branch protection"},
                           {"workflow_runs", "workflow run"},
                           {"", "repository"}};

std::string name_of(const Change& change) {
  for (const Noun& noun : kNouns) {
    if (noun.collection != change.collection) continue;
    if (change.collection.empty())
      return change.repo.empty() ? std::string("the world") : text::cat("repository ", change.repo);
    if (noun.numbered) return text::cat(noun.noun, " #", change.key);
    return text::cat(noun.noun, " `", change.key, '`', change.branch.empty() ? "" : " on ", change.branch);
  }
  return text::cat(text::replace_all(change.collection, "_", " "), " `", change.key, '`');
}

bool same_name(std::string_view a, std::string_view b) { return text::equals_ignore_case(a, b); }

bool has_key(const Touch& touch, const Args& args, const Change& change) {
  using Key = Touch::Key;
  switch (touch.key) {
    case Key::any:
      return true;
    case Key::number:
      return change.key == text::cat(args.number);
    case Key::other:
      return change.key == text::cat(args.other);
    case Key::label:
      return same_name(change.key, args.label);
    case Key::login:
      return same_name(change.key, args.login);
    case Key::path:
      return change.key == args.path;
    case Key::branch:
      return change.collection == "files" ? change.branch == args.branch : change.key == args.branch;
    case Key::tag:
      return change.key == args.tag;
    case Key::milestone:
      return same_name(change.key, args.milestone);
    case Key::value:
      return same_name(change.key, args.value);
    case Key::names:
      return std::any_of(args.names.begin(), args.names.end(),
                         [&](const std::string& name) { return same_name(change.key, name); });
  }
  return false;
}

}  // namespace

std::vector<Change> changes_between(const Json& initial, const Json& final_state) {
  if (!initial.is_object() || !final_state.is_object()) return {};
  return Comparison().run(initial, final_state);
}

std::string describe(const Change& change) {
  std::string thing = name_of(change);
  const std::string_view sign = change.kind == Change::Kind::added     ? " (new)"
                                : change.kind == Change::Kind::removed ? " (gone)"
                                                                       : "";
  return change.member.empty() ? text::cat(thing, sign)
                               : text::cat(text::replace_all(change.member, "_", " "), sign, " of ", thing);
}

bool Licence::names_thing(const Change& change) const {
  const bool numbered = touch.collection == "numbered";
  const bool same_list = numbered ? change.collection == "issues" || change.collection == "pull_requests"
                                  : touch.collection == change.collection;
  if (!same_list || !has_key(touch, args, change)) return false;
  return args.repo.empty() || same_name(args.repo, change.repo);
}

bool Licence::covers(const Change& change) const {
  if (!names_thing(change)) return false;
  if (touch.only_new) return change.kind == Change::Kind::added && change.member.empty();
  if (touch.members.empty()) return true;
  const auto members = text::split(touch.members, '|');
  return std::find(members.begin(), members.end(), change.member) != members.end();
}

}  // namespace pome::criteria
