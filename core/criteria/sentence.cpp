#include "core/criteria/sentence.h"

#include <algorithm>

#include "core/base/text.h"
#include "core/criteria/joints.h"
#include "core/criteria/quantified.h"

namespace pome::criteria {
namespace {

/// Takes sentences apart at their joints, from the right, so that lists of names stay whole.
class Parser {
 public:
  explicit Parser(std::string_view sentence) : sentence_(sentence), joints_(joints_of(sentence)) {}

  std::optional<Sentence> run() {
    Parts parts;
    if (!parse(sentence_.size(), joints_.size(), parts) || !subjects_are_plain(parts)) return std::nullopt;
    Sentence out;
    out.join = parts.join;
    for (Part& part : parts.list) out.clauses.push_back(std::move(part.clause));
    return out;
  }

 private:
  struct Part {
    Clause clause;
    std::size_t begin = 0;
    std::string_view borrowed;  ///< the subject it leaves out
  };
  struct Parts {
    Sentence::Join join = Sentence::Join::all;
    std::vector<Part> list;
  };

  /// Binds [0, end), whose joints are the first `joints` ones.
  bool parse(std::size_t end, std::size_t joints, Parts& out) const {
    if (out.list.size() >= kMaxClauses) return false;
    if (auto clause = bind_one(sentence_.substr(0, end))) {
      out.list.insert(out.list.begin(), {std::move(*clause), 0, {}});
      return true;
    }
    for (std::size_t i = joints; i-- > 0;) {
      if (!out.list.empty() && joints_[i].join != out.join) continue;
      auto right = bind_part(i, end);
      if (!right) continue;
      Parts longer = out;
      longer.join = joints_[i].join;
      longer.list.insert(longer.list.begin(), std::move(*right));
      if (!parse(joints_[i].begin, i, longer)) continue;
      out = std::move(longer);
      return true;
    }
    return false;
  }

  /// The part from joint `index` to `end`, alone or with the subject it leaves out.
  std::optional<Part> bind_part(std::size_t index, std::size_t end) const {
    const std::size_t begin = joints_[index].end;
    const std::string_view text = sentence_.substr(begin, end - begin);
    if (auto clause = bind_one(text)) return Part{std::move(*clause), begin, {}};
    const std::string_view subject = subject_before(sentence_, joints_, index);
    if (subject.empty()) return std::nullopt;
    auto clause = bind_one(text::cat(subject, ' ', text));
    if (!clause) return std::nullopt;
    return Part{std::move(*clause), begin, subject};
  }

  /// A part without a subject goes on about the part before it, not about one further away.
  bool subjects_are_plain(const Parts& parts) const {
    std::string_view subject;
    for (const Part& part : parts.list) {
      if (part.borrowed.empty()) {
        subject = subject_of(sentence_.substr(part.begin));
      } else if (part.borrowed.data() != subject.data()) {
        return false;
      }
    }
    return true;
  }

  std::string_view sentence_;
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

/// What the clause's row touches. Said of several things, every one of them; of a number of things, nobody knows which.
void license_touches(const Clause& clause, std::vector<Licence>& out) {
  for (const Touch& touch : clause.binding.row->touches) {
    Licence licence{touch, clause.binding.args};
    if (clause.quantifier && touch.key == Touch::Key::number) {
      for (const std::int64_t number : clause.quantifier->only) {
        licence.args.number = number;
        out.push_back(licence);
      }
      if (!clause.quantifier->only.empty()) continue;
      licence.touch.key = Touch::Key::any;
      licence.vague = clause.quantifier->kind != Quantifier::Kind::every;
    }
    out.push_back(std::move(licence));
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
  const auto asks = [this](const Clause& clause) { return (clause.polarity() == Polarity::must) != denied; };
  const bool all = (join == Join::all) != denied;
  const bool positive =
      all ? std::any_of(clauses.begin(), clauses.end(), asks) : std::all_of(clauses.begin(), clauses.end(), asks);
  return positive ? Polarity::must : Polarity::must_not;
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
  for (const Clause& clause : sentence.clauses) {
    Verdict verdict = evaluate_clause(clause, world);
    verdicts.push_back(sentence.denied ? std::move(verdict).denied() : std::move(verdict));
  }
  if (verdicts.size() == 1) return std::move(verdicts.front());
  // "Not both" means "one of them not", so the denial stands before each.
  const bool all = (sentence.join == Sentence::Join::all) != sentence.denied;
  return join(verdicts, all ? Sentence::Join::all : Sentence::Join::any);
}

std::vector<Licence> licences_of(const Sentence& sentence, const Tape* tape) {
  std::vector<Licence> out;
  for (const Clause& clause : sentence.clauses) {
    if ((clause.polarity() == Polarity::must_not) != sentence.denied) continue;
    license_touches(clause, out);
    if (clause.binding.row->follows_calls && tape != nullptr) license_calls(clause, *tape, out);
  }
  return out;
}

}  // namespace pome::criteria
