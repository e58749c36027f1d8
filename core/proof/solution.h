#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/result.h"

/// Proofs of scenarios: calls that solve one, what they leave behind, and what has to change for each verdict to turn.
namespace pome::proof {

inline constexpr std::size_t kMaxSolutionBytes = std::size_t{8} << 20;
inline constexpr std::size_t kMaxCalls = 500;

/// One request of a solution. `path`, header values and strings in `body` may hold placeholders: `{{2.commit.sha}}`
/// is the member `commit.sha` of the second call's answer.
struct Call {
  std::string method;  ///< upper case
  std::string path;    ///< as GitHub's API has it, with its query: "/repos/acme/api/issues?state=open"
  std::vector<std::pair<std::string, std::string>> headers;
  std::optional<std::string> body;     ///< JSON text
  std::string as;                      ///< login of the user who calls; empty: the agent
  std::optional<std::int64_t> expect;  ///< status that must come back; without it, any below 400

  bool operator==(const Call&) const = default;
};

struct Solution {
  std::vector<Call> calls;

  bool operator==(const Solution&) const = default;
};

/// Reads `{"version": 1, "calls": [{"method", "path", "body"?, "headers"?, "as"?, "expect"?}, ...]}`. Fails with
/// `bad-solution`: the message starts with the line, `where` is a JSON Pointer.
Result<Solution> read_solution(std::string_view text);

/// The document read_solution() takes, one call a line.
std::string solution_json(const Solution& solution);

}  // namespace pome::proof
