#pragma once
#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/redact/redact.h"
#include "core/twin/session/standalone.h"
#include "tools/system/files.h"

namespace pome::cli {

/// POME_RECORDER_EVENTS_PATH: every call of a standalone twin as one JSON line, redacted, on disk before the next call
/// is answered. A reset empties the twin's own tape, never this file; the numbers in `request_id` start again then.
class EventsFile {
 public:
  /// `secrets`: values that must not reach the file.
  explicit EventsFile(std::vector<std::string> secrets) : redactor_(std::move(secrets), {}) {}

  /// Fails with `file`.
  Result<void> open(const std::string& path) { return file_.open(path); }

  /// Appends what the request to `path`, answered with `status`, put on the twin's tapes. Fails with `file`.
  Result<void> record(twin::Standalone& twin, std::string_view path, int status);

 private:
  redact::Redactor redactor_;
  system::AppendedFile file_;
  std::map<std::string, std::size_t, std::less<>> written_;  ///< rows of each session's tape
};

}  // namespace pome::cli
