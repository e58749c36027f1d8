#include "core/criteria/quantified.h"

#include <algorithm>
#include <utility>

#include "core/base/pointer.h"
#include "core/base/text.h"
#include "core/criteria/words.h"

namespace pome::criteria {
namespace {

using Kind = Quantifier::Kind;

bool read_quantity(Words& words, Quantifier& out) {
  constexpr std::pair<std::string_view, Kind> kCounted[] = {
      {"At least ", Kind::at_least}, {"At most ", Kind::at_most}, {"Exactly ", Kind::exactly}};
  for (const auto& [word, kind] : kCounted) {
    if (!words.take(word, true)) continue;
    Args args;
    if (!words.take_slot(SlotKind::count, args) || !words.take(" ")) return false;
    out.kind = kind;
    out.count = args.count;
    return kind != Kind::at_least || args.count > 0;  // "at least 0" says nothing
  }
  if (words.take("Every ", true)) return true;
  if (words.take("No ", true)) {
    out.kind = Kind::none;
    return true;
  }
  if (!words.take("Some ", true)) return false;
  out.kind = Kind::at_least;
  out.count = 1;
  return true;
}

bool read_numbers(Words& words, std::vector<std::int64_t>& out) {
  do {
    Args args;
    if (!words.take("#") || !words.take_slot(SlotKind::issue, args)) return false;
    if (std::find(out.begin(), out.end(), args.number) == out.end()) out.push_back(args.number);
  } while (words.take(", and ") || words.take(" and ") || words.take(", "));
  return true;
}

/// "open issues with the `bug` label": what the clause is about.
bool read_things(Words& words, Quantifier& out, std::string& repo) {
  if (words.take("open ")) out.state = "open";
  if (out.state.empty() && words.take("closed ")) out.state = "closed";
  out.pulls = words.take("pull request");
  if (!out.pulls && !words.take("issue")) return false;
  words.take("s");
  Args args;
  for (bool more = true; more;) {
    more = false;
    if (out.label.empty() && (words.take(" with the ") || words.take(" labelled ") || words.take(" labeled "))) {
      if (!words.take_slot(SlotKind::label, args)) return false;
      words.take(" label");
      out.label = args.label;
      more = true;
    } else if (out.author.empty() && words.take(" opened by ")) {
      if (!words.take_slot(SlotKind::login, args)) return false;
      out.author = args.login;
      more = true;
    } else if (out.assignee.empty() && (words.take(" assigned to ") || words.take(" that is assigned to "))) {
      if (!words.take_slot(SlotKind::login, args)) return false;
      out.assignee = args.login;
      more = true;
    } else if (repo.empty() && (words.take(" in ") || words.take(" on "))) {
      if (!words.take_slot(SlotKind::repo, args)) return false;
      repo = args.repo;
      more = true;
    } else if (out.except.empty() && words.take(" except ")) {
      if (!read_numbers(words, out.except)) return false;
      more = true;
    }
  }
  return words.take(" ");
}

/// The verb of a plural subject as the phrases have it.
std::string singular(std::string_view predicate) {
  constexpr std::pair<std::string_view, std::string_view> kVerbs[] = {
      {"have ", "has "}, {"are ", "is "}, {"do not ", "does not "}, {"were ", "was "}};
  for (const auto& [plural, one] : kVerbs) {
    if (predicate.starts_with(plural)) return text::cat(one, predicate.substr(plural.size()));
  }
  return std::string(predicate);
}

bool has_author(const Json& thing, std::string_view login) {
  return text::equals_ignore_case(json::string_at(thing, "user_login").value_or(""), login);
}

bool is_meant(const Quantifier& quantifier, const Json& thing, std::int64_t number) {
  const auto contains = [number](const std::vector<std::int64_t>& list) {
    return std::find(list.begin(), list.end(), number) != list.end();
  };
  if (contains(quantifier.except) || (!quantifier.only.empty() && !contains(quantifier.only))) return false;
  if (!quantifier.state.empty() && json::string_at(thing, "state").value_or("") != quantifier.state) return false;
  if (!quantifier.author.empty() && !has_author(thing, quantifier.author)) return false;
  if (!quantifier.label.empty() && !index_of(json::at(thing, "labels"), "name", quantifier.label)) return false;
  return quantifier.assignee.empty() || index_of(json::at(thing, "assignees"), "login", quantifier.assignee);
}

/// What was found about the things meant.
struct Tally {
  std::vector<std::string> holds;  ///< "#1"
  std::vector<std::string> fails;
  std::vector<std::string> holds_at;  ///< their places
  std::vector<std::string> fails_at;
};

bool satisfied(const Quantifier& quantifier, const Tally& tally) {
  const auto count = static_cast<std::int64_t>(tally.holds.size());
  switch (quantifier.kind) {
    case Kind::every:
      return tally.fails.empty() && count > 0 &&
             (quantifier.only.empty() || tally.holds.size() == quantifier.only.size());
    case Kind::none:
      return count == 0;
    case Kind::at_least:
      return count >= quantifier.count;
    case Kind::at_most:
      return count <= quantifier.count;
    case Kind::exactly:
      return count == quantifier.count;
  }
  return false;
}

/// "open issue with the `bug` label except #3"
std::string things_of(const Quantifier& quantifier, bool several = false) {
  std::string out = quantifier.state;
  text::append(out, out.empty() ? "" : " ", quantifier.pulls ? "pull request" : "issue", several ? "s" : "");
  if (!quantifier.label.empty()) text::append(out, " with the `", quantifier.label, "` label");
  if (!quantifier.author.empty()) text::append(out, " opened by `", quantifier.author, '`');
  if (!quantifier.assignee.empty()) text::append(out, " assigned to `", quantifier.assignee, '`');
  const auto numbers = [&out](std::string_view word, const std::vector<std::int64_t>& list) {
    for (std::size_t i = 0; i < list.size(); ++i) text::append(out, i == 0 ? word : ", ", "#", list[i]);
  };
  numbers(" among ", quantifier.only);
  numbers(" except ", quantifier.except);
  return out;
}

Evidence evidence_of(const Quantifier& quantifier, const Tally& tally, const std::string& list) {
  constexpr std::size_t kShown = 10;
  const std::vector<std::string>& places =
      quantifier.kind == Kind::every && !tally.fails_at.empty() ? tally.fails_at : tally.holds_at;
  Evidence evidence = Evidence::state(places.empty() ? list : places.front());
  for (std::size_t i = 1; i < places.size() && i < kShown; ++i) evidence.add_state(places[i]);
  return evidence;
}

}  // namespace

bool begins_with_quantity(std::string_view text) {
  Words words(text::trim(text));
  Quantifier ignored;
  return words.take("Each of ", true) || read_quantity(words, ignored);
}

std::string QuantifiedHead::said_of_one(std::string_view predicate) const {
  return text::cat(quantifier.pulls ? "Pull request #1" : "Issue #1", repo.empty() ? "" : " in `", repo,
                   repo.empty() ? " " : "` ", singular(predicate));
}

std::optional<QuantifiedHead> read_quantified_head(std::string_view text) {
  QuantifiedHead head;
  Words words(text);
  const bool each_issue = words.take("Each of issues ", true);
  if (each_issue || words.take("Each of pull requests ", true)) {
    head.quantifier.pulls = !each_issue;
    if (!read_numbers(words, head.quantifier.only)) return std::nullopt;
    Args args;
    if (words.take(" in ") || words.take(" on ")) {
      if (!words.take_slot(SlotKind::repo, args)) return std::nullopt;
      head.repo = args.repo;
    }
    if (!words.take(" ")) return std::nullopt;
  } else if (!read_quantity(words, head.quantifier) || !read_things(words, head.quantifier, head.repo)) {
    return std::nullopt;
  }
  head.length = text.size() - words.rest().size();
  return head;
}

std::optional<Clause> bind_quantified(std::string_view text) {
  text = text::trim(text);
  auto head = read_quantified_head(text);
  if (!head) return std::nullopt;
  auto binding = bind_clause(head->said_of_one(text.substr(head->length)));
  if (!binding || !binding->phrase->has(head->quantifier.pulls ? SlotKind::pr : SlotKind::issue)) return std::nullopt;
  binding->args.number = 0;
  return Clause{std::move(*binding), std::move(head->quantifier)};
}

Verdict evaluate_quantified(const Clause& clause, const World& world) {
  const Quantifier& quantifier = *clause.quantifier;
  const Located repo = find_repo(*world.final_state, clause.binding.args.repo);
  if (!repo) return repo.miss();
  const Located list = repo.list(quantifier.pulls ? "pull_requests" : "issues");
  if (!list) return list.miss();
  Tally tally;
  std::string wanted;
  for (std::size_t i = 0; i < (*list).size(); ++i) {
    const std::int64_t number = json::integer_at((*list)[i], "number").value_or(0);
    if (!is_meant(quantifier, (*list)[i], number)) continue;
    Args args = clause.binding.args;
    args.number = number;
    Verdict verdict = clause.binding.row->evaluate(args, world);
    if (verdict.outcome() == Verdict::Outcome::skipped) return verdict;
    if (args.denied) verdict = std::move(verdict).denied();
    const bool holds = verdict.outcome() == Verdict::Outcome::passed;
    (holds ? tally.holds : tally.fails).push_back(text::cat('#', number));
    (holds ? tally.holds_at : tally.fails_at).push_back(pointer::child(list.at(), i));
  }
  if (tally.holds.empty() && tally.fails.empty() && clause.polarity() == Polarity::must) {
    return Verdict::absent(text::cat("there is no ", things_of(quantifier), " in ", clause.binding.args.repo),
                           Evidence::state(list.at()));
  }
  return Verdict::grade(satisfied(quantifier, tally),
                        text::cat(describe(quantifier), ": ", clause_words(clause.binding)),
                        text::cat("true of ", listing(tally.holds), ", not true of ", listing(tally.fails)),
                        evidence_of(quantifier, tally, list.at()));
}

std::string describe(const Quantifier& quantifier) {
  const std::string count = text::cat(quantifier.count);
  const std::string_view quantity = quantifier.kind == Kind::every      ? "every"
                                    : quantifier.kind == Kind::none     ? "no"
                                    : quantifier.kind == Kind::at_least ? "at least "
                                    : quantifier.kind == Kind::at_most  ? "at most "
                                                                        : "exactly ";
  return text::cat(quantity, quantity.ends_with(' ') ? count : std::string(), ' ',
                   things_of(quantifier, quantity.ends_with(' ') && quantifier.count != 1));
}

}  // namespace pome::criteria
