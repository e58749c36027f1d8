#include "core/criteria/joints.h"

#include <array>
#include <utility>

#include "core/criteria/quantified.h"

namespace pome::criteria {
namespace {

/// Index of the quote's last byte when one opens at `at`; `at` itself when none does; npos when it is not closed.
std::size_t quote_end(std::string_view sentence, std::size_t at) {
  constexpr std::pair<std::string_view, std::string_view> kQuotes[] = {
      {"`", "`"}, {"\"", "\""}, {"\xE2\x80\x9C", "\xE2\x80\x9D"}};
  for (const auto& [open, close] : kQuotes) {
    if (!sentence.substr(at).starts_with(open)) continue;
    const std::size_t end = sentence.find(close, at + open.size());
    return end == std::string_view::npos ? end : end + close.size() - 1;
  }
  return at;
}

}  // namespace

std::vector<Joint> joints_of(std::string_view sentence) {
  static constexpr std::array<std::pair<std::string_view, Sentence::Join>, 4> kWords = {
      {{", and ", Sentence::Join::all},
       {" and ", Sentence::Join::all},
       {", or ", Sentence::Join::any},
       {" or ", Sentence::Join::any}}};
  std::vector<Joint> joints;
  for (std::size_t i = 0; i < sentence.size(); ++i) {
    i = quote_end(sentence, i);
    if (i == std::string_view::npos) return joints;
    for (const auto& [word, join] : kWords) {
      if (!sentence.substr(i).starts_with(word)) continue;
      joints.push_back({i, i + word.size(), join});
      i += word.size() - 2;  // the space behind the word may begin the next one
      break;
    }
  }
  return joints;
}

std::string_view subject_of(std::string_view text) {
  static constexpr Phrase kSubjects[] = {"Issue #{issue}[ (in|on) `{repo}`]", "Pull request #{pr}[ (in|on) `{repo}`]"};
  for (const Phrase& phrase : kSubjects) {
    if (const std::size_t length = prefix_length(phrase, text)) return text.substr(0, length);
  }
  return {};
}

std::size_t part_begin(const std::vector<Joint>& joints, std::ptrdiff_t index) {
  return index < 0 ? 0 : joints[static_cast<std::size_t>(index)].end;
}

std::string_view subject_before(std::string_view sentence, const std::vector<Joint>& joints, std::size_t index) {
  for (std::ptrdiff_t part = static_cast<std::ptrdiff_t>(index) - 1; part >= -1; --part) {
    const std::string_view subject = subject_of(sentence.substr(part_begin(joints, part)));
    if (!subject.empty()) return subject;
  }
  return {};
}

std::optional<Clause> bind_one(std::string_view text) {
  if (auto binding = bind_clause(text)) return Clause{std::move(*binding), std::nullopt};
  return bind_quantified(text);
}

}  // namespace pome::criteria
