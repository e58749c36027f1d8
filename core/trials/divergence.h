#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/result.h"

/// Where two runs of one scenario part: the first call in which their tapes differ.
///
/// Compared are the calls to the twin in order: method, path, query, request body, status, answer. What differs between
/// any two runs is not compared: times, headers, ids of requests; the session's address and id count as equal.
namespace pome::trials {

/// A call as people name it; the path without the session's part.
struct TapeCall {
  std::string method;
  std::string path;  ///< with its query
  std::int64_t status = 0;
};

enum class DivergenceKind { request, body, status, answer, end };
std::string_view divergence_name(DivergenceKind kind);  ///< "request", "body", "status", "answer", "end"

struct Divergence {
  std::size_t index = 1;  ///< 1-based number of the call
  DivergenceKind kind = DivergenceKind::request;
  std::optional<TapeCall> a;  ///< nothing when that run had ended
  std::optional<TapeCall> b;
  std::optional<TapeCall> before;  ///< the last call both made alike
  std::string pointer;             ///< JSON Pointer into the body or answer; empty when it is the whole
  std::string a_value;             ///< what stands there, as JSON, shortened; empty when it is absent
  std::string b_value;
};

/// Nothing when the tapes are alike. Each tape: recorder rows as NDJSON, or a JSON array of them. Fails with
/// `bad-evidence` and the line.
Result<std::optional<Divergence>> first_divergence(std::string_view events_a, std::string_view events_b);

}  // namespace pome::trials
