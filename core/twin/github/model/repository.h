#pragma once
#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/twin/github/model/row.h"

namespace pome::twin::github::model {

/// What a squashed commit's title and text are taken from, GitHub's words in capitals (`word_of(kSquashTitles, ...)`).
enum class SquashTitle : std::uint8_t { pr_title, commit_or_pr_title };
enum class SquashMessage : std::uint8_t { pr_body, commit_messages, blank };
/// The same of a merge commit.
enum class MergeTitle : std::uint8_t { pr_title, merge_message };
enum class MergeMessage : std::uint8_t { pr_body, pr_title, blank };
inline constexpr std::array<std::string_view, 2> kSquashTitles = {"PR_TITLE", "COMMIT_OR_PR_TITLE"};
inline constexpr std::array<std::string_view, 3> kSquashMessages = {"PR_BODY", "COMMIT_MESSAGES", "BLANK"};
inline constexpr std::array<std::string_view, 2> kMergeTitles = {"PR_TITLE", "MERGE_MESSAGE"};
inline constexpr std::array<std::string_view, 3> kMergeMessages = {"PR_BODY", "PR_TITLE", "BLANK"};

/// The words a landing commit is made of. GitHub allows three pairs for merges and four for squashes.
struct CommitWording {
  SquashTitle squash_title = SquashTitle::commit_or_pr_title;
  SquashMessage squash_message = SquashMessage::commit_messages;
  MergeTitle merge_title = MergeTitle::merge_message;
  MergeMessage merge_message = MergeMessage::pr_title;

  bool operator==(const CommitWording&) const = default;
};

struct Repository {
  Id id = 0;
  std::string owner;  ///< login
  std::string name;
  std::optional<std::string> description;
  std::optional<std::string> homepage;
  std::string default_branch = "main";
  std::vector<std::string> topics;
  Id parent = 0;            ///< repository this is a fork of; 0 = none
  Id generated_from = 0;    ///< template this was made from; 0 = none
  std::string transfer_to;  ///< login of a person who has not accepted the repository yet; empty = none
  bool is_private = false;
  bool archived = false;
  bool is_template = false;
  bool has_issues = true;
  bool has_projects = true;
  bool has_wiki = true;
  bool has_downloads = true;
  bool has_discussions = false;
  bool has_pull_requests = true;
  bool collaborators_only = false;  ///< who may open pull requests: GitHub's pull_request_creation_policy
  bool allow_forking = true;        ///< matters for private repositories only
  bool allow_merge_commit = true;
  bool allow_squash_merge = true;
  bool allow_rebase_merge = true;
  bool allow_auto_merge = false;
  bool allow_update_branch = false;
  bool delete_branch_on_merge = false;
  bool use_squash_pr_title_as_default = false;
  bool web_commit_signoff_required = false;
  bool advanced_security = false;
  bool code_security = false;
  bool secret_scanning = false;
  bool secret_scanning_push_protection = false;
  bool secret_scanning_ai_detection = false;
  bool secret_scanning_non_provider_patterns = false;
  bool secret_scanning_delegated_alert_dismissal = false;
  bool secret_scanning_delegated_bypass = false;
  CommitWording wording;
  Time created_at = 0;
  Time updated_at = 0;
  Time pushed_at = 0;

  std::string full_name() const { return owner + "/" + name; }
  Id key() const { return id; }
  bool operator==(const Repository&) const = default;
  static const RowKind kind;
};
using RepositoryPtr = std::shared_ptr<const Repository>;

/// Running totals of a repository, kept by the rules so that reading never counts. Not journaled.
struct RepositoryTotals {
  Id last_number = 0;  ///< issues and pull requests share it
  Id last_milestone_number = 0;
  Id open_issues = 0;  ///< open issues and pull requests, GitHub's open_issues_count

  bool operator==(const RepositoryTotals&) const = default;
};

/// A switch of a repository under the name GitHub gives it in bodies and answers.
struct RepositoryFlag {
  std::string_view name;
  bool Repository::*member;
};
/// Switches that requests, seeds and the state export share. `archived`, `private` and the security features aside.
std::span<const RepositoryFlag> repository_flags();
/// The features of `security_and_analysis`.
std::span<const RepositoryFlag> security_flags();

/// A name a repository had before it was renamed or transferred: requests to it are sent on.
struct FormerName {
  std::string full_name;
  Id id = 0;  ///< of the repository

  std::string key() const { return full_name; }
  bool operator==(const FormerName&) const = default;
  static const RowKind kind;
};

/// By name, whoever asks; nullptr when there is none.
RepositoryPtr find_repository(const World& world, std::string_view owner, std::string_view name);
/// By name, as `login` sees it: nullptr also for a private repository the login may not read.
RepositoryPtr visible_repository(const World& world, std::string_view login, std::string_view owner,
                                 std::string_view name);
/// What a former name leads to, as `login` sees it; nullptr when nothing had that name.
RepositoryPtr moved_repository(const World& world, std::string_view login, std::string_view owner,
                               std::string_view name);
const RepositoryTotals& totals_of(const World& world, Id repo);

/// repos/list-for-user, -for-org, -for-authenticated-user: the repositories `login` may read, by full name.
/// An empty `owner` means every owner.
std::vector<RepositoryPtr> visible_repositories(const World& world, std::string_view login, std::string_view owner);

struct RepositoryPatch {
  struct Switch {
    bool Repository::*member;
    bool on;
  };
  std::optional<std::string> name;
  std::optional<std::optional<std::string>> description;
  std::optional<std::optional<std::string>> homepage;
  std::optional<std::string> default_branch;  ///< must exist
  std::vector<Switch> switches;
  std::optional<SquashTitle> squash_title;
  std::optional<SquashMessage> squash_message;
  std::optional<MergeTitle> merge_title;
  std::optional<MergeMessage> merge_message;

  void set(bool Repository::*member, std::optional<bool> on) {
    if (on) switches.push_back({member, *on});
  }
};

/// repos/update. Needs admin. Refuses a name that is taken or malformed, a default branch that does not exist and a
/// pair of commit wordings that GitHub does not offer. A new name leaves a FormerName behind.
Ruling<RepositoryPtr> update_repository(Action& action, Id repo, const RepositoryPatch& patch);
/// repos/replace-all-topics. Needs admin. Topics are lower-cased; at most 20, each `[a-z0-9][a-z0-9-]{0,49}`.
Ruling<RepositoryPtr> replace_topics(Action& action, Id repo, const std::vector<std::string>& topics);
/// Stores a repository under another owner or name and remembers the old full name.
RepositoryPtr move_repository(Action& action, const RepositoryPtr& current, std::string_view owner,
                              std::string_view name);

/// 1 to 100 of `[A-Za-z0-9._-]`, neither "." nor "..".
bool is_valid_repository_name(std::string_view name);

/// The first members of a repository in the state export; its lists follow (state_export.cpp).
void export_facts(JsonWriter& out, const World& world, const Repository& repo);
/// The last members: settings and origins.
void export_settings(JsonWriter& out, const World& world, const Repository& repo);

/// Seed: the root's "repositories".
void seed_repositories(Seeding& seed, const Node& root);

}  // namespace pome::twin::github::model
