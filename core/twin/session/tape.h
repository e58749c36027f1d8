#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/http/message.h"
#include "core/twin/github/model/world.h"
#include "core/twin/github/rest/api.h"
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
  github::rest::RateMeter meter = {};
  std::size_t response_bytes = 0;  ///< of the body, which is not kept but rendered again for an export
  Refusal refusal = Refusal::none;
  bool world_changed = false;
};

struct TapeBounds {
  std::size_t rows = 0;
  std::size_t bytes = 0;           ///< of requests and world versions
  std::size_t response_bytes = 0;  ///< of the response bodies an export renders
};

/// The calls of a session, oldest first, bounded in number, memory and size of the export. What comes after a bound is
/// counted only: the beginning of a run stays whole.
class Tape {
 public:
  explicit Tape(TapeBounds bounds) : bounds_(bounds) {}

  void add(TapeEntry entry);
  void clear();
  const std::vector<TapeEntry>& entries() const { return entries_; }
  std::uint64_t dropped() const { return dropped_; }

 private:
  std::vector<TapeEntry> entries_;
  TapeBounds bounds_;
  std::size_t bytes_ = 0;
  std::size_t response_bytes_ = 0;
  std::uint64_t dropped_ = 0;
};

/// "req_000001" for the first call.
std::string request_id(std::size_t number);

/// Writes the recorder row of `entry`, call number `number` (from 1), by answering the request again.
void write_row(JsonWriter& out, const SessionConfig& config, const TapeEntry& entry, std::size_t number);

/// Writes the row that ends a tape which could not hold every call.
void write_truncation(JsonWriter& out, const SessionConfig& config, const Tape& tape);

}  // namespace pome::twin
