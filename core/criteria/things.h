#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/pointer.h"
#include "core/base/text.h"
#include "core/criteria/world.h"

/// What rows about issues and rows about pull requests share: Args::pull tells which of the two a sentence means.
namespace pome::criteria {

/// The issue or pull request the sentence is about, in the final state.
Located find_thing(const World& world, const Args& args);
/// The same one in the seed; the verdict for not finding it when it was not seeded.
Located find_seeded_thing(const World& world, const Args& args);
/// "issue #1 of acme/api"
std::string thing_label(const Args& args);

/// `merged` is 0/1 or a boolean; `merged_at` tells as well.
std::optional<bool> is_merged(const Json& pull);

/// Who is assigned, by login. Older exports only know `assignee_login`, at most one.
struct Assignees {
  std::vector<std::string> logins;
  std::string place;
  bool listed = false;  ///< `place` is a list, entry by entry the logins
};
std::optional<Assignees> assignees_of(const Located& thing);
/// Where that person stands among them; nothing when they are not assigned.
std::optional<std::string> place_of(const Assignees& assignees, std::string_view login);

/// Entries that are plain strings or objects with `member`.
std::vector<std::string> names_in(const Json& list, std::string_view member);

/// Two sets of names, compared without regard to case.
struct Overlap {
  std::size_t present = 0;  ///< wanted and there
  std::size_t missing = 0;  ///< wanted and not there
  std::size_t extra = 0;    ///< there and not wanted

  bool same() const { return missing == 0 && extra == 0; }
};
Overlap overlap(const std::vector<std::string>& found, const std::vector<std::string>& wanted);

/// Is `user_login` of the entry that person? An empty login stands for everybody.
bool is_by(const Json& entry, std::string_view login);

/// "1 comment", "2 comments"
std::string counted(std::int64_t count, std::string_view noun);

/// Does `found` satisfy "exactly|at least|at most" (args.choice) args.count?
bool count_fits(const Args& args, std::int64_t found);
/// The verdict of a sentence that counts: "at least 2 labels on issue #1 of acme/api".
Verdict grade_count(const Args& args, std::int64_t found, std::string_view noun, std::string_view where,
                    Evidence evidence);

/// Holds when an entry of the list is accepted; evidence is the first such entry, or the list.
template <class Accepts>
Verdict grade_any(const Located& list, std::string wanted, std::string_view noun, Accepts accepts) {
  if (!list) return list.miss();
  const std::size_t count = (*list).size();
  for (std::size_t i = 0; i < count; ++i) {
    if (!accepts((*list)[i])) continue;
    return Verdict::grade(true, std::move(wanted), text::cat(noun, ' ', i + 1, " of ", count),
                          Evidence::state(pointer::child(list.at(), i)));
  }
  return Verdict::grade(false, std::move(wanted),
                        text::cat(counted(static_cast<std::int64_t>(count), noun), ", none with it"),
                        Evidence::state(list.at()));
}

/// Counts the entries that are accepted; evidence is the list.
template <class Accepts>
Verdict grade_count_of(const Args& args, const Located& list, std::string_view noun, std::string_view where,
                       Accepts accepts) {
  if (!list) return list.miss();
  std::int64_t found = 0;
  for (const Json& entry : *list) found += accepts(entry) ? 1 : 0;
  return grade_count(args, found, noun, where, Evidence::state(list.at()));
}

/// The list of the thing the sentence is about, or why there is none.
Located list_of(const World& world, const Args& args, std::string_view member);

/// Does the text refer to that issue or pull request: "#12", "acme/api#12", "GH-12" or its address?
bool mentions(std::string_view text, std::string_view repo, std::int64_t number);
/// Does the text close it when merged: "Fixes #12"?
bool closes(std::string_view text, std::string_view repo, std::int64_t number);

}  // namespace pome::criteria
