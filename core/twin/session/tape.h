#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/http/message.h"
#include "core/twin/github/model/world.h"
#include "core/twin/session/gate.h"
#include "core/twin/session/session.h"

namespace pome {
class JsonWriter;
}

namespace pome::twin {

/// One call as it was met: what it needs to be answered again, exactly.
struct TapeEntry {
  http::Request request;                              ///< path relative to the mount
  std::shared_ptr<const github::model::World> world;  ///< the version before the call
  std::string login;
  std::int64_t now_millis = 0;
  std::int64_t latency_micros = 0;
  std::uint64_t calls_before = 0;  ///< in the session; rate-limit headers follow from it
  Refusal refusal = Refusal::none;
  bool world_changed = false;
};

/// The calls of a session, oldest first, bounded in number and memory. What comes after the bound is counted only:
/// the beginning of a run stays whole.
class Tape {
 public:
  Tape(std::size_t max_rows, std::size_t max_bytes) : max_rows_(max_rows), max_bytes_(max_bytes) {}

  void add(TapeEntry entry);
  void clear();
  const std::vector<TapeEntry>& entries() const { return entries_; }
  std::uint64_t dropped() const { return dropped_; }

 private:
  std::vector<TapeEntry> entries_;
  std::size_t max_rows_;
  std::size_t max_bytes_;
  std::size_t bytes_ = 0;
  std::uint64_t dropped_ = 0;
};

/// "req_000001" for the first call.
std::string request_id(std::size_t number);

/// Writes the recorder row of `entry`, call number `number` (from 1), by answering the request again.
void write_row(JsonWriter& out, const SessionConfig& config, const TapeEntry& entry, std::size_t number);

/// Writes the row that ends a tape which could not hold every call.
void write_truncation(JsonWriter& out, const SessionConfig& config, const Tape& tape);

}  // namespace pome::twin
