#include "core/proof/mutants.h"

#include <utility>

#include "core/base/text.h"

namespace pome::proof {
namespace {

Json parsed(std::string_view text) {
  Result<Json> document = json::parse(text);
  return document ? std::move(document).value() : Json();
}

}  // namespace

Subject::Subject(const eval::Evidence& evidence)
    : evidence_(evidence), initial_(parsed(evidence.state_initial)), final_(parsed(evidence.state_final)) {
  const Json rows = parsed(evidence.events);
  if (rows.is_array()) rows_.assign(rows.begin(), rows.end());
  for (const Json& row : rows_) texts_.push_back(json::dump(row));
}

std::string without_answers(std::string_view events) {
  Json rows = parsed(events);
  if (!rows.is_array()) return std::string(events);
  for (Json& row : rows) {
    if (row.is_object() && row.contains("response_body")) row["response_body"] = nullptr;
  }
  return json::dump(rows);
}

void Mutator::both(std::string words, std::string_view final_state, std::string_view events) {
  if (done_) return;
  const std::size_t bytes = final_state.size() + events.size() + subject_.evidence().state_initial.size();
  if (budget_.mutants == 0 || budget_.bytes < bytes) {
    done_ = true;
    return;
  }
  --budget_.mutants;
  budget_.bytes -= bytes;
  done_ = visit_({std::move(words), final_state, events});
}

void Mutator::state(std::string words, const Json& final_state) {
  if (!done_) both(std::move(words), json::dump(final_state), subject_.evidence().events);
}

void Mutator::tape(std::string words, const std::vector<std::string>& row_texts) {
  if (!done_) both(std::move(words), subject_.evidence().state_final, text::cat('[', text::join(row_texts, ","), ']'));
}

bool rests_on_calls(const eval::CriterionResult& result) {
  return !result.events.empty() || result.calls_inspected > 0;
}

}  // namespace pome::proof
