#include <utility>

#include "core/base/hash.h"
#include "core/git/line_side.h"

namespace pome::git {
namespace {

constexpr std::uint32_t kFree = 0xffffffff;

}  // namespace

LineSide::LineSide(std::vector<std::uint32_t> line_numbers)
    : numbers(std::move(line_numbers)), flags(numbers.size() + 2, 0) {}

std::vector<std::uint32_t> LineNumbers::number(const std::vector<std::string_view>& lines) {
  std::vector<std::uint32_t> out;
  out.reserve(lines.size());
  for (const std::string_view line : lines) out.push_back(number_of(line));
  return out;
}

std::uint32_t LineNumbers::number_of(std::string_view line) {
  if (known_.size() * 2 >= slots_.size()) grow();
  const std::uint64_t hash = hash::fast64(line);
  const std::size_t mask = slots_.size() - 1;
  std::size_t at = static_cast<std::size_t>(hash) & mask;
  for (; slots_[at] != kFree; at = (at + 1) & mask) {
    const Known& candidate = known_[slots_[at]];
    if (candidate.hash == hash && candidate.text == line) return slots_[at];
  }
  slots_[at] = count();
  known_.push_back({line, hash});
  return slots_[at];
}

void LineNumbers::grow() {
  slots_.assign(slots_.empty() ? 64 : slots_.size() * 2, kFree);
  const std::size_t mask = slots_.size() - 1;
  for (std::uint32_t number = 0; number < count(); ++number) {
    std::size_t at = static_cast<std::size_t>(known_[number].hash) & mask;
    while (slots_[at] != kFree) at = (at + 1) & mask;
    slots_[at] = number;
  }
}

}  // namespace pome::git
