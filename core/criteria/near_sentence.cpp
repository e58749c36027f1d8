#include <algorithm>

#include "core/base/text.h"
#include "core/criteria/joints.h"
#include "core/criteria/quantified.h"
#include "core/criteria/repair.h"

/// Near misses of whole sentences: the part that is broken is repaired, the others stay.
namespace pome::criteria {
namespace {

std::string with_first(std::string_view words, bool capital) {
  std::string out(words);
  if (!out.empty()) out.replace(0, 1, capital ? text::to_upper(out.substr(0, 1)) : text::to_lower(out.substr(0, 1)));
  return out;
}

/// The row of a suggestion that binds; a suggestion that does not is none.
NearMiss checked(NearMiss miss) {
  const auto bound = bind_sentence(miss.suggestion);
  if (bound) {
    miss.row = bound->clauses.front().binding.row;
  } else {
    miss.suggestion.clear();
    miss.row = nullptr;
  }
  return miss;
}

/// Does the text bind, alone or with the subject it leaves out?
bool part_binds(std::string_view text, std::string_view subject) {
  return bind_sentence(text) || (!subject.empty() && bind_sentence(text::cat(subject, ' ', text)));
}

/// A sentence in three: what binds in front, what is broken, what binds behind.
struct Broken {
  std::string_view before;
  std::string_view part;
  std::string_view after;
  std::string_view subject;  ///< that the part may leave out
};

/// Sentences with more joints are lists, and nobody's joined clauses.
constexpr std::size_t kMaxJoints = 2 * kMaxClauses;

/// Nothing when neither the beginning nor the end binds.
std::optional<Broken> find_broken(std::string_view sentence, const std::vector<Joint>& joints) {
  if (joints.size() > kMaxJoints) return std::nullopt;
  std::size_t first = joints.size();
  while (first > 0 && !bind_sentence(sentence.substr(0, joints[first - 1].begin))) --first;
  Broken out;
  const std::size_t begin = first == 0 ? 0 : joints[first - 1].end;
  std::size_t last = first;
  while (last < joints.size() &&
         !part_binds(sentence.substr(joints[last].end), subject_before(sentence, joints, last))) {
    ++last;
  }
  const std::size_t end = last == joints.size() ? sentence.size() : joints[last].begin;
  if (first == 0 && last == joints.size()) return std::nullopt;
  out.before = sentence.substr(0, begin);
  out.part = sentence.substr(begin, end - begin);
  out.after = sentence.substr(end);
  if (first > 0) out.subject = subject_before(sentence, joints, first - 1);
  return out;
}

/// One that is not joined.
NearMiss near_alone(std::string_view sentence);

/// Why clauses that bind each for itself do not bind together.
std::string joining_problem(const std::vector<Joint>& joints) {
  const bool mixed =
      std::any_of(joints.begin(), joints.end(), [&](const Joint& joint) { return joint.join != joints.front().join; });
  if (mixed) return "\"and\" and \"or\" do not mix in one sentence (write two lines)";
  return text::cat("a sentence joins at most ", kMaxClauses, " clauses (write two lines)");
}

std::optional<NearMiss> near_joined(std::string_view sentence) {
  const std::vector<Joint> joints = joints_of(sentence);
  const auto broken = find_broken(sentence, joints);
  if (!broken) return std::nullopt;
  if (part_binds(broken->part, broken->subject)) return NearMiss{joining_problem(joints), {}, nullptr};
  NearMiss first;
  for (const std::string_view subject : {std::string_view(), broken->subject}) {
    NearMiss miss = near_alone(subject.empty() ? std::string(broken->part) : text::cat(subject, ' ', broken->part));
    std::string_view words = miss.suggestion;
    if (!subject.empty() && words.starts_with(text::cat(subject, ' '))) words.remove_prefix(subject.size() + 1);
    if (!words.empty())
      miss.suggestion = text::cat(broken->before, with_first(words, broken->before.empty()), broken->after);
    miss = checked(std::move(miss));
    if (miss.problem.empty()) {
      miss.problem = text::cat("no sentence of the vocabulary reads like \"", broken->part, '"');
    }
    if (!miss.suggestion.empty()) return miss;
    if (first.problem.empty()) first = std::move(miss);
    if (broken->subject.empty()) break;
  }
  // The joint may be a phrase's own: "was deleted or edited today".
  NearMiss whole = sentence.size() > kMaxCompared ? NearMiss() : near_alone(sentence);
  const bool near = !whole.suggestion.empty() && text::edit_distance(sentence, whole.suggestion) <=
                                                     std::max<std::size_t>(3, broken->part.size() / 2);
  return near ? whole : first;
}

/// "Every open issue iss closed": the predicate is repaired as if it were said of one.
NearMiss near_quantified(std::string_view sentence, const QuantifiedHead& head) {
  const std::string one = head.said_of_one("");
  NearMiss miss = near_alone(text::cat(one, sentence.substr(head.length)));
  if (!miss.suggestion.starts_with(one)) return {std::move(miss.problem), {}, nullptr};
  miss.suggestion = text::cat(sentence.substr(0, head.length), std::string_view(miss.suggestion).substr(one.size()));
  return checked(std::move(miss));
}

NearMiss near_alone(std::string_view sentence) {
  if (sentence.size() > kMaxCompared) return {};
  if (auto whole = repaired(sentence)) return checked({{}, std::move(*whole), nullptr});
  NearMiss nearest = nearest_clause(spelt_out(sentence).front());
  const auto head = read_quantified_head(sentence);
  if (!head) return nearest;
  NearMiss of_many = near_quantified(sentence, *head);
  if (of_many.suggestion.empty()) return nearest;
  const bool nearer = nearest.suggestion.empty() || text::edit_distance(sentence, of_many.suggestion) <=
                                                        text::edit_distance(sentence, nearest.suggestion);
  return nearer ? of_many : nearest;
}

/// Both sides of a joint are broken, and both can be repaired. Rather that than a suggestion that drops one.
NearMiss near_both(std::string_view sentence) {
  constexpr std::size_t kMaxTried = 3;
  const std::vector<Joint> joints = joints_of(sentence);
  NearMiss best;
  if (joints.size() > kMaxTried) return best;
  for (std::size_t i = 0; i < joints.size(); ++i) {
    const std::string_view right = sentence.substr(joints[i].end);
    const bool names_its_own = text::contains(right, "#") || right.starts_with('`');
    const std::string_view subject = names_its_own ? std::string_view() : subject_before(sentence, joints, i);
    const NearMiss front = near_alone(sentence.substr(0, joints[i].begin));
    const NearMiss back = near_alone(subject.empty() ? std::string(right) : text::cat(subject, ' ', right));
    if (front.suggestion.empty() || back.suggestion.empty()) continue;
    std::string_view words = back.suggestion;
    const std::string_view again = subject_of(words);
    if (!again.empty() && again == subject_of(front.suggestion)) words.remove_prefix(again.size() + 1);
    const std::string_view joint = sentence.substr(joints[i].begin, joints[i].end - joints[i].begin);
    NearMiss both = checked({{}, text::cat(front.suggestion, joint, with_first(words, false)), nullptr});
    const bool nearer = best.suggestion.empty() ||
                        text::edit_distance(sentence, both.suggestion) < text::edit_distance(sentence, best.suggestion);
    if (!both.suggestion.empty() && nearer) best = std::move(both);
  }
  return best;
}

NearMiss near_affirmed(std::string_view sentence) {
  if (sentence.size() <= kMaxCompared) {
    if (auto whole = repaired(sentence)) return checked({{}, std::move(*whole), nullptr});
  }
  const std::string reading = spelt_out(sentence).front();
  if (auto joined = near_joined(reading)) return std::move(*joined);
  NearMiss alone = near_alone(sentence);
  if (!alone.problem.empty() || sentence.size() > kMaxCompared) return alone;
  NearMiss both = near_both(reading);
  const bool nearer = !both.suggestion.empty() &&
                      (alone.suggestion.empty() ||
                       text::edit_distance(reading, both.suggestion) < text::edit_distance(reading, alone.suggestion));
  return nearer ? both : alone;
}

}  // namespace

NearMiss near_miss(std::string_view sentence) {
  sentence = text::trim(sentence);
  if (sentence.size() > kMaxSentence) {
    return {text::cat("the sentence is longer than ", kMaxSentence, " bytes"), {}, nullptr};
  }
  if (!text::starts_with_ignore_case(sentence, kDenial)) return near_affirmed(sentence);
  NearMiss miss = near_affirmed(with_first(sentence.substr(kDenial.size()), true));
  if (!miss.suggestion.empty()) miss.suggestion = text::cat(kDenial, with_first(miss.suggestion, false));
  return checked(std::move(miss));
}

}  // namespace pome::criteria
