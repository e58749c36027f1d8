#include "core/criteria/phrase.h"

#include "core/base/text.h"

namespace pome::criteria {
namespace {

constexpr std::string_view kCurlyOpen = "\xE2\x80\x9C";   // U+201C
constexpr std::string_view kCurlyClose = "\xE2\x80\x9D";  // U+201D

/// Reads one sentence from left to right.
class Reader {
 public:
  Reader(const Phrase& phrase, std::string_view sentence) : phrase_(phrase), sentence_(sentence) {}

  Match run() {
    for (std::size_t i = 0; i < phrase_.size(); ++i) {
      if (phrase_.piece(i).kind == Piece::Kind::open) {
        i = optional_part(i);
      } else if (!read(phrase_.piece(i))) {
        return std::move(match_);
      }
    }
    match_.complete = at_ == sentence_.size() || sentence_.substr(at_) == ".";
    return std::move(match_);
  }

 private:
  /// Reads the part that opens at `open`, or nothing of it; returns the index of its close.
  std::size_t optional_part(std::size_t open) {
    const std::size_t close = phrase_.piece(open).partner;
    const std::size_t before = at_;
    const Match saved = match_;
    for (std::size_t i = open + 1; i < close; ++i) {
      if (read(phrase_.piece(i))) continue;
      at_ = before;
      match_ = saved;
      break;
    }
    return close;
  }

  bool read(const Piece& piece) {
    switch (piece.kind) {
      case Piece::Kind::literal:
        return literal(phrase_.text_of(piece));
      case Piece::Kind::spellings:
        return spellings(phrase_.text_of(piece));
      case Piece::Kind::slot:
        return piece.slot == SlotKind::choice ? choice(phrase_.text_of(piece)) : slot(piece.slot);
      default:
        return true;
    }
  }

  bool literal(std::string_view expected) {
    std::size_t at = at_;
    for (const char c : expected) {
      if (at == sentence_.size()) return false;
      const char found = sentence_[at];
      if (c != found && !(at == 0 && text::lower(c) == text::lower(found)) && !(c == ' ' && text::is_space(found)))
        return false;
      ++at;
      while (c == ' ' && at < sentence_.size() && text::is_space(sentence_[at])) ++at;
    }
    at_ = at;
    return true;
  }

  bool spellings(std::string_view options) {
    for (const std::string_view option : text::split(options, '|')) {
      const std::size_t before = at_;
      if (literal(option) && at_word_end()) return true;
      at_ = before;
    }
    return false;
  }

  bool choice(std::string_view options) {
    std::string_view longest;
    for (const std::string_view option : text::split(options, '|')) {
      if (option.size() > longest.size() && text::starts_with_ignore_case(rest(), option)) longest = option;
    }
    at_ += longest.size();
    return store(SlotKind::choice, longest, match_.args) && at_word_end();
  }

  bool slot(SlotKind kind) {
    std::size_t end = 0;
    std::string_view value = quoted(end);
    if (end == 0) {
      if (!may_be_bare(kind)) return false;
      value = rest().substr(0, bare_length(kind, rest()));
      if (value.empty() || !is_plain_tool(kind, value)) return false;
      end = value.size();
    }
    at_ += end;
    if (!store(kind, value, match_.args) && !match_.bad_slot) {
      match_.bad_slot = kind;
      match_.bad_value = std::string(value);
    }
    return true;
  }

  /// A tool without quotes must look like one: "Nobody was called" names no tool.
  static bool is_plain_tool(SlotKind kind, std::string_view value) {
    return kind != SlotKind::tool || value.find_first_of("_-/") != std::string_view::npos;
  }

  /// The value between quotes at the cursor and, in `end`, the length up to and with the closing quote (0: no quotes).
  std::string_view quoted(std::size_t& end) const {
    const std::string_view here = rest();
    if (here.empty()) return {};
    std::string_view open = here.substr(0, 1);
    std::string_view close = open;
    if (here.substr(0, kCurlyOpen.size()) == kCurlyOpen) {
      open = kCurlyOpen;
      close = kCurlyClose;
    } else if (open != "`" && open != "\"") {
      return {};
    }
    const std::size_t length = here.substr(open.size()).find(close);
    if (length == std::string_view::npos || length == 0) return {};
    end = open.size() + length + close.size();
    return here.substr(open.size(), length);
  }

  std::string_view rest() const { return sentence_.substr(at_); }
  bool at_word_end() const {
    return at_ == sentence_.size() || !(text::is_alpha(sentence_[at_]) || text::is_digit(sentence_[at_]));
  }

  const Phrase& phrase_;
  std::string_view sentence_;
  std::size_t at_ = 0;
  Match match_;
};

/// Should the part between `open` and its close be written?
bool is_wanted(const Phrase& phrase, std::size_t open, const Args& args, std::string_view like) {
  bool words_are_there = true;
  for (std::size_t i = open + 1; i < phrase.piece(open).partner; ++i) {
    const Piece& piece = phrase.piece(i);
    if (piece.kind == Piece::Kind::slot) return !value_of(piece.slot, args).empty();
    if (piece.kind == Piece::Kind::literal)
      words_are_there = words_are_there && text::contains(like, text::trim(phrase.text_of(piece)));
  }
  return words_are_there && !like.empty();
}

void append_quoted(std::string& out, std::string_view value, char quote) {
  if (quote == 0) {
    out.append(value);
  } else if (value.find(quote) == std::string_view::npos) {
    text::append(out, quote);
    out.append(value);
    text::append(out, quote);
  } else {
    out.append(text::cat(kCurlyOpen, value, kCurlyClose));
  }
}

}  // namespace

Match match(const Phrase& phrase, std::string_view sentence) { return Reader(phrase, text::trim(sentence)).run(); }

std::string render(const Phrase& phrase, const Args& args, std::string_view like) {
  std::string out;
  for (std::size_t i = 0; i < phrase.size(); ++i) {
    const Piece& piece = phrase.piece(i);
    const std::string_view piece_text = phrase.text_of(piece);
    if (piece.kind == Piece::Kind::open && !is_wanted(phrase, i, args, like)) i = piece.partner;
    if (piece.kind == Piece::Kind::literal) out.append(piece_text);
    if (piece.kind == Piece::Kind::spellings) out.append(piece_text.substr(0, piece_text.find('|')));
    if (piece.kind == Piece::Kind::slot) append_quoted(out, value_of(piece.slot, args), piece.quote);
  }
  return out;
}

}  // namespace pome::criteria
