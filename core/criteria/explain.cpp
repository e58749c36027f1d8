#include <algorithm>

#include "core/base/text.h"
#include "core/criteria/quantified.h"
#include "core/criteria/sentence.h"

/// What a bound sentence means, in words.
namespace pome::criteria {
namespace {

/// The words before a value: "issue #", "label ". Nothing for kinds whose value speaks for itself.
std::string_view words_before(SlotKind kind) {
  switch (kind) {
    case SlotKind::issue:
      return "issue #";
    case SlotKind::pr:
      return "pull request #";
    case SlotKind::other:
      return "the other is #";
    case SlotKind::repo:
      return "repository ";
    case SlotKind::needle:
      return "text ";
    case SlotKind::person:
      return "the other login ";
    case SlotKind::other_tool:
      return "the other tool ";
    case SlotKind::scopes:
      return "allowed: ";
    case SlotKind::value:
    case SlotKind::count:
    case SlotKind::times:
    case SlotKind::names:
    case SlotKind::choice:
      return {};
    default:
      return slot_name(kind);
  }
}

bool is_plain(SlotKind kind) {
  switch (kind) {
    case SlotKind::issue:
    case SlotKind::pr:
    case SlotKind::other:
    case SlotKind::count:
    case SlotKind::times:
    case SlotKind::names:
    case SlotKind::scopes:
    case SlotKind::choice:
      return true;
    default:
      return false;
  }
}

std::string said(SlotKind kind, const std::string& value) {
  const std::string_view before = words_before(kind);
  if (is_plain(kind)) return text::cat(before, value);
  const char quote = text::contains(value, "`") || kind == SlotKind::needle || kind == SlotKind::value ? '"' : '`';
  return text::cat(before, before.empty() || before.ends_with(' ') ? "" : " ", quote, value, quote);
}

/// "issue #1, repository `acme/api`, label `bug`"; "at least" and "2" belong together.
std::string values_of(const Binding& binding) {
  std::string out;
  bool compares = false;
  for (std::size_t i = 0; i < binding.phrase->size(); ++i) {
    const Piece& piece = binding.phrase->piece(i);
    if (piece.kind != Piece::Kind::slot || piece.slot == SlotKind::polarity) continue;
    const std::string value = value_of(piece.slot, binding.args);
    if (value.empty()) continue;
    text::append(out, out.empty() ? "" : compares ? " " : ", ", said(piece.slot, value));
    compares = piece.slot == SlotKind::choice && (value == "at least" || value == "at most" || value == "exactly");
  }
  if (binding.args.repo.empty() && binding.phrase->has(SlotKind::repo)) {
    text::append(out, out.empty() ? "" : ", ", binding.row->every_repo ? "all repositories" : "the seeded repository");
  }
  return out;
}

/// For the middle of a sentence. Descriptions begin with an article or the like, never with a name.
std::string lower_first(std::string_view words) {
  std::string out(words);
  if (!out.empty()) out.front() = text::lower(out.front());
  return out;
}

std::string upper_first(std::string out) {
  if (!out.empty()) out.replace(0, 1, text::to_upper(out.substr(0, 1)));
  return out;
}

/// The row's description, its values behind its first sentence: "the issue carries the label (issue #1, label `bug`)".
std::string clause_meaning(const Clause& clause) {
  const std::string_view description = clause.binding.row->description;
  const std::size_t end = std::min(description.find(". "), description.size() - (description.ends_with('.') ? 1 : 0));
  std::string out = lower_first(description.substr(0, end));
  const std::string values = values_of(clause.binding);
  if (!values.empty()) text::append(out, " (", values, ')');
  if (end + 1 < description.size()) {
    const std::string_view rest = description.substr(end);
    out += rest.substr(0, rest.size() - 1);  // the caller's full stop
  }
  if (clause.binding.args.denied) out = "it is not so that " + out;
  return clause.quantifier ? text::cat("true of ", describe(*clause.quantifier), ": ", out) : out;
}

}  // namespace

std::string_view reads_words(Reads what) {
  switch (what) {
    case Reads::final_state:
      return "the state after the run";
    case Reads::initial_and_final:
      return "the state before and after the run";
    case Reads::tape:
      return "the calls";
  }
  return {};
}

std::string_view polarity_words(Polarity polarity) {
  return polarity == Polarity::must ? "asks the agent to make it true" : "asks the agent to leave it true";
}

std::string reads_words(const Sentence& sentence) {
  std::string out;
  if (sentence.reads(Reads::initial_and_final)) {
    out = reads_words(Reads::initial_and_final);
  } else if (sentence.reads(Reads::final_state)) {
    out = reads_words(Reads::final_state);
  }
  if (sentence.reads(Reads::tape)) text::append(out, out.empty() ? "" : " and ", reads_words(Reads::tape));
  return out;
}

std::string explain(const Sentence& sentence) {
  std::string out;
  if (sentence.clauses.size() == 1) {
    out = clause_meaning(sentence.clauses.front());
    if (sentence.denied) out = "it is not so that " + out;
    return upper_first(std::move(out)) + ".";
  }
  const bool all = sentence.join == Sentence::Join::all;
  out = all ? "all of these hold: " : sentence.denied ? "any of these holds: " : "at least one of these holds: ";
  out = sentence.denied ? "It is not so that " + out : upper_first(std::move(out));
  for (std::size_t i = 0; i < sentence.clauses.size(); ++i) {
    text::append(out, i == 0 ? "" : "; ", '(', i + 1, ") ", clause_meaning(sentence.clauses[i]));
  }
  return out + ".";
}

}  // namespace pome::criteria
