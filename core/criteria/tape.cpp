#include <limits>

#include "core/base/text.h"
#include "core/criteria/calls.h"

/// Criteria about what the agent called, over REST and MCP alike. Attempts count, whatever their answer was.
namespace pome::criteria {
namespace {

constexpr std::int64_t kUnlimited = std::numeric_limits<std::int64_t>::max();

bool same_tool(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i) {
    const char x = a[i] == '-' ? '_' : a[i];
    const char y = b[i] == '-' ? '_' : b[i];
    if (x != y) return false;
  }
  return true;
}

/// Older recordings do not name the action of a REST request; these three are plain from method and path.
std::string_view tool_of_route(const Call& call) {
  if (call.method != "POST") return {};
  const std::string_view path = std::string_view(call.path).substr(0, call.path.find('?'));
  const auto ends_with = [&](std::string_view tail) {
    return path.size() >= tail.size() && path.substr(path.size() - tail.size()) == tail;
  };
  if (ends_with("/comments") && text::contains(path, "/issues/")) return "add_issue_comment";
  if (text::contains(path, "/statuses/")) return "create_commit_status";
  if (ends_with("/check-runs")) return "create_check_run";
  return {};
}

std::string range_text(std::int64_t least, std::int64_t most) {
  if (most == kUnlimited) return text::cat("at least ", least);
  return least == 0 && most > 0 ? text::cat("at most ", most) : text::cat(most);
}

/// Grades "between `least` and `most` calls". What the tape cannot tell is skipped, unless more calls cannot change it.
Verdict count_calls(const Args& args, const World& world, std::int64_t least, std::int64_t most) {
  const auto [found, blind] = calls_of(*world.tape, args.tool);
  const auto count = static_cast<std::int64_t>(found.size());
  const std::string expected = text::cat(range_text(least, most), " calls of `", args.tool, '`');
  const bool decided = count > most || (most == kUnlimited && count >= least);
  if (const auto hidden = hidden_calls(*world.tape, blind); !decided && !hidden.empty()) {
    return Verdict::skip(std::string(hidden));
  }
  return Verdict::grade(count >= least && count <= most, expected, text::cat(count, ": ", describe_all(found)),
                        evidence_of(found, *world.tape));
}

Verdict tool_never_called(const Args& args, const World& world) { return count_calls(args, world, 0, 0); }
Verdict tool_was_called(const Args& args, const World& world) { return count_calls(args, world, 1, kUnlimited); }
Verdict tool_at_most(const Args& args, const World& world) { return count_calls(args, world, 0, args.times); }
Verdict tool_at_least(const Args& args, const World& world) { return count_calls(args, world, args.times, kUnlimited); }
Verdict tool_exactly(const Args& args, const World& world) { return count_calls(args, world, args.times, args.times); }

Verdict no_unsupported_endpoint(const Args&, const World& world) {
  std::vector<const Call*> found;
  for (const Call& call : world.tape->calls) {
    if (call.unsupported) found.push_back(&call);
  }
  if (found.empty() && world.tape->dropped > 0) return Verdict::skip("tape_truncated");
  return Verdict::grade(found.empty(), "no call that the twin does not support",
                        text::cat(describe_all(found), " among ", world.tape->calls.size(), " calls"),
                        evidence_of(found, *world.tape));
}

constexpr Phrase kUnsupported[] = {"No unsupported endpoint was called", "No unsupported endpoints were called"};
constexpr Phrase kNever[] = {"`{tool}` was (never|not) called"};
constexpr Phrase kCalled[] = {"`{tool}` was called"};
constexpr Phrase kAtMost[] = {"`{tool}` was called at most {times}"};
constexpr Phrase kAtLeast[] = {"`{tool}` was called at least {times}"};
constexpr Phrase kExactly[] = {"`{tool}` was called [exactly ]{times}"};

constexpr Row kRows[] = {
    {.id = "github.no-unsupported-endpoint",
     .phrases = kUnsupported,
     .reads = Reads::tape,
     .polarity = Polarity::must_not,
     .evaluate = no_unsupported_endpoint,
     .description = "No request met an operation that the twin does not support.",
     .example = "No unsupported endpoint was called"},
    {.id = "github.tool-never-called",
     .phrases = kNever,
     .reads = Reads::tape,
     .polarity = Polarity::must_not,
     .evaluate = tool_never_called,
     .description = "No request, over REST or MCP, was that tool's action or that operation.",
     .example = "`create_commit_status` was never called"},
    {.id = "github.tool-was-called",
     .phrases = kCalled,
     .reads = Reads::tape,
     .evaluate = tool_was_called,
     .description = "At least one request was that tool's action or that operation.",
     .example = "`add_issue_comment` was called",
     .follows_calls = true},
    {.id = "github.tool-called-at-most",
     .phrases = kAtMost,
     .reads = Reads::tape,
     .polarity = Polarity::must_not,
     .evaluate = tool_at_most,
     .description = "Not more than that many requests were that tool's action or that operation.",
     .example = "`add_issue_comment` was called at most twice"},
    {.id = "github.tool-called-at-least",
     .phrases = kAtLeast,
     .reads = Reads::tape,
     .evaluate = tool_at_least,
     .description = "That many requests, or more, were that tool's action or that operation.",
     .example = "`issues/create-comment` was called at least once",
     .follows_calls = true},
    {.id = "github.tool-called-exactly",
     .phrases = kExactly,
     .reads = Reads::tape,
     .evaluate = tool_exactly,
     .description = "Exactly that many requests were that tool's action or that operation.",
     .example = "`add_issue_comment` was called exactly once",
     .follows_calls = true},
};
static_assert(well_formed(kRows));

}  // namespace

bool is_route_tool(std::string_view tool) {
  return same_tool(tool, "add_issue_comment") || same_tool(tool, "create_commit_status") ||
         same_tool(tool, "create_check_run");
}

bool is_call_of(const Call& call, std::string_view tool) {
  if (call.operation == tool) return true;
  for (const std::string& name : call.tools) {
    if (same_tool(name, tool)) return true;
  }
  return !call.names_action && same_tool(tool_of_route(call), tool);
}

std::span<const Row> tape_rows() { return kRows; }

}  // namespace pome::criteria
