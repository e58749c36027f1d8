#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "core/base/pointer.h"
#include "core/base/sort.h"
#include "core/base/text.h"
#include "core/proof/additions.h"
#include "core/proof/mutants.h"
#include "core/proof/words.h"

namespace pome::proof {
namespace {

constexpr std::size_t kMaxEntriesEach = 40;  // entries of one list that are removed one by one
constexpr std::size_t kWalkedEntries = 2;    // entries at each end of a list that a walk through the world visits
constexpr std::size_t kMostMore = 256;       // entries a list grows by
constexpr std::size_t kMaxPlaces = 400;      // places of a world that are changed

/// The world, its list of repositories, or one of them.
bool is_outer(std::string_view pointer) {
  return pointer.empty() || pointer == "/repositories" || parent_of(pointer) == "/repositories";
}

/// Things with a life of their own, of which a sentence says what became of them.
bool holds_things(std::string_view list) {
  const std::string name = last_step(list);
  return name == "issues" || name == "pull_requests" || name == "repositories";
}

/// The members of an object, the most telling first.
std::vector<std::string> ranked_members(const Json& object) {
  std::vector<std::string> names;
  for (const auto& [name, value] : object.items()) names.push_back(name);
  sort_stably(names, [](const std::string& a, const std::string& b) { return rank_of(a) < rank_of(b); });
  return names;
}

/// A final state in which one place at a time is changed, and restored after the mutant was seen.
class Editor {
 public:
  explicit Editor(Mutator& mutator)
      : mutator_(mutator),
        state_(mutator.subject().final_state()),
        literals_(literals_of(mutator.result().criterion.text)) {}

  bool done() const { return mutator_.done(); }
  const Json* at(std::string_view pointer) const { return pointer::resolve(state_, pointer); }
  bool is_entry(std::string_view pointer) const {
    const Json* around = pointer.empty() ? nullptr : at(parent_of(pointer));
    return around != nullptr && around->is_array();
  }

  /// Each other value of the scalar at `pointer`, at most `limit`.
  void change(const std::string& pointer, std::size_t limit) {
    const Json* value = at(pointer);
    if (value == nullptr || value->is_structured()) return;
    const std::vector<Json> others = other_values(*value, literals_);
    for (std::size_t i = 0; i < others.size() && i < limit && !done(); ++i) {
      const std::string words = text::cat(place_in_words(state_, pointer), " is ", value_in_words(others[i]));
      edit(pointer, words, [&](Json& place) { place = others[i]; });
    }
  }

  void remove(const std::string& pointer) {
    if (!is_entry(pointer)) return;
    const std::string list = std::string(parent_of(pointer));
    const auto index = static_cast<std::size_t>(text::to_integer(last_step(pointer)).value_or(0));
    const std::string words = text::cat(entry_words(list, *at(pointer), index), " is removed from ", owner_words(list));
    edit(list, words, [&](Json& entries) { entries.erase(index); });
  }

  void remove_each(const std::string& list, std::size_t limit) {
    const Json* entries = at(list);
    const std::size_t count = std::min(entries->size(), limit);
    for (std::size_t i = 0; i < count && !done(); ++i) remove(pointer::child(list, entries->size() - 1 - i));
  }

  void clear(const std::string& list) {
    if (at(list)->empty()) return;
    const std::string name = text::replace_all(last_step(list), "_", " ");
    edit(list, text::cat(owner_words(list), " has no ", name), [](Json& entries) { entries = Json::array(); });
  }

  void add(const std::string& list, std::size_t limit) {
    const std::vector<Json> entries = additions(state_, mutator_.subject().initial(), list, literals_);
    for (std::size_t i = 0; i < entries.size() && i < limit && !done(); ++i) {
      const std::string words =
          text::cat(entry_words(list, entries[i], at(list)->size()), " is added to ", owner_words(list));
      edit(list, words, [&](Json& all) { all.push_back(entries[i]); });
    }
  }

  /// Everything that can happen at one place and directly below it.
  void around(const std::string& pointer) {
    const Json* value = at(pointer);
    // A verdict that names the world or a whole repository is about changes anywhere: mutate_world() makes them.
    if (value == nullptr || done() || is_outer(pointer)) return;
    if (value->is_array()) return change_list(pointer);
    if (value->is_object()) {
      if (!holds_things(parent_of(pointer))) remove(pointer);
      change_members(pointer, false);
      remove(pointer);
      change_members(pointer, true);
    } else {
      remove(pointer);
      change(pointer, kMaxEntriesEach);
    }
    if (is_entry(pointer)) change_list(std::string(parent_of(pointer)));
  }

  void change_list(const std::string& list) {
    remove_each(list, kMaxEntriesEach);
    clear(list);
    add(list, kWalkedEntries);
    if (holds_things(list)) {
      for (const std::string& entry : ends_of(list)) change_telling(entry);
    }
    add(list, kMaxPlaces);
    multiply(list);
  }

  /// The first and the last entries of a list: they stand for all.
  std::vector<std::string> ends_of(const std::string& list) const {
    std::vector<std::string> entries;
    const std::size_t count = at(list)->size();
    for (std::size_t i = 0; i < count; ++i) {
      if (i < kWalkedEntries || i + kWalkedEntries >= count) entries.push_back(pointer::child(list, i));
    }
    return entries;
  }

  /// Whether the sentence speaks of things called so: "label" for the list "labels".
  bool mentions(std::string_view member) const {
    return text::contains_ignore_case(mutator_.result().criterion.text, singular(member));
  }

  /// What a sentence about many things is most likely to say of one.
  void change_telling(const std::string& entry) {
    for (const std::string& name : ranked_members(*at(entry))) {
      const std::string member = pointer::child(entry, std::string_view(name));
      if (done() || names_entry(name) || (!is_telling(name) && !mentions(name))) continue;
      if (at(member)->is_array()) {
        add(member, kWalkedEntries + literals_.size());
        clear(member);
      } else {
        change(member, kWalkedEntries);
      }
    }
  }

  /// Many more entries, for sentences that count.
  void multiply(const std::string& list) {
    if (at(list)->empty()) return;
    for (std::size_t more = 4; more <= kMostMore && !done(); more *= 4) {
      const std::string words = text::cat(owner_words(list), " has ", more, " more ", last_step(list));
      edit(list, words, [&](Json& all) {
        const Json last = all.back();
        for (std::size_t i = 1; i <= more; ++i) all.push_back(numbered(last, i));
      });
    }
  }

  /// The members that name the thing, or all others; the most telling first.
  void change_members(const std::string& pointer, bool naming) {
    for (const std::string& name : ranked_members(*at(pointer))) {
      const std::string member = pointer::child(pointer, std::string_view(name));
      if (done()) return;
      if (names_entry(name) != naming) continue;
      if (at(member)->is_array()) {
        change_list(member);
      } else if (at(member)->is_object()) {
        change_members(member, naming);
      } else {
        change(member, kMaxEntriesEach);
      }
    }
  }

  /// All places that evidence names at once, for sentences that hold for more than one reason.
  void undo_all(std::vector<std::string> pointers) {
    std::sort(pointers.begin(), pointers.end(), [](const std::string& a, const std::string& b) {
      return a.size() != b.size() ? a.size() > b.size() : a > b;  // later entries first: earlier ones keep their index
    });
    edit("", "everything the verdict rests on is undone", [&](Json& state) {
      for (const std::string& pointer : pointers) undo(state, pointer);
    });
  }

  void without(const std::string& literal) {
    edit("", text::cat('`', literal, "` stands nowhere"), [&](Json& state) { replace(state, literal); });
  }

  const std::vector<std::string>& literals() const { return literals_; }
  const Json& state() const { return state_; }

 private:
  template <class Change>
  void edit(const std::string& pointer, const std::string& words, Change change) {
    auto* place = const_cast<Json*>(at(pointer));  // state_ is not const
    if (place == nullptr || done()) return;
    Json before = *place;
    change(*place);
    mutator_.state(words, state_);
    *place = std::move(before);
  }

  /// Removes an entry, empties a list, changes a scalar.
  void undo(Json& state, const std::string& pointer) const {
    auto* value = const_cast<Json*>(pointer::resolve(state, pointer));
    auto* around = const_cast<Json*>(pointer::resolve(state, parent_of(pointer)));
    if (value == nullptr || around == nullptr || is_outer(pointer)) return;
    if (value->is_array()) {
      *value = Json::array();
    } else if (around->is_array()) {
      around->erase(static_cast<std::size_t>(text::to_integer(last_step(pointer)).value_or(0)));
    } else if (!value->is_structured()) {
      *value = other_values(*value, literals_).front();
    }
  }

  static void replace(Json& value, const std::string& literal) {
    if (value.is_structured()) {
      for (Json& member : value) replace(member, literal);
    } else if (value.is_string()) {
      value = text::replace_all(value.get<std::string>(), literal, kSomethingElse);
    }
  }

  std::string entry_words(const std::string& list, const Json& entry, std::size_t index) const {
    const std::string list_name = last_step(list);
    return list_name == "repositories" ? name_of(entry, index)
                                       : text::cat(singular(list_name), ' ', name_of(entry, index));
  }
  std::string owner_words(const std::string& list) const { return place_in_words(state_, parent_of(list)); }

  Mutator& mutator_;
  Json state_;
  std::vector<std::string> literals_;
};

bool is_repository(const Editor& editor, std::string_view literal) {
  const Json& repositories = json::at(editor.state(), "repositories");
  if (!repositories.is_array()) return false;
  return std::any_of(repositories.begin(), repositories.end(), [&](const Json& repository) {
    return text::equals_ignore_case(json::string_at(repository, "full_name").value_or(""), literal);
  });
}

/// Times, ids and digests follow from other changes: nobody changes them alone.
bool is_bookkeeping(std::string_view member) {
  const auto ends_with = [&](std::string_view tail) {
    return member.size() >= tail.size() && member.substr(member.size() - tail.size()) == tail;
  };
  return ends_with("_at") || ends_with("id") || ends_with("sha") || member == "clock" || member == "entity_counter";
}

/// Visits the world from the outside in, so that a small budget sees something of everything.
class Walk {
 public:
  Walk(Editor& editor, const std::vector<std::string>& protected_places)
      : editor_(editor), protected_(protected_places) {}

  void run() {
    std::vector<std::string> queue;
    const Json& repositories = json::at(editor_.state(), "repositories");
    for (std::size_t i = 0; i < repositories.size(); ++i) queue.push_back(pointer::child("/repositories", i));
    queue.emplace_back();
    for (std::size_t i = 0; i < queue.size() && i < kMaxPlaces && !editor_.done(); ++i) {
      const std::string place = queue[i];  // the queue grows meanwhile
      visit(place, queue);
    }
  }

 private:
  bool holds_evidence(std::string_view pointer) const {
    return std::any_of(protected_.begin(), protected_.end(), [&](const std::string& place) {
      return place.starts_with(pointer) && (place.size() == pointer.size() || place[pointer.size()] == '/');
    });
  }

  void visit(const std::string& pointer, std::vector<std::string>& queue) {
    const Json thing = *editor_.at(pointer);
    std::vector<std::string> names = ranked_members(thing);
    sort_stably(names, [&](const auto& a, const auto& b) { return editor_.mentions(a) && !editor_.mentions(b); });
    for (const std::string& name : names) {
      const Json& value = thing[name];
      if (editor_.done()) return;
      const std::string member = pointer::child(pointer, std::string_view(name));
      if (value.is_array()) {
        visit_list(member, queue);
      } else if (value.is_object()) {
        queue.push_back(member);
      } else if (!names_entry(name) && !is_bookkeeping(name)) {
        editor_.change(member, 1);
      }
    }
  }

  void visit_list(const std::string& list, std::vector<std::string>& queue) {
    if (list == "/repositories") return;
    for (const std::string& entry : editor_.ends_of(list)) {
      if (!holds_evidence(entry)) editor_.remove(entry);
      if (!editor_.at(entry)->is_object()) continue;
      queue.push_back(entry);
      if (editor_.mentions(last_step(list))) editor_.change_telling(entry);
    }
    editor_.add(list, 2);
  }

  Editor& editor_;
  const std::vector<std::string>& protected_;
};

}  // namespace

void mutate_state(Mutator& mutator) {
  const eval::CriterionResult& result = mutator.result();
  Editor editor(mutator);
  for (const std::string& pointer : result.state_pointers) editor.around(pointer);
  for (const std::string& pointer : result.initial_pointers) editor.around(pointer);
  if (result.state_pointers.size() > 1) editor.undo_all(result.state_pointers);
  for (const std::string& literal : editor.literals()) {
    const bool text = literal.size() > 1 && !text::to_integer(literal) && !is_repository(editor, literal);
    if (text && !editor.done()) editor.without(literal);
  }
}

void mutate_world(Mutator& mutator) {
  Editor editor(mutator);
  const std::vector<std::string>& places = mutator.result().state_pointers;
  Walk(editor, places).run();
  for (const std::string& place : places) {
    if (parent_of(place) != "/repositories") continue;
    editor.remove(place);
    editor.change_members(place, true);
  }
}

}  // namespace pome::proof
