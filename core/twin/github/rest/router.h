#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/twin/github/rest/route.h"

namespace pome::twin::github::rest {

/// The decoded values of a template's parameters, in template order.
class PathValues {
 public:
  std::string_view operator[](std::size_t index) const { return values_[index]; }
  std::size_t size() const { return count_; }
  void push(std::string value) { values_[count_++] = std::move(value); }
  bool full() const { return count_ == values_.size(); }

 private:
  std::array<std::string, 5> values_;
  std::size_t count_ = 0;
};

struct Match {
  const Route* route = nullptr;  ///< nullptr: nobody answers that method and path
  PathValues values;
};

/// Matches paths against templates in one walk over a prefix tree; literal segments win over parameters.
class Router {
 public:
  explicit Router(std::span<const Route* const> routes);

  /// `method` as sent; HEAD finds the GET row. `path` still percent-encoded; a trailing slash is ignored.
  Match match(std::string_view method, std::string_view path) const;

 private:
  struct Node {
    std::vector<std::pair<std::string_view, std::uint16_t>> literals;
    std::uint16_t parameter = 0;  // child for any segment; 0 = none, as node 0 is the root
    std::array<const Route*, 5> here = {};
    std::array<const Route*, 5> rest = {};  // rows whose last parameter takes everything that follows
  };

  void add(const Route& route);
  std::uint16_t child(std::uint16_t node, std::string_view segment);
  const Route* walk(std::uint16_t node, std::size_t method, std::string_view path, std::array<std::string_view, 8>& raw,
                    std::size_t count) const;

  std::vector<Node> nodes_;
};

}  // namespace pome::twin::github::rest
