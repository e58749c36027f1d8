#pragma once
#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "core/criteria/slots.h"

/// The grammar of criterion sentences.
///
/// A phrase is literal text with
///   `{repo}`, "{needle}", {issue}   slots, by name (slots.h); in quotes where the value may hold spaces
///   {open|closed}                   a closed set, ASCII case-insensitive
///   {has/does not have}             a pair: the first spelling says, the second denies
///   [ in `{repo}`]                  a part that may be left out
///   (in|on)                         spellings with the same meaning; the first one is canonical
/// Matching reads the sentence once from left to right: every slot takes the longest value of its kind, a part that may
/// be left out is taken when it fits, and nothing is tried twice. So it is linear and has one reading.
///
/// What a sentence may do differently from its phrase: the case of its first letter, several spaces for one, one final
/// full stop, any of `x`, "x" and curly quotes around a value, and no quotes at all around repositories, logins and
/// tools. Everything else must be as written: a sentence bound to the wrong phrase is worse than one that is not bound.
namespace pome::criteria {

struct Piece {
  enum class Kind : unsigned char { literal, spellings, slot, open, close };
  Kind kind = Kind::literal;
  SlotKind slot = SlotKind::choice;
  char quote = 0;             ///< slots: the canonical quote, 0 when there is none
  unsigned char partner = 0;  ///< open: index of its close
  unsigned short begin = 0;   ///< the piece's text in the phrase
  unsigned short length = 0;
};

/// Not constexpr on purpose: reaching it while a phrase is compiled stops the build and names the mistake.
inline void phrase_is_malformed(const char*) {}

/// A compiled phrase. Construction happens at compile time only; a malformed phrase does not compile.
class Phrase {
 public:
  static constexpr std::size_t kMaxPieces = 24;

  consteval Phrase(const char* text) : text_(text) { compile(); }  // NOLINT: implicit, phrases are written as text

  constexpr std::string_view text() const { return text_; }
  constexpr std::size_t size() const { return size_; }
  constexpr const Piece& piece(std::size_t index) const { return pieces_[index]; }
  constexpr std::string_view text_of(const Piece& piece) const { return text_.substr(piece.begin, piece.length); }
  constexpr bool has(SlotKind kind) const {
    for (std::size_t i = 0; i < size_; ++i) {
      if (pieces_[i].kind == Piece::Kind::slot && pieces_[i].slot == kind) return true;
    }
    return false;
  }

 private:
  constexpr void add(Piece::Kind kind, std::size_t begin, std::size_t end, SlotKind slot = SlotKind::choice,
                     char quote = 0) {
    if (size_ == kMaxPieces) phrase_is_malformed("too many pieces");
    pieces_[size_].kind = kind;
    pieces_[size_].slot = slot;
    pieces_[size_].quote = quote;
    pieces_[size_].begin = static_cast<unsigned short>(begin);
    pieces_[size_].length = static_cast<unsigned short>(end - begin);
    ++size_;
  }

  constexpr std::size_t closing(std::size_t from, char bracket) const {
    const std::size_t end = text_.find(bracket, from);
    if (end == std::string_view::npos || end == from) phrase_is_malformed("empty or unclosed bracket");
    return end;
  }

  constexpr void add_slot(std::size_t begin, std::size_t end, char quote) {
    const std::string_view name = text_.substr(begin, end - begin);
    const bool pair = name.find('/') != std::string_view::npos;
    const bool closed_set = pair || name.find('|') != std::string_view::npos;
    if (!closed_set && !slot_of_name(name)) phrase_is_malformed("unknown slot");
    const SlotKind kind = pair ? SlotKind::polarity : closed_set ? SlotKind::choice : *slot_of_name(name);
    if (has(kind)) phrase_is_malformed("the same slot twice");
    if (size_ > 0 && pieces_[size_ - 1].kind == Piece::Kind::slot) phrase_is_malformed("slots need text between them");
    if (!closed_set && quote == 0 && !may_be_bare(kind)) phrase_is_malformed("this slot needs quotes");
    add(Piece::Kind::slot, begin, end, kind, quote);
  }

  constexpr void compile() {
    std::size_t literal = 0;  // where the current literal began
    std::size_t group = kMaxPieces;
    const auto flush = [&](std::size_t end) {
      if (end > literal) add(Piece::Kind::literal, literal, end);
    };
    for (std::size_t i = 0; i < text_.size(); ++i) {
      const char c = text_[i];
      if (c == '{') {
        const std::size_t end = closing(i + 1, '}');
        const bool quoted = i > literal && (text_[i - 1] == '`' || text_[i - 1] == '"') && end + 1 < text_.size() &&
                            text_[end + 1] == text_[i - 1];
        flush(quoted ? i - 1 : i);
        add_slot(i + 1, end, quoted ? text_[i - 1] : '\0');
        i = quoted ? end + 1 : end;
        literal = i + 1;
      } else if (c == '(') {
        const std::size_t end = closing(i + 1, ')');
        flush(i);
        add(Piece::Kind::spellings, i + 1, end);
        i = end;
        literal = i + 1;
      } else if (c == '[') {
        if (group != kMaxPieces) phrase_is_malformed("optional parts do not nest");
        flush(i);
        group = size_;
        add(Piece::Kind::open, i, i);
        literal = i + 1;
      } else if (c == ']') {
        if (group == kMaxPieces) phrase_is_malformed("unbalanced ]");
        flush(i);
        pieces_[group].partner = static_cast<unsigned char>(size_);
        group = kMaxPieces;
        add(Piece::Kind::close, i, i);
        literal = i + 1;
      } else if (c == '}' || c == ')') {
        phrase_is_malformed("unbalanced bracket");
      }
    }
    flush(text_.size());
    if (group != kMaxPieces) phrase_is_malformed("unbalanced [");
    if (size_ == 0) phrase_is_malformed("empty phrase");
  }

  std::string_view text_;
  std::array<Piece, kMaxPieces> pieces_{};
  std::size_t size_ = 0;
};

struct Match {
  bool complete = false;  ///< the whole sentence has the phrase's shape
  Args args;
  /// The first value that is not one of its slot's kind: the shape fits, the value does not.
  std::optional<SlotKind> bad_slot;
  std::string bad_value;

  bool ok() const { return complete && !bad_slot; }
};

Match match(const Phrase& phrase, std::string_view sentence);

/// Length of the start of `sentence` that the phrase reads as a whole, when a space follows it; else 0.
std::size_t prefix_length(const Phrase& phrase, std::string_view sentence);

/// Length of one value in quotes at the start of `text`, quotes included, and the value between them; 0 when there is
/// none.
std::size_t quoted_length(std::string_view text, std::string_view& value);

/// The canonical sentence. Optional parts appear when they carry a slot that `args` sets, and parts of mere words when
/// `like`, a sentence to stay close to, has those words.
std::string render(const Phrase& phrase, const Args& args, std::string_view like = {});

}  // namespace pome::criteria
