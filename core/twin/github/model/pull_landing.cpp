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

/// "Merge pull request #7 from owner/branch" over the pull request's title.
Message merge_message(const World& world, const PullRequest& pull, const Issue& issue) {
  const Repository* head = world.repositories_by_id.find(pull.head.repo);
  return {text::cat("Merge pull request #", pull.number, " from ", head ? head->owner : "unknown", "/", pull.head.ref),
          issue.title};
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

/// One commit keeps its message; several become a list under the pull request's title.
Message squash_message(const World& world, const PullRequest& pull, const Issue& issue,
                       const std::vector<git::ObjectId>& commits, const git::Signature& author) {
  const bool single = commits.size() == 1;
  Message out = single ? message_of(world, commits.front()) : Message{issue.title, ""};
  out.title = text::cat(out.title, " (#", pull.number, ")");
  for (const git::ObjectId& id : single ? std::vector<git::ObjectId>() : commits) {
    text::append(out.text, out.text.empty() ? "* " : "\n\n* ", joined(message_of(world, id)));
  }
  const std::string people = co_authors(world, commits, author);
  if (people.empty()) return out;
  if (!out.text.empty()) out.text += single ? "\n\n" : "\n\n---------\n\n";
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
  if (!issue) return {};
  const git::Signature committer = web_signature(now);
  if (input.method == MergeMethod::rebase) {
    return git::land_rebase(world.objects, target, pull.head.sha, signature_of(world, merger, now));
  }
  if (input.method == MergeMethod::merge) {
    const git::LandingPeople people{signature_of(world, merger, now), committer};
    return git::land_merge(world.objects, target, pull.head.sha, people,
                           final_message(merge_message(world, pull, *issue), input));
  }
  const git::LandingPeople people{signature_of(world, issue->author, now), committer};
  const std::vector<git::ObjectId> commits = git::commits_between(world.objects, target, pull.head.sha);
  return git::land_squash(world.objects, target, pull.head.sha, people,
                          final_message(squash_message(world, pull, *issue, commits, people.author), input));
}

}  // namespace pome::twin::github::model
