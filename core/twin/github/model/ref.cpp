#include "core/twin/github/model/ref.h"

#include <algorithm>

#include "core/base/text.h"
#include "core/git/graph.h"
#include "core/twin/github/model/row_writer.h"
#include "core/twin/github/model/store.h"

namespace pome::twin::github::model {
namespace {

constexpr std::string_view kMailHost = "@users.noreply.github.com";
constexpr std::string_view kWebMail = "noreply@github.com";
constexpr std::string_view kWebLogin = "web-flow";

bool is_hex(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return text::is_digit(c) || (text::lower(c) >= 'a' && text::lower(c) <= 'f'); });
}

void write_ref(JsonWriter& out, const World&, const Ref& row) {
  const std::string_view name = row.name;
  const bool branch = name.substr(0, kHeads.size()) == kHeads;
  out.field("name", branch ? name.substr(kHeads.size()) : name).field("head_sha", row.target.hex());
  time_field(out, "updated_at", row.updated_at);
}

void write_former_branch(JsonWriter& out, const World&, const FormerBranch& row) {
  out.field("name", row.name).field("now_at", row.now_at);
}

}  // namespace

const RowKind Ref::kind = row_kind<&World::refs, write_ref>("ref");

const RowKind FormerBranch::kind = row_kind<&World::former_branches, write_former_branch>("former_branch");

RefPtr find_ref(const World& world, Id repo, std::string_view full_name) {
  return world.refs.get(NameKeyView{repo, full_name});
}

RefPtr find_branch(const World& world, Id repo, std::string_view name) {
  return find_ref(world, repo, text::cat(kHeads, name));
}

std::vector<RefPtr> refs_of(const World& world, Id repo, std::string_view prefix) {
  std::vector<RefPtr> out;
  for (auto at = world.refs.lower_bound(NameKeyView{repo, prefix}); !(at == world.refs.end()); ++at) {
    const std::string_view name = at->key.name;
    if (at->key.repo != repo || name.substr(0, prefix.size()) != prefix) break;
    out.push_back(at->row);
  }
  return out;
}

std::optional<git::ObjectId> resolve_commit(const World& world, Id repo, std::string_view ref) {
  if (ref.empty()) {
    const Repository* row = world.repositories_by_id.find(repo);
    if (!row) return std::nullopt;
    const RefPtr branch = find_branch(world, repo, row->default_branch);
    return branch ? std::optional(branch->target) : std::nullopt;
  }
  for (const std::string& name :
       {text::cat(kHeads, ref), text::cat(kTags, ref), std::string(ref), text::cat("refs/", ref)}) {
    if (const RefPtr found = find_ref(world, repo, name)) return commit_of(world, *found);
  }
  if (ref.size() < 7 || ref.size() > 40 || !is_hex(ref)) return std::nullopt;
  return find_commit(world, repo, ref);
}

std::optional<git::ObjectId> commit_of(const World& world, const Ref& ref) {
  return git::peel_to_commit(world.objects, ref.target);
}

std::vector<git::ObjectId> branch_heads(const World& world, Id repo) {
  std::vector<git::ObjectId> out;
  for (const RefPtr& branch : refs_of(world, repo, kHeads)) out.push_back(branch->target);
  return out;
}

std::string_view login_of(const git::Signature& signature) {
  std::string_view mail = signature.email;
  if (mail == kWebMail) return kWebLogin;
  if (mail.size() <= kMailHost.size() || mail.substr(mail.size() - kMailHost.size()) != kMailHost) return {};
  mail.remove_suffix(kMailHost.size());
  const std::size_t plus = mail.find('+');
  return plus == std::string_view::npos ? mail : mail.substr(plus + 1);
}

git::Signature signature_of(const World& world, std::string_view login, Time time) {
  const UserPtr user = user_or_stranger(world, login);
  return {user->name.value_or(user->login), text::cat(user->id, '+', user->login, kMailHost), time, 0};
}

git::Signature web_signature(Time time) { return {"GitHub", std::string(kWebMail), time, 0}; }

void export_branches(JsonWriter& out, const World& world, const Repository& repo) {
  Id position = 0;
  for (const RefPtr& ref : refs_of(world, repo.id, kHeads)) {
    out.begin_object().field("id", ++position).field("repo_id", repo.id);
    out.field("name", std::string_view(ref->name).substr(kHeads.size())).field("head_sha", ref->target.hex());
    times(out, ref->updated_at, ref->updated_at);
    out.end_object();
  }
}

void export_tags(JsonWriter& out, const World& world, const Repository& repo) {
  for (const RefPtr& ref : refs_of(world, repo.id, kTags)) {
    out.begin_object().field("repo_id", repo.id);
    out.field("name", std::string_view(ref->name).substr(kTags.size()))
        .field("commit_sha", commit_of(world, *ref).value_or(ref->target).hex());
    out.end_object();
  }
}

}  // namespace pome::twin::github::model
