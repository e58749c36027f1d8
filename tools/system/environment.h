#pragma once
#include "core/base/time.h"

namespace pome::system {

/// The system's clocks and its random source. Stateless, so any thread may use it.
class SystemEnvironment final : public Environment {
 public:
  std::int64_t now_millis() override;
  std::int64_t monotonic_micros() override;
  std::string random_bytes(std::size_t count) override;  ///< aborts when the system has no randomness to give
};

}  // namespace pome::system
