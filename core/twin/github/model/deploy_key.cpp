#include "core/twin/github/model/deploy_key.h"

#include <utility>

#include "core/base/encoding.h"
#include "core/base/text.h"
#include "core/twin/github/model/row_writer.h"
#include "core/twin/github/model/seed_builder.h"
#include "core/twin/github/model/store.h"

namespace pome::twin::github::model {
namespace {

/// The type and the base64 body of an OpenSSH public key; empty when the text is none. The body repeats the type.
std::string normalised(std::string_view text) {
  std::vector<std::string_view> parts;
  for (const std::string_view part : text::split(text::trim(text), ' ')) {
    if (!part.empty()) parts.push_back(part);
  }
  if (parts.size() < 2) return {};
  const std::optional<std::string> body = encoding::from_base64(parts[1]);
  constexpr std::size_t kLength = 4;  // before the type, as a big-endian number
  if (!body || body->size() <= kLength + parts[0].size()) return {};
  const bool known =
      text::starts_with_ignore_case(parts[0], "ssh-") || text::starts_with_ignore_case(parts[0], "ecdsa-");
  if (!known || body->compare(kLength, parts[0].size(), parts[0]) != 0) return {};
  return text::cat(parts[0], ' ', parts[1]);
}

bool is_used(const World& world, std::string_view text) {
  for (const auto& entry : world.deploy_keys) {
    if (entry.row->text == text) return true;
  }
  return false;
}

Refused bad_key(std::string_view message) { return invalid_because("PublicKey", "key", message); }

Refused check_admin(const Action& action, Id repo) {
  return permission_of(action.world, repo, action.actor) < Role::admin ? not_found() : std::nullopt;
}

void write_deploy_key(JsonWriter& out, const World&, const DeployKey& row) {
  out.field("id", row.id).field("title", row.title).field("key", row.text).field("read_only", row.read_only);
  out.field("added_by", row.added_by);
  time_field(out, "created_at", row.created_at);
}

}  // namespace

const RowKind DeployKey::kind = row_kind<&World::deploy_keys, write_deploy_key>("deploy_key");

std::vector<DeployKeyPtr> deploy_keys_of(const World& world, Id repo) {
  std::vector<DeployKeyPtr> out;
  for (const auto& entry : rows_of(world.deploy_keys, repo)) out.push_back(entry.row);
  return out;
}

DeployKeyPtr find_deploy_key(const World& world, Id repo, Id id) { return world.deploy_keys.get(NumberKey{repo, id}); }

Ruling<DeployKeyPtr> create_deploy_key(Action& action, Id repo, const NewDeployKey& wanted) {
  World& world = action.world;
  if (const Refused refused = check_admin(action, repo)) return refused;
  DeployKey fresh;
  fresh.text = normalised(wanted.text);
  if (fresh.text.empty()) {
    return bad_key("key is invalid. You must supply a key in OpenSSH public key format");
  }
  if (is_used(world, fresh.text)) return bad_key("key is already in use");
  fresh.repo = repo;
  fresh.title = wanted.title;
  fresh.read_only = wanted.read_only;
  fresh.created_at = begin_mutation(action);
  fresh.id = ++world.counters.deploy_key;
  fresh.added_by = user_or_stranger(world, action.actor)->login;
  return put(action, std::move(fresh));
}

Refused delete_deploy_key(Action& action, Id repo, Id id) {
  if (const Refused refused = check_admin(action, repo)) return refused;
  const DeployKeyPtr row = find_deploy_key(action.world, repo, id);
  if (!row) return not_found();
  begin_mutation(action);
  erase(action, row);
  return std::nullopt;
}

void export_deploy_keys(JsonWriter& out, const World& world, const Repository& repo) {
  export_rows(out, world, repo.id, world.deploy_keys);
}

void seed_deploy_keys(Seeding& seed, const Repository& repo, const Node& node) {
  node.each("deploy_keys", [&](const Node& entry) {
    if (!entry.is_object("title key read_only added_by created_at")) return;
    DeployKey row;
    row.repo = repo.id;
    row.title = entry.text("title", "");
    const std::string text = entry.required_text("key");
    row.text = normalised(text);
    row.read_only = entry.flag("read_only", false);
    row.added_by = seed.author(entry, {"added_by"});
    row.created_at = entry.instant("created_at").value_or(seed.world.epoch);
    if (text.empty()) return;
    if (row.text.empty()) {
      entry.error_at("key", "bad-value", "This is not an OpenSSH public key.", "Write it like ssh-ed25519 AAAA...");
      return;
    }
    if (is_used(seed.world, row.text)) {
      entry.error_at("key", "duplicate", "Another repository or entry uses this key.");
      return;
    }
    row.id = ++seed.world.counters.deploy_key;
    put(seed.action, std::move(row));
  });
}

}  // namespace pome::twin::github::model
