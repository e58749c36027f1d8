#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/json.h"
#include "core/criteria/changes.h"
#include "core/criteria/slots.h"
#include "core/criteria/verdict.h"

/// What criteria read: two state exports and the tape. Lookups compare names as GitHub does (owners, repositories,
/// logins and labels without regard to case; paths exactly) and tell where they found a thing.
namespace pome::criteria {

/// One recorded request, as far as criteria read it.
struct Call {
  std::string request_id;
  std::string method;
  std::string path;
  std::string operation;           ///< GitHub's operation id; empty when unknown
  std::vector<std::string> tools;  ///< MCP tools that do the same
  std::int64_t status = 0;
  bool unsupported = false;
  bool names_action = false;  ///< the row says which action it was; older recordings do not for every request
  bool mutated = false;       ///< it changed the world
  std::string_view body;      ///< the request's JSON as recorded; empty when there is none. Lives in the tape's text
  std::string_view delta;     ///< {"before":..,"after":..} of what it changed; empty when nothing
};

/// Does the call ask for a change, whatever became of it?
bool is_write(const Call& call);
/// "POST /repos/acme/api/issues (201)": without the session's mount.
std::string describe(const Call& call);
/// "/repos/acme/api/issues": the path without mount and query.
std::string_view resource_of(const Call& call);

struct Tape {
  std::vector<Call> calls;
  std::uint64_t dropped = 0;  ///< calls the recorder had no room for
};

/// The documents are optional; a row only runs when what it reads is there (Row::reads).
struct World {
  const Json* initial = nullptr;
  const Json* final_state = nullptr;
  const Tape* tape = nullptr;
  const std::vector<Change>* changes = nullptr;    ///< from initial to final; there when both states are
  const std::vector<Licence>* licences = nullptr;  ///< what the scenario's other criteria ask for; may be missing
};

/// A thing in a state and its place, or the verdict for not finding it.
class Located {
 public:
  Located(const Json& value, std::string at);
  Located(Verdict miss);  // NOLINT: implicit by design
  Located(const Located& other);
  Located(Located&& other) noexcept;
  Located& operator=(const Located& other);
  Located& operator=(Located&& other) noexcept;
  ~Located();

  explicit operator bool() const { return value_ != nullptr; }
  const Json& operator*() const { return *value_; }
  const std::string& at() const { return at_; }
  std::string at(std::string_view member) const;
  const Verdict& miss() const { return *miss_; }
  /// A collection of the thing; the state is incomplete without it.
  Located list(std::string_view member) const;

 private:
  const Json* value_ = nullptr;
  std::string at_;
  std::optional<Verdict> miss_;
};

Located find_repo(const Json& state, std::string_view full_name);
Located find_issue(const World& world, const Args& args);  ///< args.number in args.repo, final state
Located find_pull(const World& world, const Args& args);

/// A repository of the initial state; nothing when it was not seeded.
std::optional<Located> seeded_repo(const World& world, std::string_view full_name);

/// "owner/name"; empty when the entry has no name.
std::string full_name_of(const Json& repo);
/// Full names of all repositories of a state.
std::vector<std::string> repo_names(const Json& state);

/// The name in an entry that is a plain string or an object with `member`.
std::string_view name_in(const Json& entry, std::string_view member);
/// Index of the entry with that name (ignoring case).
std::optional<std::size_t> index_of(const Json& list, std::string_view member, std::string_view name);
/// "`a`, `b`" or "none"; at most 12, then a count.
std::string listing(const std::vector<std::string>& names);
std::string listing(const Json& list, std::string_view member);

/// "issue #1 of acme/api"
std::string issue_label(const Args& args);
std::string pull_label(const Args& args);

/// For a member an export leaves out.
Verdict incomplete(std::string_view what);

/// A verdict about changes: holds when there are none. Evidence: the first ten, or `otherwise`.
Verdict grade_no_changes(const std::vector<const Change*>& changes, std::string expected, Evidence otherwise);

}  // namespace pome::criteria
