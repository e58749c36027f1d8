#include "core/eval/canonical.h"

#include "core/base/text.h"
#include "core/criteria/sentence.h"

namespace pome::eval {
namespace {

/// The one clause of a sentence that is nothing but a row's phrase.
std::optional<criteria::Binding> plain_clause(std::string_view text) {
  const std::optional<criteria::Sentence> sentence = criteria::bind_sentence(text);
  if (!sentence || sentence->clauses.size() != 1 || sentence->denied) return std::nullopt;
  const criteria::Clause& clause = sentence->clauses.front();
  if (clause.quantifier) return std::nullopt;
  return clause.binding;
}

}  // namespace

std::optional<std::string> canonical_sentence(std::string_view sentence) {
  const std::optional<criteria::Binding> bound = plain_clause(sentence);
  if (!bound) return std::nullopt;
  std::string wording = criteria::render(bound->row->phrases.front(), bound->args, sentence);
  const std::string_view first = text::trim(sentence).substr(0, 1);
  if (text::to_upper(std::string_view(wording).substr(0, 1)) == first) wording.replace(0, 1, first);
  if (wording == text::trim(sentence)) return std::nullopt;
  const std::optional<criteria::Binding> again = plain_clause(wording);
  const bool same =
      again && again->row == bound->row && again->args == bound->args && again->needs_repo() == bound->needs_repo();
  const bool stays =
      same && text::equals_ignore_case(criteria::render(again->row->phrases.front(), again->args, wording), wording);
  if (!stays) return std::nullopt;
  return wording;
}

}  // namespace pome::eval
