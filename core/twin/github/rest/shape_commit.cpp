#include "core/twin/github/rest/shape_commit.h"

#include "core/twin/github/model/changes.h"

namespace pome::twin::github::rest {

namespace {

/// GitHub leaves out the patch of a file that differs in more than this.
constexpr std::size_t kMostPatchBytes = std::size_t{1} << 20;

std::string node_id_of(const model::Repository& repository, const std::string& sha) {
  return model::node_id("C", repository.id, sha);
}

/// The value of the `gpgsig` header: its lines, without the blank that continues each.
std::string signature_in(const git::Commit& commit) {
  constexpr std::string_view kHeader = "gpgsig ";
  std::string out;
  bool inside = false;
  for (std::string_view line : text::split(commit.extra_headers, '\n')) {
    if (line.substr(0, kHeader.size()) == kHeader) {
      inside = true;
      line.remove_prefix(kHeader.size());
    } else if (inside && !line.empty() && line.front() == ' ') {
      line.remove_prefix(1);
    } else {
      inside = false;
    }
    if (inside) text::append(out, line, '\n');
  }
  return out;
}

void write_commit_verification(JsonWriter& json, const git::Commit& commit) {
  const std::string signature = signature_in(commit);
  std::string payload;
  if (!signature.empty()) {
    git::Commit unsigned_commit = commit;
    unsigned_commit.extra_headers.clear();
    payload = git::encode(unsigned_commit);
  }
  write_verification(json, signature, payload);
}

void write_parents(JsonWriter& json, const git::Commit& commit, std::string_view api, std::string_view web) {
  json.key("parents").begin_array();
  for (const git::ObjectId& parent : commit.parents) {
    const std::string sha = parent.hex();
    json.begin_object().field("sha", sha);
    link(json, "url", api, sha);
    link(json, "html_url", web, sha);
    json.end_object();
  }
  json.end_array();
}

void write_tree(JsonWriter& json, const git::Commit& commit, std::string_view repo) {
  json.key("tree").begin_object().field("sha", commit.tree.hex());
  link(json, "url", repo, "/git/trees/", commit.tree.hex());
  json.end_object();
}

void write_inner_commit(JsonWriter& json, const git::Commit& commit, std::string_view repo, std::string_view sha) {
  json.key("commit").begin_object();
  write_signature(json, "author", commit.author);
  write_signature(json, "committer", commit.committer);
  json.field("message", shown_message(commit));
  write_tree(json, commit, repo);
  link(json, "url", repo, "/git/commits/", sha);
  json.field("comment_count", 0);
  write_commit_verification(json, commit);
  json.end_object();
}

void write_patch(JsonWriter& json, git::Patch patch) {
  if (patch.hunks.empty() || patch.hunks.size() > kMostPatchBytes) return;
  if (patch.hunks.back() == '\n') patch.hunks.pop_back();
  json.field("patch", patch.hunks);
}

}  // namespace

std::string_view shown_message(const git::Commit& commit) {
  std::string_view message = commit.message;
  if (!message.empty() && message.back() == '\n') message.remove_suffix(1);
  return message;
}

void write_signature(JsonWriter& json, std::string_view name, const git::Signature& signature) {
  json.key(name).begin_object().field("name", signature.name).field("email", signature.email);
  write_time(json, "date", signature.time);
  json.end_object();
}

void write_verification(JsonWriter& json, std::string_view signature, std::string_view payload) {
  json.key("verification").begin_object().field("verified", false);
  if (signature.empty()) {
    json.field("reason", "unsigned").null_field("signature").null_field("payload");
  } else {
    json.field("reason", "unknown_key").field("signature", signature).field("payload", payload);
  }
  json.null_field("verified_at").end_object();
}

void write_commit_members(JsonWriter& json, const Context& context, const model::Repository& repository,
                          const git::ObjectId& id) {
  const git::Commit& commit = *context.world.objects.commit(id);
  const std::string repo = api_url(context, repository);
  const std::string web = text::cat(web_url(repository), "/commit/");
  const std::string sha = id.hex();
  json.field("sha", sha).field("node_id", node_id_of(repository, sha));
  write_inner_commit(json, commit, repo, sha);
  link(json, "url", repo, "/commits/", sha);
  link(json, "html_url", web, sha);
  link(json, "comments_url", repo, "/commits/", sha, "/comments");
  write_user_or_null(json, context, "author", model::login_of(commit.author));
  write_user_or_null(json, context, "committer", model::login_of(commit.committer));
  write_parents(json, commit, text::cat(repo, "/commits/"), web);
}

void write_commit(JsonWriter& json, const Context& context, const model::Repository& repository,
                  const git::ObjectId& id) {
  json.begin_object();
  write_commit_members(json, context, repository, id);
  json.end_object();
}

void write_git_commit(JsonWriter& json, const Context& context, const model::Repository& repository,
                      const git::ObjectId& id) {
  const git::Commit& commit = *context.world.objects.commit(id);
  const std::string repo = api_url(context, repository);
  const std::string web = text::cat(web_url(repository), "/commit/");
  const std::string sha = id.hex();
  json.begin_object().field("sha", sha).field("node_id", node_id_of(repository, sha));
  link(json, "url", repo, "/git/commits/", sha);
  link(json, "html_url", web, sha);
  write_signature(json, "author", commit.author);
  write_signature(json, "committer", commit.committer);
  write_tree(json, commit, repo);
  json.field("message", shown_message(commit));
  write_parents(json, commit, text::cat(repo, "/git/commits/"), web);
  write_commit_verification(json, commit);
  json.end_object();
}

void write_diff_entry(JsonWriter& json, const Context& context, const model::Repository& repository,
                      const git::FileChange& change, const DiffEnds& ends) {
  const std::string& at = change.status == git::FileStatus::removed ? ends.before : ends.after;
  const std::string path = encoded_segment(change.path);
  const std::string web = web_url(repository);
  git::Patch patch = git::patch_of(context.world.objects, change);
  json.begin_object().field("sha", model::content_of(change).hex()).field("filename", change.path);
  json.field("status", model::file_status_name(change.status));
  json.field("additions", patch.additions).field("deletions", patch.deletions);
  json.field("changes", patch.additions + patch.deletions);
  link(json, "blob_url", web, "/blob/", at, "/", path);
  link(json, "raw_url", web, "/raw/", at, "/", path);
  link(json, "contents_url", api_url(context, repository), "/contents/", path, "?ref=", at);
  write_patch(json, std::move(patch));
  if (change.status == git::FileStatus::renamed) json.field("previous_filename", change.previous_path);
  json.end_object();
}

}  // namespace pome::twin::github::rest
