#include "tools/vocabulary/ambiguity.h"

#include <algorithm>

#include "core/base/text.h"
#include "tools/vocabulary/automaton.h"

namespace pome::vocabulary {
namespace {

using criteria::Phrase;
using criteria::Row;

/// A phrase with what it can read.
struct Shape {
  const Row* row = nullptr;
  const Phrase* phrase = nullptr;
  Automaton automaton;
};

/// Walks two automata side by side, shortest sentences first.
class Search {
 public:
  std::optional<std::string> run(const Shape& a, const Shape& b) {
    ++generation_;
    width_ = b.automaton.size();
    seen_.resize(std::max(seen_.size(), a.automaton.size() * width_));
    steps_.clear();
    visit({Automaton::kStart, Automaton::kStart, 0, '\0'});
    for (std::size_t i = 0; i < steps_.size(); ++i) {
      const Automaton::State& left = a.automaton.state(steps_[i].left);
      const Automaton::State& right = b.automaton.state(steps_[i].right);
      if (left.accepts && right.accepts) {
        std::string sentence = sentence_of(i);
        if (match(*a.phrase, sentence).ok() && match(*b.phrase, sentence).ok()) return sentence;
      }
      for (const Automaton::Edge& one : left.edges) {
        for (const Automaton::Edge& other : right.edges) {
          const Letters both = one.letters & other.letters;
          if (!both.empty()) visit({one.target, other.target, i, both.pick()});
        }
      }
    }
    return std::nullopt;
  }

 private:
  struct Step {
    std::uint32_t left = 0;
    std::uint32_t right = 0;
    std::size_t before = 0;  ///< index of the step before
    char letter = '\0';
  };
  /// The matcher refuses some sentences that the automata allow: more than one way to a place is tried.
  static constexpr std::uint32_t kWays = 3;

  void visit(Step step) {
    std::uint32_t& mark = seen_[step.left * width_ + step.right];
    if (mark / (kWays + 1) != generation_) mark = generation_ * (kWays + 1);
    if (mark % (kWays + 1) == kWays) return;
    ++mark;
    steps_.push_back(step);
  }

  std::string sentence_of(std::size_t last) const {
    std::string sentence;
    for (std::size_t i = last; i != 0; i = steps_[i].before) sentence.push_back(steps_[i].letter);
    std::reverse(sentence.begin(), sentence.end());
    if (!sentence.empty()) sentence.front() = text::to_upper(sentence.substr(0, 1)).front();  // either case is read
    return sentence;
  }

  std::vector<Step> steps_;
  std::vector<std::uint32_t> seen_;  ///< by pair of states: how often it was reached in which generation
  std::size_t width_ = 0;
  std::uint32_t generation_ = 0;
};

}  // namespace

std::optional<std::string> common_sentence(const Phrase& a, const Phrase& b) {
  return Search().run({nullptr, &a, Automaton(a)}, {nullptr, &b, Automaton(b)});
}

std::vector<Ambiguity> find_ambiguities(const std::vector<const Row*>& rows) {
  std::vector<Shape> shapes;
  for (const Row* row : rows) {
    for (const Phrase& phrase : row->phrases) shapes.push_back({row, &phrase, Automaton(phrase)});
  }
  std::vector<Ambiguity> found;
  Search search;
  for (std::size_t i = 0; i < shapes.size(); ++i) {
    for (std::size_t j = i + 1; j < shapes.size(); ++j) {
      const Shape& a = shapes[i];
      const Shape& b = shapes[j];
      const auto is_known = [&](const Ambiguity& one) { return one.first == a.row && one.second == b.row; };
      if (a.row == b.row || std::any_of(found.begin(), found.end(), is_known)) continue;
      if (auto sentence = search.run(a, b)) found.push_back({a.row, b.row, a.phrase, b.phrase, std::move(*sentence)});
    }
  }
  return found;
}

}  // namespace pome::vocabulary
