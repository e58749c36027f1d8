#pragma once
#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string_view>

/// Enumerations and their words: the word of an enumerator stands at its place in an array.
namespace pome::twin::github::model {

/// Where `word` stands, or nothing.
std::optional<std::size_t> index_of(std::span<const std::string_view> words, std::string_view word);

template <class Enum, std::size_t N>
std::optional<Enum> enum_from(const std::array<std::string_view, N>& words, std::string_view word) {
  const std::optional<std::size_t> index = index_of(words, word);
  return index ? std::optional(static_cast<Enum>(*index)) : std::nullopt;
}

template <class Enum, std::size_t N>
std::string_view word_of(const std::array<std::string_view, N>& words, Enum value) {
  return words[static_cast<std::size_t>(value)];
}

}  // namespace pome::twin::github::model
