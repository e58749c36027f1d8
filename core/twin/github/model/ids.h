#pragma once
#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/base/table.h"
#include "core/base/text.h"

namespace pome::twin::github::model {

using Id = std::int64_t;    ///< GitHub's numeric ids and the per-repository numbers
using Time = std::int64_t;  ///< virtual clock: whole seconds since 1970

/// Rows of a repository by number: issues, pull requests, milestones.
struct NumberKey {
  Id repo = 0;
  Id number = 0;
  auto operator<=>(const NumberKey&) const = default;
};

/// Rows below a number: comments of an issue, reviews of a pull request. In id order.
struct ChildKey {
  Id repo = 0;
  Id number = 0;
  Id id = 0;
  auto operator<=>(const ChildKey&) const = default;
};

/// Rows of a repository by name.
struct NameKey {
  Id repo = 0;
  std::string name;
};
struct NameKeyView {
  NameKeyView(Id of, std::string_view called) : repo(of), name(called) {}
  NameKeyView(const NameKey& key) : repo(key.repo), name(key.name) {}  // NOLINT: implicit by design

  Id repo;
  std::string_view name;
};

/// Orders names the way GitHub compares them: ASCII letters without case.
struct NameLess {
  using is_transparent = void;
  bool operator()(std::string_view a, std::string_view b) const { return text::compare_ignore_case(a, b) < 0; }
  template <class A, class B>
  requires requires(const A& a, const B& b) { a.repo < b.repo, a.name.size() < b.name.size(); }
  bool operator()(const A& a, const B& b) const {
    return a.repo != b.repo ? a.repo < b.repo : text::compare_ignore_case(a.name, b.name) < 0;
  }
};

/// Orders names by their bytes, as git compares refs.
struct ExactLess {
  template <class A, class B>
  bool operator()(const A& a, const B& b) const {
    return a.repo != b.repo ? a.repo < b.repo : std::string_view(a.name) < std::string_view(b.name);
  }
};

/// GitHub's global node id: the prefix of the type, '_', base64url of a MessagePack array [0, owner id, id].
/// `repo` 0 leaves the owner out (users, repositories).
std::string node_id(std::string_view prefix, Id repo, Id id);
/// The same for what has a name instead of an id: commits ("C"), refs ("REF"), blobs, trees and tags.
std::string node_id(std::string_view prefix, Id repo, std::string_view name);

}  // namespace pome::twin::github::model

template <>
struct pome::LookupOf<pome::twin::github::model::NameKey> {
  using type = pome::twin::github::model::NameKeyView;
};
