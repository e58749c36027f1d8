#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "core/twin/github/rest/input.h"
#include "core/twin/github/rest/reply.h"

/// Route rows: constexpr data that stands next to the handlers it names.
namespace pome::twin::github::rest {

struct Context;

enum class Method : std::uint8_t { get, post, put, patch, del };
std::string_view method_name(Method method);  ///< "GET", ...

/// The least the actor must be allowed to do with the repository in the path. Dispatch checks it before the handler.
enum class Access : std::uint8_t {
  account,  ///< no repository in the path
  read,     ///< sees the repository
  triage,
  push,
  maintain,
  admin,
};

/// MCP tool names that perform the same action, so that the tape can answer "was `issue_read` called".
class ToolNames {
 public:
  static constexpr std::size_t kMost = 6;

  template <class... Names>
  constexpr ToolNames(Names... names)  // NOLINT: rows write {"issue_read", "get_issue"}
      : names_{std::string_view(names)...}, count_(sizeof...(Names)) {
    static_assert(sizeof...(Names) <= kMost);
  }
  constexpr std::span<const std::string_view> list() const { return {names_.data(), count_}; }

 private:
  std::array<std::string_view, kMost> names_;
  std::size_t count_;
};

using Handler = Reply (*)(Context&);

/// What the last parameter of a path may hold.
enum class Tail : std::uint8_t {
  segment,  ///< one segment
  rest,     ///< everything that follows, slashes included (file paths, branch names)
};

/// The members stand in the order in which rows name them.
struct Route {  // NOLINT(clang-analyzer-optin.performance.Padding)
  Method method = Method::get;
  std::string_view path;  ///< GitHub's template: "/repos/{owner}/{repo}/issues"
  /// GitHub's operation id: "issues/create". Empty for what GitHub redirects to on hosts of its own: the twin serves
  /// these downloads itself.
  std::string_view operation;
  std::string_view docs;  ///< behind https://docs.github.com/rest/; empty means the front page
  Access access = Access::read;
  ToolNames tools = {};
  Tail tail = Tail::segment;
  BodySpec body = {};
  bool in_archive = false;  ///< a write that archived repositories allow too
  Handler handle = nullptr;
};

}  // namespace pome::twin::github::rest
