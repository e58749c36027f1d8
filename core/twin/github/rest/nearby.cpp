#include "core/twin/github/rest/nearby.h"

#include <algorithm>
#include <cstddef>

#include "core/base/sort.h"
#include "core/base/text.h"

namespace pome::twin::github::rest {

namespace {

constexpr std::size_t kLeast = 2;
constexpr std::size_t kMost = 5;

std::vector<std::string_view> segments(std::string_view path) {
  std::vector<std::string_view> parts = text::split(path, '/');
  std::erase_if(parts, [](std::string_view part) { return part.empty(); });
  return parts;
}

/// How many leading segments agree; parameters agree with anything, and names that nearly match count as well.
std::size_t shared(const std::vector<std::string_view>& path, const std::vector<std::string_view>& other) {
  std::size_t count = 0;
  while (count < path.size() && count < other.size()) {
    const std::string_view part = other[count];
    const bool fits = part.front() == '{' || part == path[count] ||
                      (path[count].size() > 3 && text::edit_distance(part, path[count]) <= 2);
    if (!fits) break;
    ++count;
  }
  return count;
}

struct Candidate {
  const Route* route = nullptr;
  std::size_t shared = 0;
  std::size_t length = 0;
};

}  // namespace

std::vector<const Route*> nearby_routes(std::span<const Route* const> routes, std::string_view path) {
  const std::vector<std::string_view> wanted = segments(path);
  // A repository's name says nothing about what is asked of it.
  const std::size_t least = !wanted.empty() && wanted.front() == "repos" ? kLeast + 2 : kLeast;
  std::vector<Candidate> found;
  for (const Route* route : routes) {
    if (route->operation.empty()) continue;
    const std::vector<std::string_view> parts = segments(route->path);
    const std::size_t count = shared(wanted, parts);
    if (count >= std::min(least, wanted.size())) found.push_back({route, count, parts.size()});
  }
  sort_stably(found, [](const Candidate& a, const Candidate& b) {
    return a.shared != b.shared ? a.shared > b.shared : a.length < b.length;
  });
  std::vector<const Route*> out;
  for (std::size_t i = 0; i < found.size() && i < kMost; ++i) out.push_back(found[i].route);
  return out;
}

}  // namespace pome::twin::github::rest
