#include "core/twin/github/model/search_query.h"

#include <algorithm>
#include <array>
#include <utility>

#include "core/base/text.h"
#include "core/base/time.h"

namespace pome::twin::github::model {
namespace {

constexpr std::int64_t kDay = 24 * 60 * 60;

/// What one written value covers: a number itself, a date its whole day.
using SpanOf = std::optional<SearchRange> (*)(std::string_view);

std::optional<SearchRange> number_span(std::string_view text) {
  const std::optional<std::int64_t> number = text::to_integer(text);
  return number ? std::optional(SearchRange{*number, *number}) : std::nullopt;
}

std::optional<SearchRange> date_span(std::string_view text) {
  const std::optional<std::int64_t> start = time::parse_iso8601(text);
  if (!start) return std::nullopt;
  const bool whole_day = text.find('T') == std::string_view::npos;
  return SearchRange{*start, whole_day ? *start + kDay - 1 : *start};
}

std::optional<SearchRange> range_of(std::string_view text, SpanOf span_of) {
  if (const std::size_t dots = text.find(".."); dots != std::string_view::npos) {
    const std::string_view low = text.substr(0, dots);
    const std::string_view high = text.substr(dots + 2);
    const std::optional<SearchRange> first = low == "*" ? SearchRange{} : span_of(low);
    const std::optional<SearchRange> last = high == "*" ? SearchRange{} : span_of(high);
    return first && last ? std::optional(SearchRange{first->first, last->last}) : std::nullopt;
  }
  const std::size_t mark = std::min(text.find_first_not_of("<>="), text.size());
  const std::string_view sign = text.substr(0, mark);
  const std::optional<SearchRange> span = span_of(text.substr(mark));
  if (!span) return std::nullopt;
  SearchRange range;
  if (sign.empty()) return span;
  if (sign == ">") {
    range.first = span->last + 1;
  } else if (sign == ">=") {
    range.first = span->first;
  } else if (sign == "<") {
    range.last = span->first - 1;
  } else if (sign == "<=") {
    range.last = span->last;
  } else {
    return std::nullopt;
  }
  return range;
}

bool is_letter(char c) { return text::is_alpha(c) || text::is_digit(c) || (c & '\x80') != 0; }
bool is_token(char c) { return is_letter(c) || c == '_' || c == '-'; }

/// A piece of a query: a bracket, or a word with what stands in its quotes.
struct Lexeme {
  std::string_view text;
  std::string_view name;  ///< before the first colon outside of quotes; empty when there is none
  std::string value;      ///< the rest, without its quotes
  bool quoted = false;
  bool minus = false;
  char bracket = 0;
};

class Lexer {
 public:
  explicit Lexer(std::string_view text) : rest_(text) {}

  std::vector<Lexeme> run() {
    std::vector<Lexeme> out;
    for (rest_ = text::trim_left(rest_); !rest_.empty(); rest_ = text::trim_left(rest_)) out.push_back(next());
    return out;
  }

 private:
  Lexeme next() {
    Lexeme out;
    if (rest_.front() == '(' || rest_.front() == ')') {
      out.bracket = rest_.front();
      rest_.remove_prefix(1);
      return out;
    }
    if (rest_.size() > 1 && rest_.front() == '-' && !text::is_space(rest_[1])) {
      out.minus = true;
      rest_.remove_prefix(1);
    }
    std::size_t at = 0;
    bool in_quotes = false;
    while (at < rest_.size() && (in_quotes || !ends(rest_[at]))) {
      const char c = rest_[at];
      if (c == '"') {
        in_quotes = !in_quotes;
        out.quoted = true;
      } else if (c == ':' && !in_quotes && out.name.empty() && at > 0) {
        out.name = rest_.substr(0, at);
        out.value.clear();
      } else {
        out.value.push_back(c);
      }
      ++at;
    }
    out.text = rest_.substr(0, at);
    rest_.remove_prefix(at);
    return out;
  }

  static bool ends(char c) { return text::is_space(c) || c == '(' || c == ')'; }

  std::string_view rest_;
};

/// Builds the tree: OR binds weaker than AND, which needs no word.
class Parser {
 public:
  Parser(std::vector<Lexeme> lexemes, FunctionRef<bool(std::string_view)> is_qualifier)
      : lexemes_(std::move(lexemes)), is_qualifier_(is_qualifier) {}

  SearchQuery run() {
    SearchQuery out;
    out.root = any(0);
    // A bracket nobody opened: what follows counts as well.
    while (at_ < lexemes_.size()) {
      ++at_;
      SearchNode both;
      both.parts.push_back(std::move(out.root));
      both.parts.push_back(any(0));
      out.root = std::move(both);
    }
    out.operators = operators_;
    return out;
  }

 private:
  static constexpr int kMostDepth = 20;

  bool done() const { return at_ >= lexemes_.size() || lexemes_[at_].bracket == ')'; }
  bool is_word(std::string_view word) const {
    return at_ < lexemes_.size() && lexemes_[at_].text == word && !lexemes_[at_].minus;
  }

  SearchNode any(int depth) {
    SearchNode out;
    out.kind = SearchNode::Kind::any;
    out.parts.push_back(all(depth));
    while (is_word("OR")) {
      ++operators_;
      ++at_;
      out.parts.push_back(all(depth));
    }
    if (out.parts.size() == 1) return SearchNode(std::move(out.parts.front()));
    return out;
  }

  SearchNode all(int depth) {
    SearchNode out;
    while (!done() && !is_word("OR")) {
      if (is_word("AND")) {
        ++operators_;
        ++at_;
        continue;
      }
      add(out, one(depth));
    }
    return out;
  }

  SearchNode one(int depth) {
    bool negated = false;
    while (is_word("NOT")) {
      ++operators_;
      ++at_;
      negated = !negated;
    }
    if (done()) return {};
    const Lexeme lexeme = lexemes_[at_++];
    if (lexeme.bracket == '(') {
      SearchNode inner = depth < kMostDepth ? any(depth + 1) : SearchNode();
      if (at_ < lexemes_.size() && lexemes_[at_].bracket == ')') ++at_;
      inner.negated = inner.negated != negated;
      return inner;
    }
    SearchNode out = term(lexeme);
    out.negated = lexeme.minus != negated;
    return out;
  }

  SearchNode term(const Lexeme& lexeme) {
    SearchNode out;
    const std::string name = text::to_lower(lexeme.name);
    out.quoted = lexeme.quoted;
    if (!name.empty() && is_qualifier_(name)) {
      out.kind = SearchNode::Kind::qualifier;
      out.name = name;
      out.value = lexeme.value;
      return out;
    }
    out.value = text::replace_all(std::string(lexeme.text), "\"", "");
    out.tokens = search_tokens(out.value);
    if (!out.tokens.empty()) out.kind = SearchNode::Kind::text;
    return out;
  }

  /// Adds a term to a conjunction; alternatives join the earlier ones of their group.
  static void add(SearchNode& out, SearchNode part) {
    constexpr std::array<std::string_view, 3> kPlaces{"repo", "user", "org"};
    const auto group = [&](const SearchNode& node) -> std::string_view {
      if (node.kind != SearchNode::Kind::qualifier || node.negated) return {};
      if (std::find(kPlaces.begin(), kPlaces.end(), node.name) != kPlaces.end()) return "repo";
      return node.name == "language" ? node.name : std::string_view();
    };
    if (part.kind == SearchNode::Kind::all && part.parts.empty()) return;
    const std::string_view mine = group(part);
    for (SearchNode& other : out.parts) {
      if (mine.empty() || other.kind != SearchNode::Kind::any || group(other.parts.front()) != mine) continue;
      other.parts.push_back(std::move(part));
      return;
    }
    if (mine.empty()) {
      out.parts.push_back(std::move(part));
      return;
    }
    SearchNode alternatives;
    alternatives.kind = SearchNode::Kind::any;
    alternatives.parts.push_back(std::move(part));
    out.parts.push_back(std::move(alternatives));
  }

  std::vector<Lexeme> lexemes_;
  FunctionRef<bool(std::string_view)> is_qualifier_;
  std::size_t at_ = 0;
  int operators_ = 0;
};

/// Whether a token may begin or end between `outer` and a token's edge; a compound stands for itself only.
bool is_edge(char outer, bool compound) { return compound ? !is_token(outer) : !is_letter(outer); }

bool stands_at(std::string_view text, std::size_t at, std::string_view token) {
  if (!text::starts_with_ignore_case(text.substr(at), token)) return false;
  const bool compound = token.find_first_of("_-") != std::string_view::npos;
  const std::size_t end = at + token.size();
  return (at == 0 || is_edge(text[at - 1], compound)) && (end == text.size() || is_edge(text[end], compound));
}

}  // namespace

std::optional<SearchRange> number_range(std::string_view text) { return range_of(text, number_span); }
std::optional<SearchRange> date_range(std::string_view text) { return range_of(text, date_span); }

SearchQuery parse_search(std::string_view text, FunctionRef<bool(std::string_view)> is_qualifier) {
  return Parser(Lexer(text).run(), is_qualifier).run();
}

void for_each_term(SearchNode& node, FunctionRef<void(SearchNode&)> use) {
  if (node.kind == SearchNode::Kind::text || node.kind == SearchNode::Kind::qualifier) use(node);
  for (SearchNode& part : node.parts) for_each_term(part, use);
}

bool satisfies(const SearchNode& node, FunctionRef<bool(const SearchNode&)> holds) {
  const auto one = [&](const SearchNode& part) { return satisfies(part, holds); };
  bool result = false;
  if (node.kind == SearchNode::Kind::all) {
    result = std::all_of(node.parts.begin(), node.parts.end(), one);
  } else if (node.kind == SearchNode::Kind::any) {
    result = std::any_of(node.parts.begin(), node.parts.end(), one);
  } else {
    result = holds(node);
  }
  return result != node.negated;
}

std::vector<std::string> search_tokens(std::string_view text) {
  std::vector<std::string> out;
  std::size_t at = 0;
  while (at < text.size()) {
    std::size_t end = at;
    while (end < text.size() && is_token(text[end])) ++end;
    const std::string_view token = text.substr(at, end - at);
    if (std::any_of(token.begin(), token.end(), is_letter)) out.push_back(text::to_lower(token));
    at = end + 1;
  }
  return out;
}

std::optional<TextSpan> find_tokens(std::string_view text, const std::vector<std::string>& tokens, std::size_t from) {
  const std::string_view first = tokens.front();
  // Searches read every text through this loop: letters differ from their capitals in one bit.
  const int initial = first.front();
  const int case_bit = text::is_alpha(first.front()) ? 0x20 : 0;
  for (std::size_t at = from; at + first.size() <= text.size(); ++at) {
    if ((text[at] | case_bit) != initial || !stands_at(text, at, first)) continue;
    std::size_t end = at + first.size();
    bool all = true;
    for (std::size_t i = 1; all && i < tokens.size(); ++i) {
      while (end < text.size() && !is_token(text[end])) ++end;
      all = stands_at(text, end, tokens[i]);
      end += tokens[i].size();
    }
    if (all) return TextSpan{at, end};
  }
  return std::nullopt;
}

}  // namespace pome::twin::github::model
