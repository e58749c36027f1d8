#include "core/criteria/world.h"

#include <algorithm>

#include "core/base/pointer.h"
#include "core/base/text.h"

namespace pome::criteria {
namespace {

Located missing_repo(std::string_view full_name) {
  return Verdict::absent(text::cat("there is no repository ", full_name), Evidence::state("/repositories"));
}

/// Exports are in order of their numbers, so halving finds the entry; other lists are read through.
std::optional<std::size_t> index_of_number(const Json& list, std::int64_t number) {
  std::size_t low = 0;
  std::size_t high = list.size();
  while (low < high) {
    const std::size_t middle = low + (high - low) / 2;
    const std::int64_t found = json::integer_at(list[middle], "number").value_or(0);
    if (found == number) return middle;
    if (found < number) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  for (std::size_t i = 0; i < list.size(); ++i) {
    if (json::integer_at(list[i], "number") == number) return i;
  }
  return std::nullopt;
}

/// The entry whose `number` is args.number, from a list of the repository.
Located find_numbered(const World& world, const Args& args, std::string_view list_name, std::string_view what) {
  const Located repo = find_repo(*world.final_state, args.repo);
  if (!repo) return repo;
  const Located list = repo.list(list_name);
  if (!list) return list;
  if (const auto index = index_of_number(*list, args.number))
    return {(*list)[*index], pointer::child(list.at(), *index)};
  return Verdict::absent(text::cat("there is no ", what), Evidence::state(list.at()));
}

/// "/s/{session}" in front of a path; tools of other makers put "/api/v3" or nothing there.
std::string_view without_mount(std::string_view path) {
  if (!path.starts_with("/s/")) return path;
  const std::size_t end = path.find('/', 3);
  return end == std::string_view::npos ? std::string_view("/") : path.substr(end);
}

/// The verb of an operation id that only reads: "issues/list-comments".
bool is_read_operation(std::string_view operation) {
  constexpr std::string_view kVerbs[] = {"get", "list", "search", "check", "download", "compare", "render"};
  const std::size_t slash = operation.find('/');
  const std::string_view name = slash == std::string_view::npos ? operation : operation.substr(slash + 1);
  const std::string_view verb = name.substr(0, name.find_first_of("-_"));
  return operation.starts_with("search/") || std::find(std::begin(kVerbs), std::end(kVerbs), verb) != std::end(kVerbs);
}

}  // namespace

Located::Located(const Json& value, std::string at) : value_(&value), at_(std::move(at)) {}
Located::Located(Verdict miss) : miss_(std::move(miss)) {}
Located::Located(const Located& other) = default;
Located::Located(Located&& other) noexcept = default;
Located& Located::operator=(const Located& other) = default;
Located& Located::operator=(Located&& other) noexcept = default;
Located::~Located() = default;

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
  if (issue || !issue.miss().is_absent()) return issue;
  const Located pull = find_pull(world, args);
  if (!pull) return issue;
  return Verdict::absent(text::cat('#', args.number, " of ", args.repo, " is a pull request, not an issue"),
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

bool is_write(const Call& call) {
  if (call.mutated) return true;
  if (call.method == "GET" || call.method == "HEAD" || call.method == "OPTIONS") return false;
  const std::string_view resource = resource_of(call);
  const bool door = resource == "/mcp" || resource.starts_with("/mcp/") || resource == "/graphql";
  if (!door && resource != "/markdown" && resource != "/markdown/raw") return true;
  // One address for everything: the action tells.
  if (!call.operation.empty()) return !is_read_operation(call.operation);
  return std::any_of(call.tools.begin(), call.tools.end(), [](const std::string& tool) {
    return !is_read_operation(tool) && !text::contains(tool, "_read");
  });
}

std::string_view resource_of(const Call& call) {
  const std::string_view path = without_mount(call.path);
  return path.substr(0, path.find('?'));
}

std::string describe(const Call& call) {
  return text::cat(call.method, ' ', without_mount(call.path), " (", call.status, ')');
}

Verdict grade_no_changes(const std::vector<const Change*>& changes, std::string expected, Evidence otherwise) {
  constexpr std::size_t kShown = 10;
  if (changes.empty()) return Verdict::grade(true, std::move(expected), "no change", std::move(otherwise));
  Evidence evidence = Evidence::state(changes.front()->after).and_initial(changes.front()->before);
  std::vector<std::string> found;
  for (const Change* change : changes) {
    if (!found.empty() && found.size() < kShown) evidence.add_state(change->after).add_initial(change->before);
    found.push_back(describe(*change));
  }
  return Verdict::grade(false, std::move(expected), "changes: " + listing(found), std::move(evidence));
}

}  // namespace pome::criteria
