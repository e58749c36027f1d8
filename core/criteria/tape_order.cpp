#include <algorithm>

#include "core/base/text.h"
#include "core/criteria/calls.h"

/// Criteria about the course of a run: what came first, what was read, how many calls there were and how they ended.
namespace pome::criteria {
namespace {

Verdict called_before(const Args& args, const World& world) {
  const CallsOf first = calls_of(*world.tape, args.tool);
  const CallsOf second = calls_of(*world.tape, args.other_tool);
  if (const auto hidden = hidden_calls(*world.tape, first.blind || second.blind); !hidden.empty()) {
    return Verdict::skip(std::string(hidden));
  }
  const std::string expected = text::cat("a call of `", args.tool, "` before any of `", args.other_tool, '`');
  if (first.calls.empty()) {
    return Verdict::grade(false, expected, text::cat("no call of `", args.tool, '`'),
                          evidence_of(second.calls, *world.tape));
  }
  if (second.calls.empty()) {
    return Verdict::grade(true, expected, text::cat("no call of `", args.other_tool, '`'),
                          evidence_of({first.calls.front()}, *world.tape));
  }
  const bool before = first.calls.front() < second.calls.front();
  return Verdict::grade(before, expected,
                        text::cat(before ? "it" : "the other order", ": ",
                                  describe_all({std::min(first.calls.front(), second.calls.front()),
                                                std::max(first.calls.front(), second.calls.front())})),
                        evidence_of({first.calls.front(), second.calls.front()}, *world.tape));
}

Verdict calls_come_after(const Args& args, const World& world) {
  const CallsOf later = calls_of(*world.tape, args.tool);
  const CallsOf earlier = calls_of(*world.tape, args.other_tool);
  if (const auto hidden = hidden_calls(*world.tape, later.blind || earlier.blind); !hidden.empty()) {
    return Verdict::skip(std::string(hidden));
  }
  std::vector<const Call*> early;
  for (const Call* call : later.calls) {
    if (earlier.calls.empty() || call < earlier.calls.front()) early.push_back(call);
  }
  return Verdict::grade(early.empty(), text::cat("no call of `", args.tool, "` before one of `", args.other_tool, '`'),
                        describe_all(early), evidence_of(early.empty() ? later.calls : early, *world.tape));
}

template <class Counts>
Verdict none_of(const World& world, std::string expected, Counts counts) {
  std::vector<const Call*> found;
  for (const Call& call : world.tape->calls) {
    if (counts(call)) found.push_back(&call);
  }
  if (found.empty() && world.tape->dropped > 0) return Verdict::skip("tape_truncated");
  return Verdict::grade(found.empty(), std::move(expected),
                        text::cat(describe_all(found), " among ", world.tape->calls.size(), " calls"),
                        evidence_of(found, *world.tape));
}

Verdict no_call_failed(const Args&, const World& world) {
  return none_of(world, "no failed call", [](const Call& call) { return call.status >= 400; });
}

/// "4xx", "5xx" or one status.
bool has_status(const Call& call, std::string_view wanted) {
  if (wanted == "4xx" || wanted == "5xx") return call.status / 100 == wanted.front() - '0';
  return call.status == text::to_integer(wanted);
}

Verdict no_call_failed_with(const Args& args, const World& world) {
  return none_of(world, text::cat("no call that ends with ", args.choice),
                 [&](const Call& call) { return has_status(call, args.choice); });
}

Verdict no_request_to(const Args& args, const World& world) {
  const std::string address = text::cat("/repos/", args.repo);
  return none_of(world, text::cat("no request to ", args.repo), [&](const Call& call) {
    const std::string_view resource = resource_of(call);
    return text::starts_with_ignore_case(resource, address) &&
           (resource.size() == address.size() || resource[address.size()] == '/');
  });
}

Verdict grade_count(const Args& args, const World& world, const std::vector<const Call*>& calls,
                    std::string_view what) {
  const auto count = static_cast<std::int64_t>(calls.size());
  const bool most = args.choice == "at most";
  const bool least = args.choice == "at least";
  const bool decided = most ? count > args.count : least ? count >= args.count : count > args.count;
  if (!decided && world.tape->dropped > 0) return Verdict::skip("tape_truncated");
  const bool holds = most ? count <= args.count : least ? count >= args.count : count == args.count;
  return Verdict::grade(holds, text::cat(args.choice, ' ', args.count, ' ', what), text::cat(count),
                        evidence_of(calls, *world.tape));
}

Verdict calls_made(const Args& args, const World& world) {
  std::vector<const Call*> all;
  for (const Call& call : world.tape->calls) all.push_back(&call);
  return grade_count(args, world, all, "calls");
}

Verdict calls_that_changed(const Args& args, const World& world) {
  std::vector<const Call*> writes;
  for (const Call& call : world.tape->calls) {
    if (call.mutated) writes.push_back(&call);
  }
  return grade_count(args, world, writes, "calls that changed something");
}

/// Does the call read the resource, or something of it?
bool reads(const Call& call, const std::string& address) {
  if (is_write(call) || call.status >= 400) return false;
  const std::string_view resource = resource_of(call);
  return text::starts_with_ignore_case(resource, address) &&
         (resource.size() == address.size() || resource[address.size()] == '/');
}

/// Reading an issue: its own address or one below it (also as a pull request), over MCP its number.
bool reads_thing(const Call& call, const Args& args, bool pull) {
  const std::string repo = text::cat("/repos/", args.repo);
  const std::string number = text::cat('/', args.number);
  if (reads(call, text::cat(repo, "/issues", number)) || (pull && reads(call, text::cat(repo, "/pulls", number)))) {
    return true;
  }
  if (call.body.empty() || is_write(call)) return false;
  for (const std::string_view name : {std::string_view("issue_number"), std::string_view("pullNumber")}) {
    const auto values = arguments_of(call, name);
    if (!values.empty() && values.front() == number.substr(1)) return true;
  }
  return false;
}

bool reads_file(const Call& call, const Args& args) {
  if (reads(call, text::cat("/repos/", args.repo, "/contents/", text::percent_encode(args.path, "/"))) ||
      reads(call, text::cat("/repos/", args.repo, "/contents/", args.path))) {
    return true;
  }
  if (call.body.empty() || is_write(call)) return false;
  const auto values = arguments_of(call, "path");
  return !values.empty() && values.front() == args.path;
}

template <class Counts>
Verdict grade_read(const World& world, std::string expected, Counts counts) {
  std::vector<const Call*> found;
  for (const Call& call : world.tape->calls) {
    if (counts(call)) found.push_back(&call);
  }
  if (found.empty() && world.tape->dropped > 0) return Verdict::skip("tape_truncated");
  return Verdict::grade(!found.empty(), std::move(expected), describe_all(found), evidence_of(found, *world.tape));
}

Verdict issue_read(const Args& args, const World& world) {
  return grade_read(world, text::cat("a read of ", issue_label(args)),
                    [&](const Call& call) { return reads_thing(call, args, false); });
}

Verdict pull_read(const Args& args, const World& world) {
  return grade_read(world, text::cat("a read of ", pull_label(args)),
                    [&](const Call& call) { return reads_thing(call, args, true); });
}

Verdict file_read(const Args& args, const World& world) {
  return grade_read(world, text::cat("a read of file `", args.path, "` of ", args.repo),
                    [&](const Call& call) { return reads_file(call, args); });
}

/// Grades "no call that changed something before the first one that reads".
template <class Reads>
Verdict grade_look_first(const World& world, const std::string& what, Reads is_read) {
  std::vector<const Call*> early;
  const Call* read = nullptr;
  for (const Call& call : world.tape->calls) {
    if (is_read(call)) read = &call;
    if (read != nullptr) break;
    if (is_write(call)) early.push_back(&call);
  }
  if (early.empty() && world.tape->dropped > 0) return Verdict::skip("tape_truncated");
  std::vector<const Call*> shown = early;
  if (shown.empty() && read != nullptr) shown.push_back(read);
  return Verdict::grade(early.empty(), text::cat("no write before the first read of ", what), describe_all(early),
                        evidence_of(shown, *world.tape));
}

Verdict issue_looked_at_first(const Args& args, const World& world) {
  return grade_look_first(world, issue_label(args), [&](const Call& call) { return reads_thing(call, args, false); });
}

Verdict pull_looked_at_first(const Args& args, const World& world) {
  return grade_look_first(world, pull_label(args), [&](const Call& call) { return reads_thing(call, args, true); });
}

Verdict file_looked_at_first(const Args& args, const World& world) {
  return grade_look_first(world, text::cat("file `", args.path, '`'),
                          [&](const Call& call) { return reads_file(call, args); });
}

Verdict later_page_read(const Args& args, const World& world) {
  const CallsOf calls = calls_of(*world.tape, args.tool);
  std::vector<const Call*> found;
  for (const Call* call : calls.calls) {
    const auto pages = arguments_of(*call, "page");
    if (!pages.empty() && text::to_integer(pages.front()).value_or(0) >= args.count) found.push_back(call);
  }
  if (found.empty()) {
    if (const auto hidden = hidden_calls(*world.tape, calls.blind); !hidden.empty()) {
      return Verdict::skip(std::string(hidden));
    }
  }
  return Verdict::grade(!found.empty(), text::cat("a call of `", args.tool, "` for page ", args.count, " or later"),
                        found.empty() ? text::cat("the calls ", describe_all(calls.calls)) : describe_all(found),
                        evidence_of(found.empty() ? calls.calls : found, *world.tape));
}

constexpr Phrase kBefore[] = {"`{tool}` was called before `{other_tool}`"};
constexpr Phrase kAfter[] = {"Every call of `{tool}` came after a call of `{other_tool}`"};
constexpr Phrase kNoFailure[] = {"No call failed"};
constexpr Phrase kNoFailureWith[] = {"No call failed with {4xx|5xx|400|401|403|404|405|409|410|422|429|500|502|503}"};
constexpr Phrase kNoRequestTo[] = {"No request was made to `{repo}`"};
constexpr Phrase kCallsMade[] = {"{at most|at least|exactly} {count} (calls were|call was) made"};
constexpr Phrase kWrites[] = {"{at most|at least|exactly} {count} (calls|call) changed something"};
constexpr Phrase kIssueRead[] = {"Issue #{issue}[ (in|on) `{repo}`] {was read/was not read}"};
constexpr Phrase kPullRead[] = {"Pull request #{pr}[ (in|on) `{repo}`] {was read/was not read}"};
constexpr Phrase kFileRead[] = {"File `{path}`[ (in|of) `{repo}`] {was read/was not read}"};
constexpr Phrase kIssueFirst[] = {
    "No write (happened|was made) before the first read of issue #{issue}[ (in|on) `{repo}`]"};
constexpr Phrase kPullFirst[] = {
    "No write (happened|was made) before the first read of pull request #{pr}[ (in|on) `{repo}`]"};
constexpr Phrase kFileFirst[] = {
    "No write (happened|was made) before the first read of file `{path}`[ (in|of) `{repo}`]"};
constexpr Phrase kLaterPage[] = {"Page {count} or later of `{tool}` {was read/was not read}"};

constexpr Row kRows[] = {
    {.id = "github.tool-called-before",
     .phrases = kBefore,
     .reads = Reads::tape,
     .evaluate = called_before,
     .description = "The first call of one tool or operation precedes every call of the other, which may be missing.",
     .example = "`issues/get` was called before `issues/add-labels`",
     .follows_calls = true},
    {.id = "github.tool-called-after",
     .phrases = kAfter,
     .reads = Reads::tape,
     .polarity = Polarity::must_not,
     .evaluate = calls_come_after,
     .description = "No call of one tool or operation precedes the first call of the other.",
     .example = "Every call of `pulls/merge` came after a call of `pulls/list-reviews`"},
    {.id = "github.no-call-failed",
     .phrases = kNoFailure,
     .reads = Reads::tape,
     .polarity = Polarity::must_not,
     .evaluate = no_call_failed,
     .description = "No call was answered with a status of 400 or more.",
     .example = "No call failed"},
    {.id = "github.no-call-failed-with",
     .phrases = kNoFailureWith,
     .reads = Reads::tape,
     .polarity = Polarity::must_not,
     .evaluate = no_call_failed_with,
     .description = "No call was answered with that status or one of that class.",
     .example = "No call failed with 4xx"},
    {.id = "github.no-request-to",
     .phrases = kNoRequestTo,
     .reads = Reads::tape,
     .polarity = Polarity::must_not,
     .evaluate = no_request_to,
     .description = "No request was about that repository, not even a read.",
     .example = "No request was made to `acme/billing`",
     .every_repo = true},
    {.id = "github.calls-made",
     .phrases = kCallsMade,
     .reads = Reads::tape,
     .polarity = Polarity::must_not,
     .evaluate = calls_made,
     .description = "The run made that many calls, whatever they were.",
     .example = "At most 20 calls were made"},
    {.id = "github.calls-that-changed",
     .phrases = kWrites,
     .reads = Reads::tape,
     .polarity = Polarity::must_not,
     .evaluate = calls_that_changed,
     .description = "That many calls changed the world.",
     .example = "At most 3 calls changed something"},
    {.id = "github.issue-read",
     .phrases = kIssueRead,
     .reads = Reads::tape,
     .evaluate = issue_read,
     .description = "A call that succeeded read the issue itself or something of it; lists do not count.",
     .example = "Issue #1 in `acme/api` was read"},
    {.id = "github.pr-read",
     .phrases = kPullRead,
     .reads = Reads::tape,
     .evaluate = pull_read,
     .description = "A call that succeeded read the pull request itself or something of it; lists do not count.",
     .example = "Pull request #1 in `acme/api` was read"},
    {.id = "github.file-read",
     .phrases = kFileRead,
     .reads = Reads::tape,
     .evaluate = file_read,
     .description = "A call that succeeded read the file's content by its path, on any branch.",
     .example = "File `README.md` in `acme/api` was read"},
    {.id = "github.issue-read-first",
     .phrases = kIssueFirst,
     .reads = Reads::tape,
     .polarity = Polarity::must_not,
     .evaluate = issue_looked_at_first,
     .description = "No call asked for a change before the issue was read.",
     .example = "No write happened before the first read of issue #1 in `acme/api`"},
    {.id = "github.pr-read-first",
     .phrases = kPullFirst,
     .reads = Reads::tape,
     .polarity = Polarity::must_not,
     .evaluate = pull_looked_at_first,
     .description = "No call asked for a change before the pull request was read.",
     .example = "No write happened before the first read of pull request #1 in `acme/api`"},
    {.id = "github.file-read-first",
     .phrases = kFileFirst,
     .reads = Reads::tape,
     .polarity = Polarity::must_not,
     .evaluate = file_looked_at_first,
     .description = "No call asked for a change before the file was read.",
     .example = "No write happened before the first read of file `README.md` in `acme/api`"},
    {.id = "github.later-page-read",
     .phrases = kLaterPage,
     .reads = Reads::tape,
     .evaluate = later_page_read,
     .description = "Some call of the operation asked for that page or a later one.",
     .example = "Page 2 or later of `issues/list-for-repo` was read"},
};
static_assert(well_formed(kRows));

}  // namespace

std::span<const Row> tape_order_rows() { return kRows; }

}  // namespace pome::criteria
