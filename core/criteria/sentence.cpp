#include "core/criteria/sentence.h"

#include <algorithm>

#include "core/base/text.h"
#include "core/criteria/quantified.h"

namespace pome::criteria {
namespace {

constexpr std::string_view kDenial = "It is not true that ";
constexpr std::size_t kMaxClauses = 8;

/// Where each " and " / " or " outside quotes begins and ends.
struct Joint {
  std::size_t begin = 0;
  std::size_t end = 0;
  Sentence::Join join = Sentence::Join::all;
};

std::vector<Joint> joints_of(std::string_view sentence) {
  constexpr std::string_view kClosers[] = {"`", "\"", "\xE2\x80\x9D"};
  constexpr std::string_view kOpeners[] = {"`", "\"", "\xE2\x80\x9C"};
  std::vector<Joint> joints;
  for (std::size_t i = 0; i < sentence.size(); ++i) {
    const std::string_view rest = sentence.substr(i);
    for (std::size_t quote = 0; quote < std::size(kOpeners); ++quote) {
      if (!rest.starts_with(kOpeners[quote])) continue;
      const std::size_t close = sentence.find(kClosers[quote], i + kOpeners[quote].size());
      if (close == std::string_view::npos) return joints;
      i = close;
      break;
    }
    for (const auto& [word, join] : {std::pair<std::string_view, Sentence::Join>{", and ", Sentence::Join::all},
                                     {" and ", Sentence::Join::all},
                                     {", or ", Sentence::Join::any},
                                     {" or ", Sentence::Join::any}}) {
      if (!rest.starts_with(word)) continue;
      joints.push_back({i, i + word.size(), join});
      i += word.size() - 2;  // the space behind the word may begin the next quote
      break;
    }
  }
  return joints;
}

/// "Issue #1 in `acme/api` ": what a later clause without a subject goes on about.
std::string_view subject_of(std::string_view sentence) {
  static constexpr Phrase kSubjects[] = {"Issue #{issue}[ (in|on) `{repo}`]", "Pull request #{pr}[ (in|on) `{repo}`]"};
  for (const Phrase& phrase : kSubjects) {
    if (const std::size_t length = prefix_length(phrase, sentence)) return sentence.substr(0, length);
  }
  return {};
}

std::optional<Clause> bind_one(std::string_view text) {
  if (auto binding = bind_clause(text)) return Clause{std::move(*binding), std::nullopt};
  return bind_quantified(text);
}

/// Takes sentences apart at their joints, from the right, so that lists of names stay whole.
class Parser {
 public:
  explicit Parser(std::string_view sentence)
      : sentence_(sentence), subject_(subject_of(sentence)), joints_(joints_of(sentence)) {}

  std::optional<Sentence> run() {
    Sentence out;
    if (!parse(sentence_.size(), joints_.size(), out)) return std::nullopt;
    return out;
  }

 private:
  /// Binds [0, end), whose joints are the first `joints` ones.
  bool parse(std::size_t end, std::size_t joints, Sentence& out) {
    if (out.clauses.size() >= kMaxClauses) return false;
    if (auto clause = bind_one(sentence_.substr(0, end))) {
      out.clauses.insert(out.clauses.begin(), std::move(*clause));
      return true;
    }
    for (std::size_t i = joints; i-- > 0;) {
      const Joint& joint = joints_[i];
      if (!out.clauses.empty() && joint.join != out.join) continue;
      auto right = bind_part(sentence_.substr(joint.end, end - joint.end));
      if (!right) continue;
      Sentence longer = out;
      longer.join = joint.join;
      longer.clauses.insert(longer.clauses.begin(), std::move(*right));
      if (!parse(joint.begin, i, longer)) continue;
      out = std::move(longer);
      return true;
    }
    return false;
  }

  std::optional<Clause> bind_part(std::string_view part) const {
    if (auto clause = bind_one(part)) return clause;
    if (subject_.empty()) return std::nullopt;
    return bind_one(text::cat(subject_, ' ', part));
  }

  std::string_view sentence_;
  std::string_view subject_;
  std::vector<Joint> joints_;
};

Verdict evaluate_clause(const Clause& clause, const World& world) {
  if (clause.quantifier) return evaluate_quantified(clause, world);
  Verdict verdict = clause.binding.row->evaluate(clause.binding.args, world);
  return clause.binding.args.denied ? std::move(verdict).denied() : verdict;
}

/// The verdict of several: those that decide give its words and its evidence.
Verdict join(const std::vector<Verdict>& verdicts, Sentence::Join how) {
  using Outcome = Verdict::Outcome;
  const Outcome decisive = how == Sentence::Join::all ? Outcome::failed : Outcome::passed;
  const auto decides = [&](const Verdict& verdict) { return verdict.outcome() == decisive; };
  const bool decided = std::any_of(verdicts.begin(), verdicts.end(), decides);
  if (!decided) {
    for (const Verdict& verdict : verdicts) {
      if (verdict.outcome() == Outcome::skipped) return verdict;
    }
  }
  std::string expected;
  std::string found;
  std::optional<Evidence> evidence;
  for (const Verdict& verdict : verdicts) {
    if (!verdict.expected().empty()) {
      text::append(expected, expected.empty() ? "" : how == Sentence::Join::all ? " and " : " or ", verdict.expected());
    }
    if (decided && !decides(verdict)) continue;
    text::append(found, found.empty() ? "" : "; ", verdict.found());
    if (evidence) evidence->add(verdict.evidence());
    if (!evidence) evidence = verdict.evidence();
  }
  const bool holds = decided == (how == Sentence::Join::any);
  return Verdict::grade(holds, std::move(expected), std::move(found), std::move(*evidence));
}

/// The agent's own successful calls of a tool, as changes it may make: "issues/1/comments" of a path.
void license_calls(const Clause& clause, const Tape& tape, std::vector<Licence>& out) {
  for (const Call& call : tape.calls) {
    if (!is_call_of(call, clause.binding.args.tool)) continue;
    const auto parts = text::split(resource_of(call), '/');  // "", "repos", owner, name, list, number, member
    if (parts.size() < 6 || parts[1] != "repos") continue;
    Args args;
    args.repo = text::cat(parts[2], '/', parts[3]);
    args.number = text::to_integer(parts[5]).value_or(0);
    if (args.number == 0 || (parts[4] != "issues" && parts[4] != "pulls")) continue;
    Touch touch = {"numbered", Touch::Key::number};
    for (const std::string_view member : {std::string_view("comments"), std::string_view("labels"),
                                          std::string_view("assignees|assignee_login"), std::string_view("reviews")}) {
      if (parts.size() > 6 && member.starts_with(parts[6])) touch.members = member;
    }
    out.push_back({touch, std::move(args)});
  }
}

}  // namespace

Polarity Clause::polarity() const {
  const Polarity one = binding.row->polarity_of(binding.args);
  if (!quantifier) return one;
  const bool restrains = quantifier->kind == Quantifier::Kind::none || quantifier->kind == Quantifier::Kind::at_most;
  if (!restrains) return one;
  return one == Polarity::must ? Polarity::must_not : Polarity::must;
}

Polarity Sentence::polarity() const {
  const bool asks = std::any_of(clauses.begin(), clauses.end(),
                                [](const Clause& clause) { return clause.polarity() == Polarity::must; });
  return asks != denied ? Polarity::must : Polarity::must_not;
}

std::string Sentence::check() const {
  std::string out;
  for (const Clause& clause : clauses) {
    text::append(out, out.empty() ? "" : join == Join::all ? " and " : " or ", clause.binding.row->id);
  }
  return out;
}

bool Sentence::reads(Reads what) const {
  return std::any_of(clauses.begin(), clauses.end(),
                     [&](const Clause& clause) { return clause.binding.row->reads == what; });
}

bool Sentence::needs_repo() const {
  return std::any_of(clauses.begin(), clauses.end(), [](const Clause& clause) { return clause.binding.needs_repo(); });
}

void Sentence::set_repo(const std::string& repo) {
  for (Clause& clause : clauses) {
    if (clause.binding.needs_repo()) clause.binding.args.repo = repo;
  }
}

std::optional<Sentence> bind_sentence(std::string_view sentence) {
  sentence = text::trim(sentence);
  if (sentence.size() > kMaxSentence) return std::nullopt;
  const bool denied = text::starts_with_ignore_case(sentence, kDenial);
  std::string inner(denied ? sentence.substr(kDenial.size()) : sentence);
  if (denied && !inner.empty()) inner.front() = text::to_upper(inner.substr(0, 1)).front();
  auto out = Parser(inner).run();
  if (out) out->denied = denied;
  return out;
}

Verdict evaluate(const Sentence& sentence, const World& world) {
  std::vector<Verdict> verdicts;
  for (const Clause& clause : sentence.clauses) verdicts.push_back(evaluate_clause(clause, world));
  Verdict verdict = verdicts.size() == 1 ? std::move(verdicts.front()) : join(verdicts, sentence.join);
  return sentence.denied ? std::move(verdict).denied() : verdict;
}

std::string explain(const Sentence& sentence) {
  std::string out = sentence.denied ? "It must not hold that: " : "";
  for (std::size_t i = 0; i < sentence.clauses.size(); ++i) {
    const Clause& clause = sentence.clauses[i];
    if (i > 0) out.append(sentence.join == Sentence::Join::all ? " And: " : " Or: ");
    if (clause.quantifier) text::append(out, describe(*clause.quantifier), " ");
    if (clause.binding.args.denied) out.append("It is not so that: ");
    out.append(clause.binding.row->description);
    out.append(describe_values(clause.binding));
  }
  return out;
}

std::vector<Licence> licences_of(const Sentence& sentence, const Tape* tape) {
  std::vector<Licence> out;
  if (sentence.denied) return out;
  for (const Clause& clause : sentence.clauses) {
    if (clause.polarity() == Polarity::must_not) continue;
    for (Touch touch : clause.binding.row->touches) {
      if (clause.quantifier && touch.key == Touch::Key::number) touch.key = Touch::Key::any;
      out.push_back({touch, clause.binding.args});
    }
    if (clause.binding.row->follows_calls && tape != nullptr) license_calls(clause, *tape, out);
  }
  return out;
}

}  // namespace pome::criteria
