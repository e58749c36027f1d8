#include "core/twin/github/model/pull_landing.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "core/base/text.h"
#include "core/git/graph.h"

namespace pome::twin::github::model {
namespace {

struct Message {
  std::string title;
  std::string text;
};

/// A commit's message as title and body.
Message message_of(const World& world, const git::ObjectId& id) {
  const git::Commit* commit = world.objects.commit(id);
  const std::string_view whole = commit ? text::trim(commit->message) : std::string_view();
  const std::size_t end = std::min(whole.find('\n'), whole.size());
  return {std::string(whole.substr(0, end)), std::string(text::trim(whole.substr(end)))};
}

std::string joined(const Message& message) {
  if (message.text.empty()) return message.title;
  return text::cat(message.title, "\n\n", message.text);
}

/// "Title (#7)".
std::string numbered(std::string_view title, const PullRequest& pull) {
  return text::cat(title, " (#", pull.number, ")");
}

/// What the repository wants: by default "Merge pull request #7 from owner/branch" over the pull request's title.
Message merge_message(const World& world, const CommitWording& wording, const PullRequest& pull, const Issue& issue) {
  Message out;
  if (wording.merge_title == MergeTitle::pr_title) {
    out.title = numbered(issue.title, pull);
  } else {
    const Repository* head = world.repositories_by_id.find(pull.head.repo);
    const std::string_view owner = head ? std::string_view(head->owner) : "unknown";
    out.title = text::cat("Merge pull request #", pull.number, " from ", owner, "/", pull.head.ref);
  }
  if (wording.merge_message == MergeMessage::pr_title) out.text = issue.title;
  if (wording.merge_message == MergeMessage::pr_body) out.text = issue.body.value_or("");
  return out;
}

/// One "Co-authored-by" line for each author of the commits besides the one the squashed commit gets.
std::string co_authors(const World& world, const std::vector<git::ObjectId>& commits, const git::Signature& author) {
  std::vector<std::string> lines;
  for (const git::ObjectId& id : commits) {
    const git::Commit* commit = world.objects.commit(id);
    if (!commit || commit->author.email == author.email) continue;
    std::string line = text::cat("Co-authored-by: ", commit->author.name, " <", commit->author.email, ">");
    if (std::find(lines.begin(), lines.end(), line) == lines.end()) lines.push_back(std::move(line));
  }
  return text::join(lines, "\n");
}

/// The messages of the commits as a list. A single commit whose title is the landing's own leaves its text alone.
std::string squashed_messages(const World& world, const std::vector<git::ObjectId>& commits, bool title_taken) {
  if (title_taken) return message_of(world, commits.front()).text;
  std::string out;
  for (const git::ObjectId& id : commits) {
    text::append(out, out.empty() ? "* " : "\n\n* ", joined(message_of(world, id)));
  }
  return out;
}

/// What the repository wants: by default one commit keeps its message, and several become a list under the pull
/// request's title. Whoever else wrote commits is named below.
Message squash_message(const World& world, const CommitWording& wording, const PullRequest& pull, const Issue& issue,
                       const std::vector<git::ObjectId>& commits, const git::Signature& author) {
  const bool keeps_title = wording.squash_title == SquashTitle::commit_or_pr_title && commits.size() == 1;
  Message out;
  out.title = numbered(keeps_title ? message_of(world, commits.front()).title : issue.title, pull);
  if (wording.squash_message == SquashMessage::pr_body) out.text = issue.body.value_or("");
  if (wording.squash_message == SquashMessage::commit_messages) {
    out.text = squashed_messages(world, commits, keeps_title);
  }
  const std::string people = co_authors(world, commits, author);
  if (people.empty()) return out;
  if (!out.text.empty()) out.text += keeps_title ? "\n\n" : "\n\n---------\n\n";
  out.text += people;
  return out;
}

std::string final_message(Message usual, const MergeInput& input) {
  if (input.title && !text::trim(*input.title).empty()) usual.title = *input.title;
  if (input.message) usual.text = *input.message;
  return joined(usual);
}

}  // namespace

git::Landing land_pull(World& world, const PullRequest& pull, const git::ObjectId& target, const MergeInput& input,
                       std::string_view merger, Time now) {
  const IssuePtr issue = find_issue(world, pull.repo, pull.number);
  const Repository* repository = world.repositories_by_id.find(pull.repo);
  if (!issue || !repository) return {};
  const git::Signature committer = web_signature(now);
  if (input.method == MergeMethod::rebase) {
    return git::land_rebase(world.objects, target, pull.head.sha, signature_of(world, merger, now));
  }
  if (input.method == MergeMethod::merge) {
    const git::LandingPeople people{signature_of(world, merger, now), committer};
    return git::land_merge(world.objects, target, pull.head.sha, people,
                           final_message(merge_message(world, repository->wording, pull, *issue), input));
  }
  const git::LandingPeople people{signature_of(world, issue->author, now), committer};
  const std::vector<git::ObjectId> commits = git::commits_between(world.objects, target, pull.head.sha);
  Message usual = squash_message(world, repository->wording, pull, *issue, commits, people.author);
  return git::land_squash(world.objects, target, pull.head.sha, people, final_message(std::move(usual), input));
}

}  // namespace pome::twin::github::model
