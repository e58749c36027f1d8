#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace pome::cli {

/// Keeps the first and the last part of a stream of any length in bounded memory.
class CappedText {
 public:
  explicit CappedText(std::size_t max_bytes);

  void append(std::string_view bytes);
  std::uint64_t total_bytes() const { return total_; }
  bool truncated() const { return total_ > head_.size() + tail_.size(); }
  /// Head and tail; when bytes are missing, a line between them says how many.
  std::string text() const;

 private:
  void append_tail(std::string_view bytes);

  std::size_t head_limit_;
  std::size_t tail_limit_;
  std::string head_;
  std::string tail_;            // a ring once it is full
  std::size_t tail_start_ = 0;  // where the ring's oldest byte is
  std::uint64_t total_ = 0;
};

}  // namespace pome::cli
