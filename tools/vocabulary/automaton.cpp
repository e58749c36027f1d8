#include "tools/vocabulary/automaton.h"

#include "core/base/text.h"

namespace pome::vocabulary {
namespace {

using criteria::Phrase;
using criteria::Piece;
using criteria::SlotKind;
using Index = std::uint32_t;

/// Builds the automaton piece by piece. Each function reads on from one state and returns the one behind.
class Builder {
 public:
  explicit Builder(const Phrase& phrase) : phrase_(phrase) { add_state(); }

  std::vector<Automaton::State> run() {
    const Index end = pieces(0, phrase_.size(), Automaton::kStart);
    const Index stop = step(end, Letters("."));
    accepting_ = {end, stop};
    return close();
  }

 private:
  struct Draft {
    std::vector<Automaton::Edge> edges;
    std::vector<Index> empty_steps;
  };

  Index add_state() {
    drafts_.emplace_back();
    return static_cast<Index>(drafts_.size() - 1);
  }
  Index step(Index from, Letters letters) {
    const Index to = add_state();
    drafts_[from].edges.push_back({letters, to});
    return to;
  }
  void jump(Index from, Index to) { drafts_[from].empty_steps.push_back(to); }

  Index pieces(std::size_t begin, std::size_t end, Index from) {
    for (std::size_t i = begin; i < end; ++i) {
      const Piece& piece = phrase_.piece(i);
      if (piece.kind == Piece::Kind::open) {
        const Index behind = pieces(i + 1, piece.partner, from);
        jump(from, behind);
        from = behind;
        i = piece.partner;
      } else {
        from = one_piece(piece, from);
      }
    }
    return from;
  }

  Index one_piece(const Piece& piece, Index from) {
    const std::string_view words = phrase_.text_of(piece);
    if (piece.kind == Piece::Kind::literal) return text(words, from);
    if (piece.kind == Piece::Kind::spellings) return one_of(words, '|', from);
    if (piece.slot == SlotKind::polarity) return one_of(words, '/', from);
    if (piece.slot == SlotKind::choice) return one_of(words, '|', from, true);
    return slot(piece.slot, from);
  }

  Index text(std::string_view words, Index from, bool any_case = false) {
    for (const char c : words) {
      const Letters letter = Letters().add(c);
      from = step(from, any_case ? letter.any_case() : letter);
    }
    return from;
  }

  Index one_of(std::string_view options, char separator, Index from, bool any_case = false) {
    const Index behind = add_state();
    for (const std::string_view option : text::split(options, separator)) jump(text(option, from, any_case), behind);
    return behind;
  }

  Index many(Letters letters, Index from) {
    const Index behind = step(from, letters);
    drafts_[behind].edges.push_back({letters, behind});
    return behind;
  }

  /// The value in backticks, and bare where it may be.
  Index slot(SlotKind kind, Index from) {
    if (kind == SlotKind::names) return names(from);
    const Index quoted = step(value(kind, step(from, Letters("`"))), Letters("`"));
    if (criteria::may_be_bare(kind)) jump(value(kind, from), quoted);
    return quoted;
  }

  Index value(SlotKind kind, Index from) {
    switch (kind) {
      case SlotKind::issue:
      case SlotKind::pr:
      case SlotKind::other:
        return number(from);
      case SlotKind::repo:
        return name(name(from, "._-", '/'), "._-", '\0');
      case SlotKind::login:
      case SlotKind::person:
        return login(from);
      case SlotKind::tool:
      case SlotKind::other_tool: {
        const Index known = text("create_issue", from);
        jump(name(name(from, "_-", '/'), "_-", '\0'), known);
        return known;
      }
      case SlotKind::times:
        return times(from);
      case SlotKind::count:
        return count(from);
      case SlotKind::scopes:
        return one_of("issue #1|the labels of issue #1|pull request #1|new labels|label `x`|the repository", '|', from);
      default:
        return line(from);
    }
  }

  Index number(Index from) {
    const Index behind = step(from, Letters::between('1', '9'));
    drafts_[behind].edges.push_back({Letters::between('0', '9'), behind});
    return behind;
  }

  Index name(Index from, std::string_view more, char end) {
    const Index behind = many(Letters::alphanumeric().with(more), from);
    return end == '\0' ? behind : step(behind, Letters().add(end));
  }

  Index login(Index from) {
    const Index at = step(from, Letters("@"));
    jump(from, at);
    const Index first = step(at, Letters::alphanumeric().with("_"));
    drafts_[first].edges.push_back({Letters::alphanumeric().with("_-"), first});
    const Index behind = text("[bot]", first);
    jump(first, behind);
    return behind;
  }

  Index count(Index from) {
    const Index behind = many(Letters::between('0', '9'), from);
    jump(one_of("zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve", '|', from, true), behind);
    return behind;
  }

  Index times(Index from) {
    const Index behind = one_of("once|twice", '|', from, true);
    jump(one_of(" time| times", '|', count(from), true), behind);
    return behind;
  }

  Index line(Index from) { return many(Letters::between(' ', '~').remove('`'), from); }

  Index names(Index from) {
    const Index begin = add_state();
    jump(from, begin);
    const Index behind = step(line(step(begin, Letters("`"))), Letters("`"));
    jump(one_of(", and |, or |, | and | or ", '|', behind), begin);
    return behind;
  }

  /// Leaves out empty steps: each state gets the edges of all it reaches without reading.
  std::vector<Automaton::State> close() const {
    std::vector<Automaton::State> states(drafts_.size());
    for (Index from = 0; from < drafts_.size(); ++from) {
      std::vector<Index> reached = {from};
      for (std::size_t i = 0; i < reached.size(); ++i) {
        const Draft& draft = drafts_[reached[i]];
        states[from].edges.insert(states[from].edges.end(), draft.edges.begin(), draft.edges.end());
        for (const Index accepting : accepting_) states[from].accepts |= reached[i] == accepting;
        for (const Index next : draft.empty_steps) {
          bool known = false;
          for (const Index one : reached) known = known || one == next;
          if (!known) reached.push_back(next);
        }
      }
    }
    for (Automaton::Edge& edge : states[Automaton::kStart].edges) edge.letters = edge.letters.any_case();
    return states;
  }

  const Phrase& phrase_;
  std::vector<Draft> drafts_;
  std::vector<Index> accepting_;
};

}  // namespace

Letters Letters::between(char first, char last) {
  Letters letters;
  for (int c = first; c <= last; ++c) letters.add(static_cast<char>(c));
  return letters;
}

Letters Letters::alphanumeric() {
  Letters letters = between('0', '9');
  for (char c = 'a'; c <= 'z'; ++c) letters.add(c);
  return letters.any_case();
}

Letters Letters::with(std::string_view more) const {
  Letters letters = *this;
  for (const char c : more) letters.add(c);
  return letters;
}

Letters Letters::any_case() const {
  Letters letters = *this;
  for (char c = 'a'; c <= 'z'; ++c) {
    const char capital = static_cast<char>(c - 'a' + 'A');
    if (has(c)) letters.add(capital);
    if (has(capital)) letters.add(c);
  }
  return letters;
}

Letters Letters::operator&(const Letters& other) const {
  Letters letters;
  letters.bits_[0] = bits_[0] & other.bits_[0];
  letters.bits_[1] = bits_[1] & other.bits_[1];
  return letters;
}

char Letters::pick() const {
  // "x" and "1" are values of nearly every slot; "a" is an article.
  for (const char c : {'x', '1'}) {
    if (has(c)) return c;
  }
  for (char c = 'z'; c > ' '; --c) {
    if (has(c)) return c;
  }
  return ' ';
}

Automaton::Automaton(const Phrase& phrase) : states_(Builder(phrase).run()) {}

}  // namespace pome::vocabulary
