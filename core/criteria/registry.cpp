#include <algorithm>

#include "core/base/text.h"
#include "core/criteria/criterion.h"

namespace pome::criteria {

Polarity Row::polarity_of(const Args& args) const {
  if (args.denied) return polarity == Polarity::must ? Polarity::must_not : Polarity::must;
  if (stays.empty()) return polarity;
  const auto kept = text::split(stays, '|');
  return std::find(kept.begin(), kept.end(), args.choice) == kept.end() ? polarity : Polarity::must_not;
}

const std::vector<const Row*>& all_rows() {
  static const std::vector<const Row*> kAll = [] {
    std::vector<const Row*> rows;
    for (const auto list :
         {issue_rows(), pull_rows(), wording_rows(), labelling_rows(), planning_rows(), conversation_rows(),
          relation_rows(), pull_content_rows(), review_rows(), new_thing_rows(), repo_rows(), file_rows(),
          branch_rows(), access_rows(), delta_rows(), tape_rows(), tape_argument_rows(), tape_order_rows()}) {
      for (const Row& row : list) rows.push_back(&row);
    }
    return rows;
  }();
  return kAll;
}

namespace {

/// A look at the first letter saves reading most phrases.
bool may_match(const Phrase& phrase, std::string_view sentence) {
  const Piece& first = phrase.piece(0);
  if (first.kind != Piece::Kind::literal || sentence.empty()) return true;
  return text::lower(phrase.text()[first.begin]) == text::lower(sentence.front());
}

}  // namespace

std::optional<Binding> bind_clause(std::string_view sentence) {
  sentence = text::trim(sentence);
  if (sentence.size() > kMaxSentence) return std::nullopt;
  for (const Row* row : all_rows()) {
    for (const Phrase& phrase : row->phrases) {
      if (!may_match(phrase, sentence)) continue;
      Match found = match(phrase, sentence);
      if (found.ok()) return Binding{row, &phrase, std::move(found.args)};
    }
  }
  return std::nullopt;
}

std::string clause_words(const Binding& binding) {
  std::string words = render(*binding.phrase, binding.args);
  for (const std::string_view subject : {std::string_view("Issue #"), std::string_view("Pull request #")}) {
    if (binding.args.number == 0 && words.starts_with(subject)) words.erase(0, subject.size());
  }
  return std::string(text::trim(words));
}

std::vector<Binding> claims(std::string_view sentence) {
  std::vector<Binding> all;
  for (const Row* row : all_rows()) {
    for (const Phrase& phrase : row->phrases) {
      Match found = match(phrase, sentence);
      if (!found.ok()) continue;
      all.push_back({row, &phrase, std::move(found.args)});
      break;
    }
  }
  return all;
}

std::string_view other_service(std::string_view sentence) {
  struct Sign {
    std::string_view service;
    std::string_view words;
  };
  // Words that only that service's sentences use; consulted when no row of ours claims the sentence.
  static constexpr Sign kSigns[] = {
      {"Slack", "Slack"},
      {"Slack", " channel"},
      {"Slack", "A message in \""},
      {"Slack", "reaction was added"},
      {"Stripe", "Stripe"},
      {"Stripe", "PaymentIntent"},
      {"Stripe", "payment_intent."},
      {"Stripe", "charge"},
      {"Stripe", "refund"},
      {"Stripe", "x402"},
      {"Stripe", "X-PAYMENT"},
      {"Stripe", "402 Payment Required"},
      {"Stripe", "payment_method."},
      {"Stripe", "customer."},
      {"Gmail", "Gmail"},
      {"Gmail", "draft addressed"},
      {"Gmail", "drafts exist"},
      {"Gmail", "mailbox"},
      {"Gmail", "recipients"},
      {"Gmail", "A label named "},
      {"Gmail", "Message "},
      {"Linear", "Linear"},
      {"Linear", "Issue \""},
      {"Linear", "issue \""},
      {"Linear", "issue titled \""},
  };
  for (const Sign& sign : kSigns) {
    if (text::contains(sentence, sign.words)) return sign.service;
  }
  return {};
}

}  // namespace pome::criteria
