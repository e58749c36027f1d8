#include "core/criteria/world.h"

#include "core/base/pointer.h"
#include "core/base/text.h"

namespace pome::criteria {
namespace {

Located missing_repo(std::string_view full_name) {
  return Verdict::fail(text::cat("repository ", full_name, " is not in the final state"),
                       Evidence::state("/repositories"));
}

/// The entry whose `number` is args.number, from a list of the repository.
Located find_numbered(const World& world, const Args& args, std::string_view list_name, std::string_view what) {
  const Located repo = find_repo(*world.final_state, args.repo);
  if (!repo) return repo;
  const Located list = repo.list(list_name);
  if (!list) return list;
  for (std::size_t i = 0; i < (*list).size(); ++i) {
    if (json::integer_at((*list)[i], "number") == args.number) return {(*list)[i], pointer::child(list.at(), i)};
  }
  return Verdict::fail(text::cat("there is no ", what), Evidence::state(list.at()));
}

void compare(const Json& before, const Json& after, const Difference& at, std::size_t limit,
             std::vector<Difference>& out) {
  if (out.size() >= limit || before == after) return;
  if (before.is_object() && after.is_object()) {
    for (const auto& [key, value] : before.items()) {
      const auto other = after.find(key);
      if (other == after.end()) {
        if (out.size() < limit) out.push_back({pointer::child(at.before, key), at.after});
      } else {
        compare(value, *other, {pointer::child(at.before, key), pointer::child(at.after, key)}, limit, out);
      }
    }
    for (const auto& [key, value] : after.items()) {
      if (!before.contains(key) && out.size() < limit) out.push_back({at.before, pointer::child(at.after, key)});
    }
    return;
  }
  if (before.is_array() && after.is_array() && before.size() == after.size()) {
    for (std::size_t i = 0; i < before.size(); ++i) {
      compare(before[i], after[i], {pointer::child(at.before, i), pointer::child(at.after, i)}, limit, out);
    }
    return;
  }
  out.push_back(at);
}

}  // namespace

std::string Located::at(std::string_view member) const { return pointer::child(at_, member); }

Located Located::list(std::string_view member) const {
  const Json& found = json::at(*value_, member);
  if (!found.is_array()) return incomplete(at(member));
  return {found, at(member)};
}

std::string full_name_of(const Json& repo) {
  if (const auto name = json::string_at(repo, "full_name")) return std::string(*name);
  const auto owner = json::string_at(repo, "owner");
  const auto name = json::string_at(repo, "name");
  return owner && name ? text::cat(*owner, '/', *name) : std::string();
}

std::vector<std::string> repo_names(const Json& state) {
  std::vector<std::string> names;
  const Json& repos = json::at(state, "repositories");
  if (!repos.is_array()) return names;
  for (const Json& repo : repos) names.push_back(full_name_of(repo));
  return names;
}

Located find_repo(const Json& state, std::string_view full_name) {
  const Json& repos = json::at(state, "repositories");
  if (!repos.is_array()) return incomplete("/repositories");
  for (std::size_t i = 0; i < repos.size(); ++i) {
    if (text::equals_ignore_case(full_name_of(repos[i]), full_name))
      return {repos[i], pointer::child("/repositories", i)};
  }
  return missing_repo(full_name);
}

std::optional<Located> seeded_repo(const World& world, std::string_view full_name) {
  Located repo = find_repo(*world.initial, full_name);
  if (!repo) return std::nullopt;
  return repo;
}

Located find_issue(const World& world, const Args& args) {
  Located issue = find_numbered(world, args, "issues", issue_label(args));
  if (issue || issue.miss().outcome() != Verdict::Outcome::failed) return issue;
  const Located pull = find_pull(world, args);
  if (!pull) return issue;
  return Verdict::fail(text::cat('#', args.number, " of ", args.repo, " is a pull request, not an issue"),
                       Evidence::state(pull.at()));
}

Located find_pull(const World& world, const Args& args) {
  return find_numbered(world, args, "pull_requests", pull_label(args));
}

std::string_view name_in(const Json& entry, std::string_view member) {
  if (entry.is_string()) return entry.get_ref<const std::string&>();
  return json::string_at(entry, member).value_or(std::string_view());
}

std::optional<std::size_t> index_of(const Json& list, std::string_view member, std::string_view name) {
  for (std::size_t i = 0; i < list.size(); ++i) {
    if (text::equals_ignore_case(name_in(list[i], member), name)) return i;
  }
  return std::nullopt;
}

std::string listing(const std::vector<std::string>& names) {
  constexpr std::size_t kShown = 12;
  if (names.empty()) return "none";
  std::string out;
  for (std::size_t i = 0; i < names.size() && i < kShown; ++i) {
    if (i > 0) out.append(", ");
    out.append(text::cat('`', names[i], '`'));
  }
  if (names.size() > kShown) out.append(text::cat(" and ", names.size() - kShown, " more"));
  return out;
}

std::string listing(const Json& list, std::string_view member) {
  std::vector<std::string> names;
  for (const Json& entry : list) names.emplace_back(name_in(entry, member));
  return listing(names);
}

std::string issue_label(const Args& args) { return text::cat("issue #", args.number, " of ", args.repo); }
std::string pull_label(const Args& args) { return text::cat("pull request #", args.number, " of ", args.repo); }

Verdict incomplete(std::string_view what) {
  return Verdict::skip(text::cat("the state export has no ", what, " (state_incomplete)"));
}

std::vector<Difference> differences(const Located& before, const Located& after, std::size_t limit) {
  std::vector<Difference> out;
  compare(*before, *after, {before.at(), after.at()}, limit, out);
  return out;
}

}  // namespace pome::criteria
