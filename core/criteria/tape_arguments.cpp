#include <algorithm>

#include "core/base/text.h"
#include "core/criteria/calls.h"
#include "core/criteria/pattern.h"

/// Criteria about what calls were given: arguments of the body or the query, and the thing in the address.
namespace pome::criteria {
namespace {

/// Grades "some call of the tool has such an argument".
template <class Accepts>
Verdict grade_argument(const Args& args, const World& world, const std::string& wanted, Accepts accepts) {
  const CallsOf calls = calls_of(*world.tape, args.tool);
  std::vector<const Call*> found;
  std::vector<std::string> seen;
  for (const Call* call : calls.calls) {
    const std::vector<std::string> values = arguments_of(*call, args.argument);
    if (std::any_of(values.begin(), values.end(), accepts)) found.push_back(call);
    for (const std::string& value : values) seen.emplace_back(text::truncate_utf8(value, 80));
  }
  if (found.empty()) {
    if (const auto hidden = hidden_calls(*world.tape, calls.blind); !hidden.empty()) {
      return Verdict::skip(std::string(hidden));
    }
  }
  const std::string expected = text::cat("a call of `", args.tool, "` with `", args.argument, "` ", wanted);
  const std::string what =
      calls.calls.empty() ? text::cat("no call of `", args.tool, '`') : text::cat("the values ", listing(seen));
  return Verdict::grade(!found.empty(), expected, found.empty() ? what : describe_all(found),
                        evidence_of(found.empty() ? calls.calls : found, *world.tape));
}

Verdict called_with_containing(const Args& args, const World& world) {
  return grade_argument(args, world, text::cat("containing \"", args.needle, '"'),
                        [&](const std::string& value) { return text::contains(value, args.needle); });
}

Verdict called_with_equal(const Args& args, const World& world) {
  return grade_argument(args, world, text::cat("equal to `", args.value, '`'),
                        [&](const std::string& value) { return value == args.value; });
}

Verdict called_with_matching(const Args& args, const World& world) {
  const auto pattern = Pattern::compile(args.pattern);
  return grade_argument(args, world, text::cat("matching `", args.pattern, '`'),
                        [&](const std::string& value) { return pattern && pattern->matches(value); });
}

/// Is the call about that issue or pull request, by its address or by its arguments?
bool is_about(const Call& call, const Args& args) {
  const std::string_view resource = resource_of(call);
  const std::string number = text::cat(args.number);
  for (const std::string_view list : {std::string_view("/issues/"), std::string_view("/pulls/")}) {
    const std::string address = text::cat("/repos/", args.repo, list, number);
    if (!text::starts_with_ignore_case(resource, address)) continue;
    if (resource.size() == address.size() || resource[address.size()] == '/') return true;
  }
  for (const std::string_view name :
       {std::string_view("issue_number"), std::string_view("pull_number"), std::string_view("pullNumber")}) {
    const auto values = arguments_of(call, name);
    if (values.empty() || values.front() != number) continue;
    const auto owner = arguments_of(call, "owner");
    const auto repo = arguments_of(call, "repo");
    return owner.empty() || repo.empty() ||
           text::equals_ignore_case(text::cat(owner.front(), '/', repo.front()), args.repo);
  }
  return false;
}

Verdict called_for(const Args& args, const World& world) {
  const CallsOf calls = calls_of(*world.tape, args.tool);
  std::vector<const Call*> found;
  for (const Call* call : calls.calls) {
    if (is_about(*call, args)) found.push_back(call);
  }
  if (found.empty()) {
    if (const auto hidden = hidden_calls(*world.tape, calls.blind); !hidden.empty()) {
      return Verdict::skip(std::string(hidden));
    }
  }
  return Verdict::grade(!found.empty(), text::cat("a call of `", args.tool, "` for #", args.number, " of ", args.repo),
                        found.empty() ? text::cat("the calls ", describe_all(calls.calls)) : describe_all(found),
                        evidence_of(found.empty() ? calls.calls : found, *world.tape));
}

constexpr Phrase kContaining[] = {"`{tool}` {was called/was never called} with `{argument}` containing \"{needle}\""};
constexpr Phrase kEqual[] = {"`{tool}` {was called/was never called} with `{argument}` (equal to|set to) `{value}`"};
constexpr Phrase kMatching[] = {"`{tool}` {was called/was never called} with `{argument}` matching `{pattern}`"};
constexpr Phrase kFor[] = {
    "`{tool}` {was called/was never called} for (issue|pull request) #{issue}[ (in|on) `{repo}`]"};

constexpr Row kRows[] = {
    {.id = "github.tool-called-with-containing",
     .phrases = kContaining,
     .reads = Reads::tape,
     .evaluate = called_with_containing,
     .description = "Some call of the tool or operation has the argument, and its text, or one entry of its list, "
                    "contains the words, upper and lower case as written.",
     .example = "`issues/create-comment` was called with `body` containing \"thanks\"",
     .follows_calls = true},
    {.id = "github.tool-called-with-equal",
     .phrases = kEqual,
     .reads = Reads::tape,
     .evaluate = called_with_equal,
     .description = "Some call of the tool or operation has the argument, and it, or one entry of its list, is exactly "
                    "that.",
     .example = "`pulls/merge` was called with `merge_method` equal to `squash`",
     .follows_calls = true},
    {.id = "github.tool-called-with-matching",
     .phrases = kMatching,
     .reads = Reads::tape,
     .evaluate = called_with_matching,
     .description = "Some call of the tool or operation has the argument, and the pattern matches its text, or one "
                    "entry of its list.",
     .example = "`issues/create` was called with `title` matching `^Bug: `",
     .follows_calls = true},
    {.id = "github.tool-called-for",
     .phrases = kFor,
     .reads = Reads::tape,
     .evaluate = called_for,
     .description = "Some call of the tool or operation was about that issue or pull request.",
     .example = "`issues/add-labels` was called for issue #1 in `acme/api`",
     .follows_calls = true},
};
static_assert(well_formed(kRows));

}  // namespace

std::span<const Row> tape_argument_rows() { return kRows; }

}  // namespace pome::criteria
