#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "core/base/result.h"

namespace pome::judge {

enum class VerdictStatus { pass, fail, partial };
std::string_view status_name(VerdictStatus status);  ///< "pass", "fail", "partial"

/// What a judge said about one criterion.
struct Verdict {
  VerdictStatus status = VerdictStatus::fail;
  std::int64_t confidence = 0;  ///< percent, half rounded up
  std::string reasoning;        ///< one line, not empty, at most kMaxReasoning bytes

  bool operator==(const Verdict&) const = default;
};

inline constexpr std::size_t kMaxReasoning = 600;

/// Reads exactly one JSON object with the members status, confidence (0 to 1) and reasoning, each once, and no other.
/// Fails with `bad-verdict` and a sentence on anything else: a verdict is never guessed.
Result<Verdict> parse_verdict(std::string_view text);

/// The same format, for keeping verdicts.
std::string to_json(const Verdict& verdict);

}  // namespace pome::judge
