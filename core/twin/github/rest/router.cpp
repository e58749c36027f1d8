#include "core/twin/github/rest/router.h"

#include <algorithm>
#include <optional>

#include "core/base/text.h"

namespace pome::twin::github::rest {

namespace {

constexpr std::array<std::string_view, 5> kMethods = {"GET", "POST", "PUT", "PATCH", "DELETE"};

std::optional<std::size_t> method_index(std::string_view method) {
  if (method == "HEAD") return 0;
  const auto found = std::find(kMethods.begin(), kMethods.end(), method);
  if (found == kMethods.end()) return std::nullopt;
  return static_cast<std::size_t>(found - kMethods.begin());
}

bool is_parameter(std::string_view segment) { return !segment.empty() && segment.front() == '{'; }

/// Cuts the first segment off a path without leading slash.
std::string_view take_segment(std::string_view& path) {
  const std::string_view segment = path.substr(0, path.find('/'));
  path.remove_prefix(std::min(segment.size() + 1, path.size()));
  return segment;
}

std::string_view without_slashes(std::string_view path) {
  if (!path.empty() && path.front() == '/') path.remove_prefix(1);
  if (!path.empty() && path.back() == '/') path.remove_suffix(1);
  return path;
}

}  // namespace

std::string_view method_name(Method method) { return kMethods[static_cast<std::size_t>(method)]; }

Router::Router(std::span<const Route* const> routes) {
  nodes_.emplace_back();
  for (const Route* route : routes) add(*route);
}

std::uint16_t Router::child(std::uint16_t node, std::string_view segment) {
  if (is_parameter(segment)) {
    if (nodes_[node].parameter != 0) return nodes_[node].parameter;
  } else {
    for (const auto& [literal, index] : nodes_[node].literals) {
      if (literal == segment) return index;
    }
  }
  const auto added = static_cast<std::uint16_t>(nodes_.size());
  nodes_.emplace_back();
  if (is_parameter(segment)) {
    nodes_[node].parameter = added;
  } else {
    nodes_[node].literals.emplace_back(segment, added);
  }
  return added;
}

void Router::add(const Route& route) {
  const auto method = static_cast<std::size_t>(route.method);
  std::string_view path = without_slashes(route.path);
  std::uint16_t node = 0;
  while (!path.empty()) {
    const std::string_view segment = take_segment(path);
    if (path.empty() && route.tail == Tail::rest) {
      nodes_[node].rest[method] = &route;
      return;
    }
    node = child(node, segment);
  }
  nodes_[node].here[method] = &route;
}

const Route* Router::walk(std::uint16_t at, std::size_t method, std::string_view path,
                          std::array<std::string_view, 8>& raw, std::size_t count) const {
  const Node& node = nodes_[at];
  if (path.empty()) {
    raw[count] = {};
    if (node.here[method]) return node.here[method];
    return node.rest[method];  // an empty rest: the root folder
  }
  std::string_view remaining = path;
  const std::string_view segment = take_segment(remaining);
  for (const auto& [literal, index] : node.literals) {
    if (literal != segment) continue;
    if (const Route* route = walk(index, method, remaining, raw, count)) return route;
    break;
  }
  if (node.parameter != 0 && count + 1 < raw.size()) {
    raw[count] = segment;
    if (const Route* route = walk(node.parameter, method, remaining, raw, count + 1)) return route;
  }
  if (node.rest[method]) raw[count] = path;
  return node.rest[method];
}

Match Router::match(std::string_view method, std::string_view path) const {
  Match match;
  const std::optional<std::size_t> index = method_index(method);
  if (!index) return match;
  std::array<std::string_view, 8> raw;
  match.route = walk(0, *index, without_slashes(path), raw, 0);
  if (!match.route) return match;
  const auto parameters = static_cast<std::size_t>(std::count(match.route->path.begin(), match.route->path.end(), '{'));
  for (std::size_t i = 0; i < parameters && !match.values.full(); ++i) match.values.push(text::percent_decode(raw[i]));
  return match;
}

}  // namespace pome::twin::github::rest
