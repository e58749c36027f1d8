#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "core/redact/shapes.h"

namespace pome::redact {

/// Exact secrets in every spelling they travel in: plain, percent-encoded, and inside base64 (both alphabets, at any
/// alignment, so `Basic base64(user:key)` is found too).
class KnownValues {
 public:
  /// Values under 8 bytes are ignored: they would blank out ordinary text.
  explicit KnownValues(const std::vector<std::string>& values);

  /// Adds every occurrence; inside base64 the whole run of base64 characters around it.
  void find(std::string_view text, std::vector<Span>& spans) const;

 private:
  struct Pattern {
    std::string text;
    bool base64 = false;
  };
  std::vector<Pattern> patterns_;
};

}  // namespace pome::redact
