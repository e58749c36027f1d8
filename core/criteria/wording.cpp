#include <algorithm>

#include "core/criteria/criterion.h"
#include "core/criteria/pattern.h"
#include "core/criteria/things.h"

/// Criteria about the title and the body of issues and pull requests, and about parts of them that stay as they were.
namespace pome::criteria {
namespace {

enum class Field : unsigned char { title, body };
constexpr std::string_view name_of(Field field) { return field == Field::title ? "title" : "body"; }

/// `holds(text)` decides; a body that is null is empty.
template <class Holds>
Verdict grade_text(Field field, const Args& args, const World& world, std::string_view verb, Holds holds) {
  const Located thing = find_thing(world, args);
  if (!thing) return thing.miss();
  const std::string_view member = name_of(field);
  if (!(*thing).contains(member)) return incomplete(thing.at(member));
  constexpr std::size_t kShown = 80;
  const std::string_view value = json::string_at(*thing, member).value_or("");
  const std::string_view shown = text::truncate_utf8(value, kShown);
  return Verdict::grade(holds(value), text::cat("the ", member, " of ", thing_label(args), ' ', verb),
                        value.empty() ? std::string("an empty one")
                                      : text::cat("\"", shown, shown.size() < value.size() ? "..." : "", "\""),
                        Evidence::state(thing.at(member)));
}

template <Field field>
Verdict text_is(const Args& args, const World& world) {
  return grade_text(field, args, world, text::cat("\"", args.value, "\""),
                    [&](std::string_view value) { return value == args.value; });
}

template <Field field>
Verdict text_contains(const Args& args, const World& world) {
  return grade_text(field, args, world, text::cat("containing \"", args.needle, "\""),
                    [&](std::string_view value) { return text::contains(value, args.needle); });
}

template <Field field>
Verdict text_matches(const Args& args, const World& world) {
  const auto pattern = Pattern::compile(args.pattern);
  return grade_text(field, args, world, text::cat("matching `", args.pattern, '`'),
                    [&](std::string_view value) { return pattern && pattern->matches(value); });
}

/// A part of an issue or pull request as sentences call it.
struct Part {
  std::string_view word;
  std::string_view member;
};
constexpr Part kParts[] = {{"title", "title"},   {"body", "body"},          {"state", "state"},
                           {"labels", "labels"}, {"comments", "comments"},  {"milestone", "milestone_number"},
                           {"lock", "locked"},   {"assignees", "assignees"}};

std::vector<std::string> sorted(std::vector<std::string> names) {
  std::stable_sort(names.begin(), names.end());
  return names;
}

/// The part as it compares: labels by their names, labels and people in whatever order.
std::optional<Json> part_of(const Located& thing, std::string_view member) {
  if (member == "assignees") {
    const auto assignees = assignees_of(thing);
    return assignees ? std::optional<Json>(sorted(assignees->logins)) : std::nullopt;
  }
  if (!(*thing).contains(member)) return std::nullopt;
  const Json& value = json::at(*thing, member);
  return member == "labels" && value.is_array() ? Json(sorted(names_in(value, "name"))) : value;
}

std::string_view member_of(std::string_view word) {
  for (const Part& part : kParts) {
    if (part.word == word) return part.member;
  }
  return {};
}

/// Where the part stands; older exports keep an assignee in another member.
std::string place_of_part(const Located& thing, std::string_view member) {
  return (*thing).contains(member) ? thing.at(member) : thing.at();
}

Verdict part_unchanged(const Args& args, const World& world) {
  const Located now = find_thing(world, args);
  if (!now) return now.miss();
  const std::string_view member = member_of(args.choice);
  const auto after = part_of(now, member);
  if (!after) return incomplete(now.at(member));
  const Evidence place = Evidence::state(place_of_part(now, member));
  const std::string expected = text::cat("the ", args.choice, " of ", thing_label(args), " as seeded");
  const Located before = find_seeded_thing(world, args);
  if (!before) {
    return Verdict::grade(false, expected, "one that was not seeded", Evidence(place).and_initial("/repositories"));
  }
  const auto seeded = part_of(before, member);
  if (!seeded) return incomplete(before.at(member));
  return Verdict::grade(*seeded == *after, expected, *seeded == *after ? "no change" : "a change",
                        Evidence(place).and_initial(place_of_part(before, member)));
}

constexpr Phrase kTitleIs[] = {"The title of issue #{issue}[ (in|on) `{repo}`] {is/is not} \"{value}\"",
                               "Issue #{issue}[ (in|on) `{repo}`] {has/does not have} the title \"{value}\"",
                               "Issue #{issue}[ (in|on) `{repo}`] {is/is not} titled \"{value}\"",
                               "The title of pull request #{pr}[ (in|on) `{repo}`] {is/is not} \"{value}\"",
                               "Pull request #{pr}[ (in|on) `{repo}`] {has/does not have} the title \"{value}\"",
                               "Pull request #{pr}[ (in|on) `{repo}`] {is/is not} titled \"{value}\""};
constexpr Phrase kTitleContains[] = {
    "The title of issue #{issue}[ (in|on) `{repo}`] {contains/does not contain} \"{needle}\"",
    "Issue #{issue}[ (in|on) `{repo}`] {has/does not have} a title containing \"{needle}\"",
    "The title of pull request #{pr}[ (in|on) `{repo}`] {contains/does not contain} \"{needle}\"",
    "Pull request #{pr}[ (in|on) `{repo}`] {has/does not have} a title containing \"{needle}\""};
constexpr Phrase kTitleMatches[] = {
    "The title of issue #{issue}[ (in|on) `{repo}`] {matches/does not match} `{pattern}`",
    "Issue #{issue}[ (in|on) `{repo}`] {has/does not have} a title matching `{pattern}`",
    "The title of pull request #{pr}[ (in|on) `{repo}`] {matches/does not match} `{pattern}`",
    "Pull request #{pr}[ (in|on) `{repo}`] {has/does not have} a title matching `{pattern}`"};
constexpr Phrase kBodyContains[] = {
    "The (body|description) of issue #{issue}[ (in|on) `{repo}`] {contains/does not contain} \"{needle}\"",
    "Issue #{issue}[ (in|on) `{repo}`] {has/does not have} a (body|description) containing \"{needle}\"",
    "The (body|description) of pull request #{pr}[ (in|on) `{repo}`] {contains/does not contain} \"{needle}\"",
    "Pull request #{pr}[ (in|on) `{repo}`] {has/does not have} a (body|description) containing \"{needle}\""};
constexpr Phrase kBodyMatches[] = {
    "The (body|description) of issue #{issue}[ (in|on) `{repo}`] {matches/does not match} `{pattern}`",
    "Issue #{issue}[ (in|on) `{repo}`] {has/does not have} a (body|description) matching `{pattern}`",
    "The (body|description) of pull request #{pr}[ (in|on) `{repo}`] {matches/does not match} `{pattern}`",
    "Pull request #{pr}[ (in|on) `{repo}`] {has/does not have} a (body|description) matching `{pattern}`"};
constexpr Phrase kUnchanged[] = {
    "The {labels|assignees|comments} of issue #{issue}[ (in|on) `{repo}`] (are|were) (unchanged|not changed)",
    "The {title|body|state|milestone|lock} of issue #{issue}[ (in|on) `{repo}`] (is|was) (unchanged|not changed)",
    "The {labels|assignees|comments} of pull request #{pr}[ (in|on) `{repo}`] (are|were) (unchanged|not changed)",
    "The {title|body|state|milestone|lock} of pull request #{pr}[ (in|on) `{repo}`] (is|was) (unchanged|not changed)"};
constexpr Touch kTitleTouch[] = {{"numbered", Touch::Key::number, "title"}};
constexpr Touch kBodyTouch[] = {{"numbered", Touch::Key::number, "body"}};

constexpr Row kRows[] = {
    {.id = "github.title-is",
     .phrases = kTitleIs,
     .evaluate = text_is<Field::title>,
     .description = "The issue or pull request has exactly that title at the end, upper and lower case as written.",
     .example = "The title of issue #1 in `acme/api` is \"Fix the build\"",
     .touches = kTitleTouch},
    {.id = "github.title-contains",
     .phrases = kTitleContains,
     .evaluate = text_contains<Field::title>,
     .description = "The title contains the text at the end, upper and lower case as written.",
     .example = "The title of issue #1 in `acme/api` contains \"build\"",
     .touches = kTitleTouch},
    {.id = "github.title-matches",
     .phrases = kTitleMatches,
     .evaluate = text_matches<Field::title>,
     .description = "The title matches the regular expression at the end, somewhere in it.",
     .example = "The title of issue #1 in `acme/api` matches `^(fix|feat): `",
     .touches = kTitleTouch},
    {.id = "github.body-contains",
     .phrases = kBodyContains,
     .evaluate = text_contains<Field::body>,
     .description =
         "The body of the issue or pull request contains the text at the end, upper and lower case as written.",
     .example = "The body of issue #1 in `acme/api` contains \"Steps to reproduce\"",
     .touches = kBodyTouch},
    {.id = "github.body-matches",
     .phrases = kBodyMatches,
     .evaluate = text_matches<Field::body>,
     .description = "The body of the issue or pull request matches the regular expression at the end, somewhere in it.",
     .example = "The body of issue #1 in `acme/api` matches `(?i)steps`",
     .touches = kBodyTouch},
    {.id = "github.part-unchanged",
     .phrases = kUnchanged,
     .reads = Reads::initial_and_final,
     .polarity = Polarity::must_not,
     .evaluate = part_unchanged,
     .description = "That part of the issue or pull request is at the end what it was in the seed.",
     .example = "The labels of issue #1 in `acme/api` are unchanged"},
};
static_assert(well_formed(kRows));

}  // namespace

std::span<const Row> wording_rows() { return kRows; }

}  // namespace pome::criteria
