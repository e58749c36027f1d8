#pragma once
#include <cstdint>
#include <string>

#include "core/base/time.h"

namespace pome::test {

/// Time that stands still until a test moves it, and random bytes that are the same in every run.
class FakeEnvironment : public Environment {
 public:
  std::int64_t now_millis() override { return millis; }
  std::int64_t monotonic_micros() override { return micros += 1500; }
  std::string random_bytes(std::size_t count) override {
    std::string bytes;
    while (bytes.size() < count) {
      seed_ = seed_ * 6364136223846793005u + 1442695040888963407u;
      bytes.push_back(static_cast<char>(seed_ >> 56));
    }
    return bytes;
  }

  std::int64_t seconds() const { return millis / 1000; }
  void pass(std::int64_t seconds) { millis += seconds * 1000; }

  std::int64_t millis = 1'800'000'000'000;  // 2027-01-15T08:00:00Z
  std::int64_t micros = 0;

 private:
  std::uint64_t seed_ = 1;
};

}  // namespace pome::test
