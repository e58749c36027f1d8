#include "core/criteria/criterion.h"
#include "core/criteria/things.h"

/// Criteria about the labels of issues and pull requests.
namespace pome::criteria {
namespace {

/// `wanted(overlap)` decides, from the labels that are there and those the sentence names.
template <class Wanted>
Verdict grade_labels(const Args& args, const World& world, std::string_view quantity, Wanted wanted) {
  const Located labels = list_of(world, args, "labels");
  if (!labels) return labels.miss();
  const std::vector<std::string> found = names_in(*labels, "name");
  return Verdict::grade(wanted(overlap(found, args.names)),
                        text::cat(quantity, listing(args.names), " on ", thing_label(args)), listing(found),
                        Evidence::state(labels.at()));
}

Verdict labels_exactly(const Args& args, const World& world) {
  return grade_labels(args, world, "exactly the labels ", [](const Overlap& labels) { return labels.same(); });
}

Verdict labels_all(const Args& args, const World& world) {
  return grade_labels(args, world, "all of the labels ", [](const Overlap& labels) { return labels.missing == 0; });
}

Verdict labels_any(const Args& args, const World& world) {
  return grade_labels(args, world, "any of the labels ", [](const Overlap& labels) { return labels.present > 0; });
}

Verdict pull_label_is(const Args& args, const World& world) {
  const Located labels = list_of(world, args, "labels");
  if (!labels) return labels.miss();
  const auto index = index_of(*labels, "name", args.label);
  return Verdict::grade(index.has_value(), text::cat("label `", args.label, "` on ", thing_label(args)),
                        listing(*labels, "name"),
                        Evidence::state(index ? pointer::child(labels.at(), *index) : labels.at()));
}

Verdict is_labelled(const Args& args, const World& world) {
  const Located labels = list_of(world, args, "labels");
  if (!labels) return labels.miss();
  return Verdict::grade(!(*labels).empty(), text::cat("a label on ", thing_label(args)), listing(*labels, "name"),
                        Evidence::state(labels.at()));
}

Verdict label_count(const Args& args, const World& world) {
  return grade_count_of(args, list_of(world, args, "labels"), "label", text::cat("on ", thing_label(args)),
                        [](const Json&) { return true; });
}

constexpr Phrase kPullLabel[] = {
    "Pull request #{pr}[ (in|on) `{repo}`] {has/does not have} the `{label}` label[ applied]",
    "Pull request #{pr}[ (in|on) `{repo}`] still has the `{label}` label[ applied]",
    "Pull request #{pr}[ (in|on) `{repo}`] {has/does not have} label `{label}`[ applied]",
    "The `{label}` label {was/was not} applied to pull request #{pr}[ (in|on) `{repo}`]",
    "The `{label}` label {is/is not} applied to pull request #{pr}[ (in|on) `{repo}`]"};
constexpr Phrase kExactly[] = {
    "Issue #{issue}[ (in|on) `{repo}`] {has/does not have} exactly the (labels|label) {names}",
    "Pull request #{pr}[ (in|on) `{repo}`] {has/does not have} exactly the (labels|label) {names}"};
constexpr Phrase kAll[] = {
    "Issue #{issue}[ (in|on) `{repo}`] {has/does not have} all of the labels {names}",
    "Issue #{issue}[ (in|on) `{repo}`] has (the labels|labels|both labels|all labels) {names}",
    "Pull request #{pr}[ (in|on) `{repo}`] {has/does not have} all of the labels {names}",
    "Pull request #{pr}[ (in|on) `{repo}`] has (the labels|labels|both labels|all labels) {names}"};
constexpr Phrase kAny[] = {"Issue #{issue}[ (in|on) `{repo}`] {has any/has none} of the labels {names}",
                           "Issue #{issue}[ (in|on) `{repo}`] {has one/does not have any} of the labels {names}",
                           "Issue #{issue}[ (in|on) `{repo}`] has at least one of the labels {names}",
                           "Pull request #{pr}[ (in|on) `{repo}`] {has any/has none} of the labels {names}",
                           "Pull request #{pr}[ (in|on) `{repo}`] {has one/does not have any} of the labels {names}",
                           "Pull request #{pr}[ (in|on) `{repo}`] has at least one of the labels {names}"};
constexpr Phrase kLabelled[] = {"Issue #{issue}[ (in|on) `{repo}`] {has a label/has no labels}",
                                "Issue #{issue}[ (in|on) `{repo}`] {has labels/has no label}",
                                "Issue #{issue}[ (in|on) `{repo}`] {has any label/does not have any label}",
                                "Pull request #{pr}[ (in|on) `{repo}`] {has a label/has no labels}",
                                "Pull request #{pr}[ (in|on) `{repo}`] {has labels/has no label}",
                                "Pull request #{pr}[ (in|on) `{repo}`] {has any label/does not have any label}"};
constexpr Phrase kCount[] = {
    "Issue #{issue}[ (in|on) `{repo}`] has {exactly|at least|at most} {count} (labels|label)",
    "Pull request #{pr}[ (in|on) `{repo}`] has {exactly|at least|at most} {count} (labels|label)"};
constexpr Touch kTouch[] = {{"numbered", Touch::Key::number, "labels"}};

constexpr Row kRows[] = {
    {.id = "github.pr-label",
     .phrases = kPullLabel,
     .evaluate = pull_label_is,
     .description = "The pull request carries the label at the end.",
     .example = "Pull request #1 in `acme/api` has the `bug` label",
     .touches = kTouch},
    {.id = "github.labels-exactly",
     .phrases = kExactly,
     .evaluate = labels_exactly,
     .description = "The issue or pull request carries these labels and no other ones at the end.",
     .example = "Issue #1 in `acme/api` has exactly the labels `bug` and `p1`",
     .touches = kTouch},
    {.id = "github.labels-all",
     .phrases = kAll,
     .evaluate = labels_all,
     .description = "The issue or pull request carries every one of these labels at the end, maybe others too.",
     .example = "Issue #1 in `acme/api` has all of the labels `bug` and `p1`",
     .touches = kTouch},
    {.id = "github.labels-any",
     .phrases = kAny,
     .evaluate = labels_any,
     .description = "The issue or pull request carries at least one of these labels at the end.",
     .example = "Issue #1 in `acme/api` has any of the labels `bug` and `p1`",
     .touches = kTouch},
    {.id = "github.labelled",
     .phrases = kLabelled,
     .evaluate = is_labelled,
     .description = "The issue or pull request carries a label at the end, whichever.",
     .example = "Issue #1 in `acme/api` has a label",
     .touches = kTouch},
    {.id = "github.label-count",
     .phrases = kCount,
     .evaluate = label_count,
     .description = "So many labels are on the issue or pull request at the end.",
     .example = "Issue #1 in `acme/api` has at least 2 labels",
     .stays = "at most",
     .touches = kTouch},
};
static_assert(well_formed(kRows));

}  // namespace

std::span<const Row> labelling_rows() { return kRows; }

}  // namespace pome::criteria
