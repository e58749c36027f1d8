#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/criteria/phrase.h"

namespace pome::vocabulary {

/// A set of ASCII characters. Others stand in values only, where an ASCII one does as well.
class Letters {
 public:
  Letters() = default;
  explicit Letters(std::string_view letters) {
    for (const char c : letters) add(c);
  }
  static Letters between(char first, char last);
  static Letters alphanumeric();

  Letters& add(char c) {
    bits_[half(c)] |= bit(c);
    return *this;
  }
  Letters& remove(char c) {
    bits_[half(c)] &= ~bit(c);
    return *this;
  }
  Letters with(std::string_view more) const;
  /// The set with the other case of each letter.
  Letters any_case() const;

  bool has(char c) const { return (bits_[half(c)] & bit(c)) != 0; }
  bool empty() const { return bits_[0] == 0 && bits_[1] == 0; }
  Letters operator&(const Letters& other) const;
  /// The member that reads best in an example. Not of an empty set.
  char pick() const;

 private:
  static std::size_t half(char c) { return (static_cast<unsigned char>(c) >> 6) & 1U; }
  static std::uint64_t bit(char c) { return std::uint64_t{1} << (static_cast<unsigned char>(c) & 63U); }

  std::uint64_t bits_[2] = {0, 0};
};

/// What a phrase can read, as a nondeterministic automaton over characters.
///
/// It accepts every sentence the matcher accepts, up to what cannot matter for a sentence two phrases share: one space
/// for several, backticks for other quotes, and samples of lists that have a grammar of their own. It accepts a few
/// sentences more, because the matcher never goes back; so a sentence found here is to be tried on the matcher.
class Automaton {
 public:
  struct Edge {
    Letters letters;
    std::uint32_t target = 0;
  };
  struct State {
    std::vector<Edge> edges;  ///< those behind empty steps included
    bool accepts = false;
  };

  explicit Automaton(const criteria::Phrase& phrase);

  static constexpr std::uint32_t kStart = 0;
  const State& state(std::uint32_t index) const { return states_[index]; }
  std::size_t size() const { return states_.size(); }

 private:
  std::vector<State> states_;
};

}  // namespace pome::vocabulary
