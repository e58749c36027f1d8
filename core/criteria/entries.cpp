#include "core/criteria/entries.h"

#include "core/base/pointer.h"
#include "core/base/text.h"

namespace pome::criteria {
namespace {

std::optional<std::size_t> index_in(const Json& list, const Entry& entry) {
  for (std::size_t i = 0; i < list.size(); ++i) {
    if (entry.is(list[i])) return i;
  }
  return std::nullopt;
}

/// The thing in the seed; nothing when repository, list or thing were not there.
std::optional<std::string> seeded_entry(const World& world, std::string_view repo, const Entry& entry) {
  const Located found = find_entry(*world.initial, repo, entry);
  return found ? std::optional(found.at()) : std::nullopt;
}

/// Is there a thing with the same id as the seeded one? A renamed thing is not gone. Branches are numbered anew with
/// every export, so their ids tell nothing.
bool kept_its_id(const World& world, const std::string& before, const Json& list) {
  if (text::contains(before, "/branches/")) return false;
  const Json* seeded = pointer::resolve(*world.initial, before);
  const auto id = seeded != nullptr ? json::integer_at(*seeded, "id") : std::nullopt;
  if (!id) return false;
  for (const Json& entry : list) {
    if (json::integer_at(entry, "id") == id) return true;
  }
  return false;
}

}  // namespace

bool Entry::is(const Json& entry) const {
  const std::string_view found = name_in(entry, member);
  return !found.empty() && (any_case ? text::equals_ignore_case(found, name) : found == name);
}

std::string Entry::label(std::string_view repo) const { return text::cat(noun, " `", name, "` of ", repo); }

Entry branch_entry(std::string_view name) { return {"branches", "branch", "name", name}; }
Entry tag_entry(std::string_view name) { return {"tags", "tag", "name", name}; }
Entry release_entry(std::string_view tag) { return {"releases", "release", "tag_name", tag}; }
Entry label_entry(std::string_view name) { return {"labels", "label", "name", name, true}; }
Entry milestone_entry(std::string_view title) { return {"milestones", "milestone", "title", title, true}; }
Entry collaborator_entry(std::string_view login) { return {"collaborators", "collaborator", "login", login, true}; }

Located find_list(const Json& state, std::string_view repo, std::string_view list) {
  const Located found = find_repo(state, repo);
  return found ? found.list(list) : found;
}

Located find_entry(const Json& state, std::string_view repo, const Entry& entry) {
  const Located list = find_list(state, repo, entry.list);
  if (!list) return list;
  const auto index = index_in(*list, entry);
  if (index) return {(*list)[*index], pointer::child(list.at(), *index)};
  return Verdict::absent(text::cat("there is no ", entry.label(repo)), Evidence::state(list.at()));
}

std::string seeded_place(const World& world, std::string_view repo, std::string_view list) {
  const std::optional<Located> seeded = seeded_repo(world, repo);
  if (!seeded) return "/repositories";
  return (**seeded).contains(list) ? seeded->at(list) : seeded->at();
}

std::string branch_of(const Args& args, const Json& repo) {
  return args.branch.empty() ? std::string(json::string_at(repo, "default_branch").value_or("")) : args.branch;
}

Head find_head(const Json& state, const Args& args) {
  const Located repo = find_repo(state, args.repo);
  if (!repo) return {args.branch, repo, {}};
  std::string branch = branch_of(args, *repo);
  if (branch.empty()) return {branch, incomplete(repo.at("default_branch")), {}};
  Located entry = find_entry(state, args.repo, branch_entry(branch));
  if (!entry) return {branch, entry, {}};
  const auto sha = json::string_at(*entry, "head_sha");
  if (!sha) return {branch, incomplete(entry.at("head_sha")), {}};
  return {branch, entry, std::string(*sha)};
}

Verdict grade_exists(const World& world, std::string_view repo, const Entry& entry) {
  const Located list = find_list(*world.final_state, repo, entry.list);
  if (!list) return list.miss();
  const auto index = index_in(*list, entry);
  return Verdict::grade(index.has_value(), entry.label(repo), index ? "it" : listing(*list, entry.member),
                        Evidence::state(index ? pointer::child(list.at(), *index) : list.at()));
}

Verdict grade_created(const World& world, std::string_view repo, const Entry& entry) {
  const Located list = find_list(*world.final_state, repo, entry.list);
  if (!list) return list.miss();
  const auto before = seeded_entry(world, repo, entry);
  const auto index = index_in(*list, entry);
  return Verdict::grade(index && !before, text::cat("a new ", entry.label(repo)),
                        !index   ? "none of that name"
                        : before ? "one that was there before the run"
                                 : "it",
                        Evidence::state(index ? pointer::child(list.at(), *index) : list.at())
                            .and_initial(before ? *before : seeded_place(world, repo, entry.list)));
}

Verdict grade_deleted(const World& world, std::string_view repo, const Entry& entry) {
  const Located list = find_list(*world.final_state, repo, entry.list);
  if (!list) return list.miss();
  const auto before = seeded_entry(world, repo, entry);
  if (!before) {
    return Verdict::absent(text::cat("there was no ", entry.label(repo), " before the run"),
                           Evidence::initial(seeded_place(world, repo, entry.list)));
  }
  const auto index = index_in(*list, entry);
  const bool renamed = !index && kept_its_id(world, *before, *list);
  return Verdict::grade(!index && !renamed, text::cat("no ", entry.label(repo), " any more"),
                        index     ? "it, still there"
                        : renamed ? "it under another name"
                                  : "none",
                        Evidence::state(index ? pointer::child(list.at(), *index) : list.at()).and_initial(*before));
}

Verdict grade_text(const Located& thing, std::string_view member, std::string_view wanted, std::string expected,
                   bool any_case) {
  if (!thing) return thing.miss();
  if (!(*thing).contains(member)) return incomplete(thing.at(member));
  const std::string_view found = json::string_at(*thing, member).value_or("");
  return Verdict::grade(any_case ? text::equals_ignore_case(found, wanted) : found == wanted, std::move(expected),
                        shown(found), Evidence::state(thing.at(member)));
}

std::string shown(std::string_view text) {
  constexpr std::size_t kShown = 80;
  if (text.empty()) return "none";
  const std::string line = text::replace_all(std::string(text), "\n", " ");
  const std::string_view kept = text::truncate_utf8(line, kShown);
  return text::cat('`', kept, kept.size() < line.size() ? "...`" : "`");
}

std::optional<bool> flag_at(const Json& value, std::string_view member) {
  if (const auto flag = json::bool_at(value, member)) return flag;
  const auto number = json::integer_at(value, member);
  return number ? std::optional(*number != 0) : std::nullopt;
}

History::History(const Json& commits) : commits_(&commits) {
  for (std::size_t i = 0; i < commits.size(); ++i) index_.emplace(sha(i), i);
}

std::string_view History::sha(std::size_t index) const {
  return json::string_at((*commits_)[index], "sha").value_or("");
}

History::Reach History::from(std::string_view start) const {
  Reach reach;
  std::vector<bool> seen(commits_->size(), false);
  std::vector<std::string_view> next = {start};
  for (std::size_t at = 0; at < next.size(); ++at) {
    const auto found = index_.find(next[at]);
    if (found == index_.end()) {
      reach.complete = false;
      continue;
    }
    if (seen[found->second]) continue;
    seen[found->second] = true;
    reach.commits.push_back(found->second);
    const Json& parents = json::at((*commits_)[found->second], "parents");
    if (!parents.is_array()) reach.complete = false;
    for (const Json& parent : parents) {
      if (parent.is_string()) next.emplace_back(parent.get_ref<const std::string&>());
    }
  }
  return reach;
}

}  // namespace pome::criteria
