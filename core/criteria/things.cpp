#include "core/criteria/things.h"

#include <algorithm>

#include "core/criteria/pattern.h"

namespace pome::criteria {
namespace {

bool has_name(const std::vector<std::string>& names, std::string_view name) {
  return std::any_of(names.begin(), names.end(),
                     [&](const std::string& one) { return text::equals_ignore_case(one, name); });
}

/// How a text refers to an issue or pull request of the repository, as a regular expression.
std::string reference(std::string_view repo, std::int64_t number) {
  std::string name;  // with what a redacted name may hold written as itself
  for (const char c : repo) text::append(name, text::contains(".[]():*", std::string_view(&c, 1)) ? "\\" : "", c);
  return text::cat("((", name, ")?#|GH-|(https?://)?(www\\.)?github\\.com/", name, "/(issues|pull)/)", number,
                   "([^A-Za-z0-9_]|$)");
}

bool is_found(const std::string& expression, std::string_view text) {
  const auto pattern = Pattern::compile(expression);
  return pattern && pattern->matches(text);
}

}  // namespace

Located find_thing(const World& world, const Args& args) {
  return args.pull ? find_pull(world, args) : find_issue(world, args);
}

Located find_seeded_thing(const World& world, const Args& args) {
  return find_thing({world.initial, world.initial, nullptr, nullptr, nullptr}, args);
}

std::string thing_label(const Args& args) { return args.pull ? pull_label(args) : issue_label(args); }

std::optional<bool> is_merged(const Json& pull) {
  if (const auto flag = json::bool_at(pull, "merged")) return flag;
  if (const auto number = json::integer_at(pull, "merged")) return *number != 0;
  if (pull.contains("merged_at")) return !json::at(pull, "merged_at").is_null();
  return std::nullopt;
}

std::optional<Assignees> assignees_of(const Located& thing) {
  const Json& list = json::at(*thing, "assignees");
  if (list.is_array()) return Assignees{names_in(list, "login"), thing.at("assignees"), true};
  const Json& one = json::at(*thing, "assignee_login");
  if (!one.is_string() && !((*thing).contains("assignee_login") && one.is_null())) return std::nullopt;
  Assignees found = {{}, thing.at("assignee_login"), false};
  if (one.is_string()) found.logins.push_back(one.get<std::string>());
  return found;
}

std::optional<std::string> place_of(const Assignees& assignees, std::string_view login) {
  for (std::size_t i = 0; i < assignees.logins.size(); ++i) {
    if (!text::equals_ignore_case(assignees.logins[i], login)) continue;
    return assignees.listed ? pointer::child(assignees.place, i) : assignees.place;
  }
  return std::nullopt;
}

std::vector<std::string> names_in(const Json& list, std::string_view member) {
  std::vector<std::string> names;
  for (const Json& entry : list) names.emplace_back(name_in(entry, member));
  return names;
}

Overlap overlap(const std::vector<std::string>& found, const std::vector<std::string>& wanted) {
  Overlap out;
  for (const std::string& name : wanted) ++(has_name(found, name) ? out.present : out.missing);
  for (const std::string& name : found) {
    if (!has_name(wanted, name)) ++out.extra;
  }
  return out;
}

bool is_by(const Json& entry, std::string_view login) {
  return login.empty() || text::equals_ignore_case(json::string_at(entry, "user_login").value_or(""), login);
}

std::string counted(std::int64_t count, std::string_view noun) {
  return text::cat(count, ' ', noun, count == 1 ? "" : "s");
}

bool count_fits(const Args& args, std::int64_t found) {
  if (text::equals_ignore_case(args.choice, "at least")) return found >= args.count;
  if (text::equals_ignore_case(args.choice, "at most")) return found <= args.count;
  return found == args.count;
}

Verdict grade_count(const Args& args, std::int64_t found, std::string_view noun, std::string_view where,
                    Evidence evidence) {
  return Verdict::grade(count_fits(args, found),
                        text::cat(text::to_lower(args.choice), ' ', counted(args.count, noun), ' ', where),
                        text::cat(found), std::move(evidence));
}

Located list_of(const World& world, const Args& args, std::string_view member) {
  const Located thing = find_thing(world, args);
  return thing ? thing.list(member) : thing;
}

bool mentions(std::string_view text, std::string_view repo, std::int64_t number) {
  return is_found(text::cat("(?i)(^|[^A-Za-z0-9_/.-])", reference(repo, number)), text);
}

bool closes(std::string_view text, std::string_view repo, std::int64_t number) {
  return is_found(text::cat("(?i)(^|[^A-Za-z0-9_])(close[sd]?|fix(e[sd])?|resolve[sd]?):? +", reference(repo, number)),
                  text);
}

}  // namespace pome::criteria
