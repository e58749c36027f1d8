#include <algorithm>
#include <utility>

#include "core/base/text.h"
#include "core/git/graph.h"
#include "core/twin/github/model/release.h"
#include "core/twin/github/model/world.h"

/// The text GitHub writes for a release.
namespace pome::twin::github::model {
namespace {

constexpr std::string_view kSite = "https://github.com/";

/// Pull requests whose merge is among the commits, in the order of the merges.
std::vector<PullRequestPtr> merged_among(const World& world, Id repo, const std::vector<git::ObjectId>& commits) {
  std::vector<PullRequestPtr> out;
  for (const git::ObjectId& commit : commits) {
    for (const auto& entry : rows_of(world.pulls, repo)) {
      if (entry.row->merged_at && entry.row->merge_commit == commit) out.push_back(entry.row);
    }
  }
  return out;
}

std::string author_of(const World& world, const PullRequest& pull) {
  const Issue* issue = world.issues.find(NumberKey{pull.repo, pull.number});
  return issue ? issue->author : std::string();
}

/// Whether nothing by this login was merged before these pull requests.
bool is_newcomer(const World& world, const std::vector<PullRequestPtr>& listed, std::string_view login) {
  for (const auto& entry : rows_of(world.pulls, listed.front()->repo)) {
    if (!entry.row->merged_at || !text::equals_ignore_case(author_of(world, *entry.row), login)) continue;
    const bool here = std::any_of(listed.begin(), listed.end(),
                                  [&](const PullRequestPtr& pull) { return pull->number == entry.row->number; });
    if (!here && *entry.row->merged_at <= *listed.front()->merged_at) return false;
  }
  return true;
}

std::string changes_text(const World& world, std::string_view repo_url, const std::vector<PullRequestPtr>& pulls) {
  std::string changes = "## What's Changed\n";
  std::string newcomers;
  std::vector<std::string> greeted;
  for (const PullRequestPtr& pull : pulls) {
    const Issue* issue = world.issues.find(pull->key());
    const std::string author = author_of(world, *pull);
    text::append(changes, "* ", issue ? issue->title : std::string(), " by @", author, " in ", repo_url, "/pull/",
                 pull->number, "\n");
    if (std::find(greeted.begin(), greeted.end(), author) != greeted.end()) continue;
    greeted.push_back(author);
    if (!is_newcomer(world, pulls, author)) continue;
    text::append(newcomers, "* @", author, " made their first contribution in ", repo_url, "/pull/", pull->number,
                 "\n");
  }
  if (!newcomers.empty()) text::append(changes, "\n## New Contributors\n", newcomers);
  return changes + "\n\n";
}

}  // namespace

Ruling<ReleaseNotes> generate_notes(const World& world, Id repo, std::string_view tag, std::string_view target,
                                    std::string_view previous_tag) {
  const std::string own = text::cat(kTags, tag);
  const auto head = resolve_commit(world, repo, find_ref(world, repo, own) ? std::string_view(own) : target);
  if (!head) return invalid("Release", "target_commitish", "invalid");
  std::string previous(previous_tag);
  const ReleasePtr latest = latest_release(world, repo);
  if (previous.empty() && latest && latest->tag_name != tag) previous = latest->tag_name;
  const RefPtr start = previous.empty() ? nullptr : find_ref(world, repo, text::cat(kTags, previous));
  if (!previous_tag.empty() && !start) return invalid("Release", "previous_tag", "invalid");
  const auto base = start ? git::peel_to_commit(world.objects, start->target) : std::nullopt;
  const std::vector<git::ObjectId> commits = base ? git::commits_between(world.objects, *base, *head)
                                                  : git::commits_between(world.objects, git::ObjectId(), *head);
  const std::vector<PullRequestPtr> pulls = merged_among(world, repo, commits);
  const std::string url = text::cat(kSite, world.repositories_by_id.find(repo)->full_name());
  ReleaseNotes notes;
  notes.name = std::string(tag);
  if (!pulls.empty()) notes.body = changes_text(world, url, pulls);
  if (start) {
    text::append(notes.body, "**Full Changelog**: ", url, "/compare/", previous, "...", tag);
  } else {
    text::append(notes.body, "**Full Changelog**: ", url, "/commits/", tag);
  }
  return notes;
}

}  // namespace pome::twin::github::model
