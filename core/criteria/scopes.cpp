#include "core/criteria/scopes.h"

#include "core/base/text.h"
#include "core/criteria/words.h"

namespace pome::criteria {
namespace {

using Key = Touch::Key;

struct Part {
  std::string_view word;
  std::string_view members;
};
constexpr Part kParts[] = {{"labels", "labels"},
                           {"assignees", "assignees|assignee_login"},
                           {"state", "state|state_reason|closed_at|closed_by_login"},
                           {"title", "title"},
                           {"body", "body"},
                           {"milestone", "milestone_number"},
                           {"lock", "locked|active_lock_reason"},
                           {"comments", "comments"},
                           {"reviews", "reviews"},
                           {"review comments", "review_comments"},
                           {"reviewers", "requested_reviewers|requested_teams"}};

struct Thing {
  std::string_view words;
  std::string_view collection;
  Key key;
  SlotKind slot;
};
constexpr Thing kThings[] = {{"issue #", "issues", Key::number, SlotKind::issue},
                             {"pull request #", "pull_requests", Key::number, SlotKind::pr},
                             {"label ", "labels", Key::label, SlotKind::label},
                             {"milestone ", "milestones", Key::milestone, SlotKind::milestone},
                             {"release ", "releases", Key::tag, SlotKind::tag},
                             {"tag ", "tags", Key::tag, SlotKind::tag},
                             {"branch ", "branches", Key::branch, SlotKind::branch},
                             {"file ", "files", Key::path, SlotKind::path},
                             {"collaborator ", "collaborators", Key::login, SlotKind::login}};

struct Things {
  std::string_view words;
  std::string_view collection;
};
constexpr Things kNewThings[] = {{"issues", "issues"},
                                 {"pull requests", "pull_requests"},
                                 {"labels", "labels"},
                                 {"milestones", "milestones"},
                                 {"releases", "releases"},
                                 {"tags", "tags"},
                                 {"branches", "branches"},
                                 {"files", "files"},
                                 {"commits", "commits"},
                                 {"commit statuses", "commit_statuses"},
                                 {"check runs", "check_runs"},
                                 {"workflow runs", "workflow_runs"},
                                 {"gists", "gists"}};

bool read_part(Words& words, Touch& touch) {
  const Words before = words;
  if (!words.take("the ")) return true;
  for (const Part& part : kParts) {
    const Words start = words;
    if (words.take(part.word) && words.take(" of ")) {
      touch.members = part.members;
      return true;
    }
    words = start;
  }
  words = before;
  return true;
}

bool read_new_things(Words& words, Licence& licence) {
  if (!words.take("new ")) return false;
  const Things* longest = nullptr;
  for (const Things& things : kNewThings) {
    if (words.rest().starts_with(things.words)) longest = &things;
  }
  if (longest == nullptr || !words.take(longest->words)) return false;
  licence.touch = {longest->collection, Key::any, {}, true};
  return true;
}

bool read_thing(Words& words, Licence& licence) {
  if (words.take("the repository") || words.take("the settings of the repository")) {
    licence.touch.collection = "";
    return true;
  }
  if (!read_part(words, licence.touch)) return false;
  for (const Thing& thing : kThings) {
    if (!words.take(thing.words)) continue;
    licence.touch.collection = thing.collection;
    licence.touch.key = thing.key;
    return words.take_slot(thing.slot, licence.args);
  }
  return false;
}

/// What changes with a branch: its files and the commits on it.
void add_what_a_branch_brings(const Licence& licence, std::vector<Licence>& out) {
  if (licence.touch.collection != "branches" || !licence.touch.members.empty()) return;
  out.push_back({{"files", licence.touch.key}, licence.args});
  out.push_back({{"commits", Key::any, {}, true}, licence.args});
}

}  // namespace

std::optional<std::vector<Licence>> read_scopes(std::string_view text) {
  Words words(text::trim(text));
  std::vector<Licence> out;
  do {
    Licence licence;
    if (!read_new_things(words, licence) && !read_thing(words, licence)) return std::nullopt;
    if ((words.take(" in ") || words.take(" on ")) && !words.take_slot(SlotKind::repo, licence.args)) {
      return std::nullopt;
    }
    add_what_a_branch_brings(licence, out);
    out.push_back(std::move(licence));
  } while (words.take(", and ") || words.take(" and ") || words.take(", "));
  if (!words.rest().empty()) return std::nullopt;
  return out;
}

}  // namespace pome::criteria
