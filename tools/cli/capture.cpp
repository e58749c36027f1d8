#include "tools/cli/capture.h"

#include <algorithm>

#include "core/base/text.h"

namespace pome::cli {

CappedText::CappedText(std::size_t max_bytes) : head_limit_(max_bytes / 2), tail_limit_(max_bytes - max_bytes / 2) {}

void CappedText::append(std::string_view bytes) {
  total_ += bytes.size();
  const std::size_t to_head = std::min(bytes.size(), head_limit_ - head_.size());
  head_.append(bytes.substr(0, to_head));
  append_tail(bytes.substr(to_head));
}

void CappedText::append_tail(std::string_view bytes) {
  if (bytes.size() >= tail_limit_) {
    tail_.assign(bytes.substr(bytes.size() - tail_limit_));
    tail_start_ = 0;
    return;
  }
  const std::size_t to_fill = std::min(bytes.size(), tail_limit_ - tail_.size());
  tail_.append(bytes.substr(0, to_fill));
  bytes.remove_prefix(to_fill);
  while (!bytes.empty()) {
    const std::size_t chunk = std::min(bytes.size(), tail_limit_ - tail_start_);
    tail_.replace(tail_start_, chunk, bytes.substr(0, chunk));
    tail_start_ = (tail_start_ + chunk) % tail_limit_;
    bytes.remove_prefix(chunk);
  }
}

std::string CappedText::text() const {
  std::string tail = tail_.substr(tail_start_) + tail_.substr(0, tail_start_);
  if (!truncated()) return head_ + tail;
  // The cuts may fall inside a character: drop its halves.
  std::string_view head = head_;
  while (!head.empty() && (static_cast<unsigned char>(head.back()) & 0xC0U) == 0x80U) head.remove_suffix(1);
  if (!head.empty() && static_cast<unsigned char>(head.back()) >= 0xC0U) head.remove_suffix(1);
  std::size_t skip = 0;
  while (skip < tail.size() && skip < 3 && (static_cast<unsigned char>(tail[skip]) & 0xC0U) == 0x80U) ++skip;
  tail.erase(0, skip);
  const std::uint64_t missing = total_ - head.size() - tail.size();
  return text::cat(head, "\n[... ", missing, " bytes left out ...]\n", tail);
}

}  // namespace pome::cli
