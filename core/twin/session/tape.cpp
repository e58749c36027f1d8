#include "core/twin/session/tape.h"

#include <utility>

namespace pome::twin {
namespace {

/// What a world version that only this entry keeps alive costs at most, roughly: the World itself and the chunks that
/// one mutation copies.
constexpr std::size_t kVersionBytes = 8192;

std::size_t bytes_of(const TapeEntry& entry) {
  const http::Request& request = entry.request;
  std::size_t bytes = sizeof(TapeEntry) + request.path.size() + request.query.size() + request.body.size();
  for (const http::Header header : request.headers)
    bytes += sizeof(http::Header) + header.name.size() + header.value.size();
  return entry.world_changed ? bytes + kVersionBytes : bytes;
}

}  // namespace

void Tape::add(TapeEntry entry) {
  const std::size_t bytes = bytes_of(entry);
  // Once one call is left out, later ones are too: a tape has no holes.
  const bool fits = entries_.size() < bounds_.rows && bytes <= bounds_.bytes - bytes_ &&
                    entry.response_bytes <= bounds_.response_bytes - response_bytes_;
  if (dropped_ > 0 || !fits) {
    ++dropped_;
    return;
  }
  bytes_ += bytes;
  response_bytes_ += entry.response_bytes;
  entries_.push_back(std::move(entry));
}

void Tape::clear() {
  entries_.clear();
  bytes_ = 0;
  response_bytes_ = 0;
  dropped_ = 0;
}

}  // namespace pome::twin
