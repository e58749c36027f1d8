#include "core/criteria/phrase.h"

#include <utility>

#include "core/base/text.h"

namespace pome::criteria {
namespace {

constexpr std::string_view kCurlyOpen = "\xE2\x80\x9C";   // U+201C
constexpr std::string_view kCurlyClose = "\xE2\x80\x9D";  // U+201D
constexpr std::pair<std::string_view, std::string_view> kQuotes[] = {
    {"`", "`"}, {"\"", "\""}, {kCurlyOpen, kCurlyClose}};

/// Reads one sentence from left to right.
class Reader {
 public:
  Reader(const Phrase& phrase, std::string_view sentence) : phrase_(phrase), sentence_(sentence) {}

  Match run() {
    match_.complete = read_all() && (at_ == sentence_.size() || sentence_.substr(at_) == ".");
    return std::move(match_);
  }

  /// How far the phrase reads when all of it fits; else 0.
  std::size_t reach() { return read_all() && !match_.bad_slot ? at_ : 0; }

 private:
  bool read_all() {
    for (std::size_t i = 0; i < phrase_.size(); ++i) {
      if (phrase_.piece(i).kind == Piece::Kind::open) {
        i = optional_part(i);
      } else if (!read(phrase_.piece(i))) {
        return false;
      }
    }
    return true;
  }

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
        if (piece.slot == SlotKind::polarity) return polarity(phrase_.text_of(piece));
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

  /// One of a pair may begin with the other ("is", "is not"): the longer one is tried first.
  bool polarity(std::string_view pair) {
    const std::size_t slash = pair.find('/');
    const std::string_view spellings[] = {pair.substr(0, slash), pair.substr(slash + 1)};
    const bool denial_is_longer = spellings[1].size() > spellings[0].size();
    for (const bool denied : {denial_is_longer, !denial_is_longer}) {
      const std::size_t before = at_;
      match_.args.denied = denied;
      if (literal(spellings[denied ? 1 : 0]) && at_word_end()) return true;
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
    std::string_view value;
    std::size_t end = kind == SlotKind::names ? 0 : quoted_length(rest(), value);
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
    const bool tool = kind == SlotKind::tool || kind == SlotKind::other_tool;
    return !tool || value.find_first_of("_-/") != std::string_view::npos;
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
  const std::string_view words = like.substr(0, like.size() - (like.ends_with('.') ? 1 : 0));
  const std::string padded = text::cat(' ', words, ' ');
  bool words_are_there = true;
  for (std::size_t i = open + 1; i < phrase.piece(open).partner; ++i) {
    const Piece& piece = phrase.piece(i);
    if (piece.kind == Piece::Kind::slot) return !value_of(piece.slot, args).empty();
    const std::string_view word =
        piece.kind == Piece::Kind::literal ? text::trim(phrase.text_of(piece)) : std::string_view();
    if (!word.empty()) words_are_there = words_are_there && text::contains(padded, text::cat(' ', word, ' '));
  }
  return words_are_there && !like.empty();
}

/// The spelling that `like` has as words of its own, else the canonical one.
std::string_view spelling_of(std::string_view options, std::string_view like) {
  for (const std::string_view option : text::split(options, '|')) {
    if (text::contains(like, text::cat(' ', option, ' '))) return option;
  }
  return options.substr(0, options.find('|'));
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

std::size_t quoted_length(std::string_view text, std::string_view& value) {
  for (const auto& [open, close] : kQuotes) {
    if (!text.starts_with(open)) continue;
    const std::size_t length = text.substr(open.size()).find(close);
    if (length == std::string_view::npos || length == 0) return 0;
    value = text.substr(open.size(), length);
    return open.size() + length + close.size();
  }
  return 0;
}

std::size_t prefix_length(const Phrase& phrase, std::string_view sentence) {
  const std::size_t length = Reader(phrase, sentence).reach();
  return length < sentence.size() && sentence[length] == ' ' ? length : 0;
}

Match match(const Phrase& phrase, std::string_view sentence) { return Reader(phrase, text::trim(sentence)).run(); }

std::string render(const Phrase& phrase, const Args& args, std::string_view like) {
  std::string out;
  for (std::size_t i = 0; i < phrase.size(); ++i) {
    const Piece& piece = phrase.piece(i);
    const std::string_view piece_text = phrase.text_of(piece);
    if (piece.kind == Piece::Kind::open && !is_wanted(phrase, i, args, like)) i = piece.partner;
    if (piece.kind == Piece::Kind::literal) out.append(piece_text);
    if (piece.kind == Piece::Kind::spellings) out.append(spelling_of(piece_text, like));
    if (piece.kind == Piece::Kind::slot && piece.slot == SlotKind::polarity) {
      const std::size_t slash = piece_text.find('/');
      out.append(args.denied ? piece_text.substr(slash + 1) : piece_text.substr(0, slash));
    } else if (piece.kind == Piece::Kind::slot) {
      append_quoted(out, value_of(piece.slot, args), piece.quote);
    }
  }
  return out;
}

}  // namespace pome::criteria
