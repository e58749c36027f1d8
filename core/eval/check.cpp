#include <algorithm>
#include <utility>

#include "core/base/json.h"
#include "core/base/sort.h"
#include "core/base/text.h"
#include "core/eval/binding.h"
#include "core/eval/evaluate.h"

namespace pome::eval {
namespace {

std::string service_name(std::string_view twin) {
  std::string name(twin);
  if (!name.empty()) name.front() = text::to_upper(name.substr(0, 1)).front();
  return name;
}

Diagnostic at(const scenario::Criterion& criterion, std::string_view code, std::string message) {
  Diagnostic diagnostic;
  diagnostic.line = criterion.line;
  diagnostic.column = criterion.column;
  diagnostic.code = std::string(code);
  diagnostic.message = std::move(message);
  return diagnostic;
}

Diagnostic unbound_diagnostic(const scenario::Criterion& criterion, const Unbound& unbound) {
  Diagnostic diagnostic = at(criterion, unbound.code, unbound.message);
  if (unbound.code != "criterion-unbound") {
    diagnostic.hint = "Remove the line, or mark it [P] to keep it as a note.";
    return diagnostic;
  }
  const criteria::NearMiss miss = criteria::near_miss(criterion.text);
  if (!miss.problem.empty()) diagnostic.message = text::cat(miss.problem, ", so this line cannot be graded");
  diagnostic.hint = miss.suggestion.empty()
                        ? std::string("Use a sentence of the vocabulary, or mark the line [P] to keep it as a note.")
                        : text::cat("Did you mean: ", miss.suggestion);
  return diagnostic;
}

/// Repositories a run of the scenario starts with; nothing when the seed cannot be read here.
std::optional<std::vector<std::string>> seeded_repos(const scenario::Seed& seed) {
  if (seed.json.empty()) return std::vector<std::string>{"acme/api"};
  const Result<Json> document = json::parse(seed.json);
  if (!document) return std::nullopt;
  const Json& enveloped = json::at(*document, "github");
  const Json& state = enveloped.is_object() ? enveloped : *document;
  if (!json::at(state, "repositories").is_array()) return std::nullopt;
  return criteria::repo_names(state);
}

Diagnostic ambiguous_repo(const scenario::Criterion& criterion, const criteria::Sentence& sentence,
                          const std::vector<std::string>& repos) {
  Diagnostic diagnostic = at(
      criterion, "criterion-ambiguous-repo",
      text::cat("the sentence names no repository, and the seed has ", repos.size(), ": ", criteria::listing(repos)));
  const criteria::Clause& clause = sentence.clauses.front();
  criteria::Args args = clause.binding.args;
  if (!repos.empty()) args.repo = repos.front();
  const bool plain = sentence.clauses.size() == 1 && !sentence.denied && !clause.quantifier;
  diagnostic.hint = plain ? text::cat("Name one: ", criteria::render(*clause.binding.phrase, args))
                          : text::cat("Name one: \"... in `", args.repo, "` ...\".");
  return diagnostic;
}

ExplainedCriterion explained(const scenario::Criterion& criterion, criteria::Sentence sentence,
                             const std::optional<std::vector<std::string>>& repos) {
  if (repos && repos->size() == 1) sentence.set_repo(repos->front());
  return {&criterion, sentence.check(),
          text::cat(criteria::explain(sentence), " It ", criteria::polarity_words(sentence.polarity()), " and reads ",
                    criteria::reads_words(sentence), '.')};
}

}  // namespace

std::variant<criteria::Sentence, Unbound> bind_criterion(const scenario::Criterion& criterion) {
  const auto other = [](std::string_view service) {
    return Unbound{"criterion-other-service",
                   text::cat("this line is about ", service, ", and Pome has no ", service, " twin yet")};
  };
  if (criterion.twin && *criterion.twin != "github") return other(service_name(*criterion.twin));
  if (auto sentence = criteria::bind_sentence(criterion.text)) return std::move(*sentence);
  if (const std::string_view service = criteria::other_service(criterion.text); !service.empty()) return other(service);
  return Unbound{"criterion-unbound", "no sentence of the vocabulary reads like this, so this line cannot be graded"};
}

Diagnostics check_criteria(const scenario::Scenario& scenario) {
  Diagnostics diagnostics;
  for (const std::string& twin : scenario.config.twins) {
    if (twin == "github") continue;
    Diagnostic diagnostic;
    diagnostic.code = "twin-unknown";
    diagnostic.message = text::cat("there is no twin \"", twin, "\"");
    diagnostic.hint = "Twins: github.";
    diagnostics.push_back(std::move(diagnostic));
  }
  const auto repos = seeded_repos(scenario.seed);
  for (const scenario::Criterion& criterion : scenario.criteria) {
    if (criterion.kind == scenario::CriterionKind::judged) continue;
    const auto bound = bind_criterion(criterion);
    if (const Unbound* unbound = std::get_if<Unbound>(&bound)) {
      diagnostics.push_back(unbound_diagnostic(criterion, *unbound));
    } else if (const auto& sentence = *std::get_if<criteria::Sentence>(&bound);
               sentence.needs_repo() && repos && repos->size() != 1) {
      diagnostics.push_back(ambiguous_repo(criterion, sentence, *repos));
    }
  }
  return diagnostics;
}

std::vector<ExplainedCriterion> explain_criteria(const scenario::Scenario& scenario) {
  std::vector<ExplainedCriterion> out;
  const auto repos = seeded_repos(scenario.seed);
  for (const scenario::Criterion& criterion : scenario.criteria) {
    if (criterion.kind == scenario::CriterionKind::judged) {
      out.push_back({&criterion, {}, "A judge grades this line; without one it is not graded."});
      continue;
    }
    auto bound = bind_criterion(criterion);
    if (const Unbound* unbound = std::get_if<Unbound>(&bound)) {
      const Diagnostic problem = unbound_diagnostic(criterion, *unbound);
      out.push_back({&criterion, {}, text::cat("Not graded: ", problem.message, ". ", problem.hint)});
    } else {
      out.push_back(explained(criterion, std::move(*std::get_if<criteria::Sentence>(&bound)), repos));
    }
  }
  return out;
}

std::vector<std::string> criterion_literals(const scenario::Scenario& scenario) {
  std::vector<std::string> literals;
  for (const scenario::Criterion& criterion : scenario.criteria) {
    const auto bound = bind_criterion(criterion);
    const auto* sentence = std::get_if<criteria::Sentence>(&bound);
    if (sentence == nullptr) continue;
    for (const criteria::Clause& clause : sentence->clauses) {
      for (std::string& literal : criteria::literals_of(clause.binding.args)) literals.push_back(std::move(literal));
    }
  }
  sort_stably(literals);
  literals.erase(std::unique(literals.begin(), literals.end()), literals.end());
  return literals;
}

}  // namespace pome::eval
