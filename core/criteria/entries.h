#pragma once
#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/criteria/world.h"

/// Things in the lists of a repository, each told from the others by one member: branches, tags, releases, labels ...
namespace pome::criteria {

/// A thing somebody looks for.
struct Entry {
  std::string_view list;    ///< "branches"
  std::string_view noun;    ///< "branch"
  std::string_view member;  ///< "name"
  std::string_view name;
  bool any_case = false;

  bool is(const Json& entry) const;
  /// "branch `main` of acme/api"
  std::string label(std::string_view repo) const;
};

Entry branch_entry(std::string_view name);
Entry tag_entry(std::string_view name);
Entry release_entry(std::string_view tag);
Entry label_entry(std::string_view name);
Entry milestone_entry(std::string_view title);
Entry collaborator_entry(std::string_view login);

/// A list of the repository; the verdict for not finding repository or list otherwise.
Located find_list(const Json& state, std::string_view repo, std::string_view list);
/// The thing; absent when the list lacks it.
Located find_entry(const Json& state, std::string_view repo, const Entry& entry);
/// Place of a list in the initial state; of what is nearest to it when the list was not seeded.
std::string seeded_place(const World& world, std::string_view repo, std::string_view list);
/// The branch a sentence means: the one it names, else the repository's default one. Empty when nothing tells.
std::string branch_of(const Args& args, const Json& repo);
/// `head_sha` of the branch the sentence means.
struct Head {
  std::string branch;
  Located at;       ///< the branch's entry
  std::string sha;  ///< empty when the export has none
};
Head find_head(const Json& state, const Args& args);

/// Verdicts on a thing being there at the end, having come into being and having gone. Repository and list must be
/// there; a thing that was never there has not been deleted, and its denial fails too.
Verdict grade_exists(const World& world, std::string_view repo, const Entry& entry);
Verdict grade_created(const World& world, std::string_view repo, const Entry& entry);
Verdict grade_deleted(const World& world, std::string_view repo, const Entry& entry);

/// Verdict on a text member that has to be exactly `wanted`: "title `x` of release `v1` of acme/api".
Verdict grade_text(const Located& thing, std::string_view member, std::string_view wanted, std::string expected,
                   bool any_case = false);
/// "`text`" for messages: on one line, at most 80 bytes.
std::string shown(std::string_view text);
/// Is the member 1 or true? Nothing when it is neither that nor 0 or false.
std::optional<bool> flag_at(const Json& value, std::string_view member);

/// The newest of the entries that `accepts` picks: the highest id, else the last one.
template <class Accepts>
std::optional<std::size_t> newest(const Json& list, Accepts accepts) {
  std::optional<std::size_t> best;
  for (std::size_t i = 0; i < list.size(); ++i) {
    if (!accepts(list[i])) continue;
    const auto id = json::integer_at(list[i], "id");
    const auto known = best ? json::integer_at(list[*best], "id") : std::nullopt;
    if (!id || !known || *id >= *known) best = i;
  }
  return best;
}

/// The commits of a state, by what they descend from.
class History {
 public:
  /// `commits` lives as long as this.
  explicit History(const Json& commits);

  /// What a commit and its ancestors are, newest first as far as the walk meets them.
  struct Reach {
    std::vector<std::size_t> commits;  ///< indexes
    bool complete = true;              ///< false when an ancestor is not in the export
  };
  Reach from(std::string_view sha) const;
  bool has(std::string_view sha) const { return index_.find(sha) != index_.end(); }
  std::string_view sha(std::size_t index) const;

 private:
  const Json* commits_;
  std::map<std::string_view, std::size_t> index_;
};

}  // namespace pome::criteria
