#include "core/twin/github/model/hook.h"

#include <algorithm>
#include <array>
#include <utility>

#include "core/base/encoding.h"
#include "core/base/hash.h"
#include "core/base/sort.h"
#include "core/base/text.h"
#include "core/twin/github/model/row_writer.h"
#include "core/twin/github/model/seed_builder.h"
#include "core/twin/github/model/store.h"
#include "core/twin/github/model/words.h"

namespace pome::twin::github::model {
namespace {

constexpr std::array<std::string_view, 52> kEvents = {"*",
                                                      "branch_protection_configuration",
                                                      "branch_protection_rule",
                                                      "check_run",
                                                      "check_suite",
                                                      "code_scanning_alert",
                                                      "commit_comment",
                                                      "create",
                                                      "delete",
                                                      "dependabot_alert",
                                                      "deploy_key",
                                                      "deployment",
                                                      "deployment_protection_rule",
                                                      "deployment_review",
                                                      "deployment_status",
                                                      "discussion",
                                                      "discussion_comment",
                                                      "fork",
                                                      "gollum",
                                                      "issue_comment",
                                                      "issues",
                                                      "label",
                                                      "member",
                                                      "merge_group",
                                                      "meta",
                                                      "milestone",
                                                      "package",
                                                      "page_build",
                                                      "ping",
                                                      "project",
                                                      "project_card",
                                                      "project_column",
                                                      "public",
                                                      "pull_request",
                                                      "pull_request_review",
                                                      "pull_request_review_comment",
                                                      "pull_request_review_thread",
                                                      "push",
                                                      "registry_package",
                                                      "release",
                                                      "repository",
                                                      "repository_dispatch",
                                                      "repository_import",
                                                      "repository_ruleset",
                                                      "repository_vulnerability_alert",
                                                      "secret_scanning_alert",
                                                      "star",
                                                      "status",
                                                      "sub_issues",
                                                      "team_add",
                                                      "watch",
                                                      "workflow_run"};

Refused check_admin(const Action& action, Id repo) {
  return permission_of(action.world, repo, action.actor) < Role::admin ? not_found() : std::nullopt;
}

std::string_view host_of(std::string_view url) {
  for (const std::string_view scheme : {"https://", "http://"}) {
    if (!text::starts_with_ignore_case(url, scheme)) continue;
    url.remove_prefix(scheme.size());
    return url.substr(0, url.find_first_of(":/?#"));
  }
  return {};
}

/// Addresses that name the caller's own machine or network.
bool is_local(std::string_view host) {
  constexpr std::string_view kName = "localhost";
  if (text::equals_ignore_case(host, kName)) return true;
  if (host.size() > kName.size() && host[host.size() - kName.size() - 1] == '.') {
    if (text::equals_ignore_case(host.substr(host.size() - kName.size()), kName)) return true;
  }
  for (const std::string_view start : {"127.", "0.", "10.", "192.168."}) {
    if (host.substr(0, start.size()) == start) return true;
  }
  return false;
}

Refused check_hook(const World& world, const Hook& hook) {
  const std::string_view host = host_of(hook.url);
  if (host.empty()) return invalid_because("Hook", "url", "url must be an http or https address");
  if (is_local(host)) {
    return invalid_because(
        "Hook", "url",
        text::cat("url is not supported because it isn't reachable over the public Internet (", host, ")"));
  }
  for (const std::string& event : hook.events) {
    if (!index_of(kEvents, event)) return invalid_value("Hook", "events", event);
  }
  if (hook.content_type != "json" && hook.content_type != "form") {
    return invalid_value("Hook", "content_type", hook.content_type);
  }
  for (const auto& entry : rows_of(world.hooks, hook.repo)) {
    const Hook& other = *entry.row;
    if (other.id != hook.id && other.url == hook.url && other.events == hook.events) {
      return invalid_because("Hook", "", "Hook already exists on this repository");
    }
  }
  return std::nullopt;
}

void sort_unique(std::vector<std::string>& list) {
  sort_stably(list);
  list.erase(std::unique(list.begin(), list.end()), list.end());
}

void apply(Hook& hook, const HookInput& input) {
  if (input.active) hook.active = *input.active;
  if (input.url) hook.url = *input.url;
  if (input.content_type) hook.content_type = *input.content_type;
  if (input.secret) hook.secret = *input.secret;
  if (input.insecure_ssl) hook.insecure_ssl = *input.insecure_ssl;
  if (input.events) hook.events = *input.events;
  hook.events.insert(hook.events.end(), input.add_events.begin(), input.add_events.end());
  std::erase_if(hook.events, [&](const std::string& event) {
    return std::find(input.remove_events.begin(), input.remove_events.end(), event) != input.remove_events.end();
  });
  sort_unique(hook.events);
}

/// A version 4 spelling of a digest of the delivery's id.
std::string guid_from(Id id) {
  std::string digits = hash::sha256_hex(text::cat("delivery ", id)).substr(0, 32);
  digits[12] = '4';
  digits[16] = 'a';
  for (const std::size_t at : {std::size_t{20}, std::size_t{16}, std::size_t{12}, std::size_t{8}})
    digits.insert(at, 1, '-');
  return digits;
}

void write_delivery(JsonWriter& out, const World&, const HookDelivery& row) {
  out.field("id", row.id).field("hook_id", row.hook).field("guid", row.guid).field("event", row.event);
  out.field("action", row.action).field("signature", or_null(row.signature)).field("redelivery", row.redelivery);
  time_field(out, "delivered_at", row.delivered_at);
  out.raw_field("payload", row.payload);
}

void write_hook(JsonWriter& out, const World& world, const Hook& row) {
  out.field("id", row.id).field("url", row.url).field("content_type", row.content_type).field("active", row.active);
  list_field(out, "events", row.events);
  out.field("signed", !row.secret.empty()).field("insecure_ssl", row.insecure_ssl);
  times(out, row.created_at, row.updated_at);
  out.key("deliveries").begin_array();
  for (const HookDeliveryPtr& delivery : deliveries_of(world, row)) {
    out.begin_object();
    write_delivery(out, world, *delivery);
    out.end_object();
  }
  out.end_array();
}

}  // namespace

const RowKind Hook::kind = row_kind<&World::hooks, write_hook>("webhook");
const RowKind HookDelivery::kind = row_kind<&World::hook_deliveries, write_delivery>("webhook_delivery");

std::vector<HookPtr> hooks_of(const World& world, Id repo) {
  std::vector<HookPtr> out;
  for (const auto& entry : rows_of(world.hooks, repo)) out.push_back(entry.row);
  return out;
}

HookPtr find_hook(const World& world, Id repo, Id id) { return world.hooks.get(NumberKey{repo, id}); }

std::vector<HookDeliveryPtr> deliveries_of(const World& world, const Hook& hook) {
  std::vector<HookDeliveryPtr> out;
  for (const auto& entry : rows_of(world.hook_deliveries, hook.repo)) {
    if (entry.row->hook == hook.id) out.push_back(entry.row);
  }
  std::reverse(out.begin(), out.end());
  return out;
}

HookDeliveryPtr find_delivery(const World& world, const Hook& hook, Id id) {
  HookDeliveryPtr row = world.hook_deliveries.get(NumberKey{hook.repo, id});
  return row && row->hook == hook.id ? row : nullptr;
}

bool listens_to(const Hook& hook, std::string_view event) {
  if (!hook.active) return false;
  return std::any_of(hook.events.begin(), hook.events.end(),
                     [&](const std::string& wanted) { return wanted == "*" || wanted == event; });
}

Ruling<HookPtr> create_hook(Action& action, Id repo, const HookInput& input) {
  if (const Refused refused = check_admin(action, repo)) return refused;
  Hook fresh;
  fresh.repo = repo;
  fresh.events = {"push"};
  apply(fresh, input);
  if (const Refused refused = check_hook(action.world, fresh)) return refused;
  fresh.created_at = fresh.updated_at = begin_mutation(action);
  fresh.id = ++action.world.counters.hook;
  return put(action, std::move(fresh));
}

Ruling<HookPtr> update_hook(Action& action, Id repo, Id id, const HookInput& input) {
  if (const Refused refused = check_admin(action, repo)) return refused;
  const HookPtr current = find_hook(action.world, repo, id);
  if (!current) return not_found();
  Hook next = *current;
  apply(next, input);
  if (const Refused refused = check_hook(action.world, next)) return refused;
  if (next == *current) return current;
  next.updated_at = begin_mutation(action);
  return put(action, std::move(next));
}

Refused delete_hook(Action& action, Id repo, Id id) {
  if (const Refused refused = check_admin(action, repo)) return refused;
  const HookPtr current = find_hook(action.world, repo, id);
  if (!current) return not_found();
  begin_mutation(action);
  const std::vector<HookDeliveryPtr> deliveries = deliveries_of(action.world, *current);
  erase(action, current);
  for (const HookDeliveryPtr& delivery : deliveries) erase(action, delivery, Cause::followed);
  return std::nullopt;
}

HookDeliveryPtr record_delivery(Action& action, const Hook& hook, std::string_view event,
                                std::optional<std::string> event_action, std::string payload,
                                const HookDelivery* redelivered) {
  HookDelivery row;
  row.repo = hook.repo;
  row.id = ++action.world.counters.hook_delivery;
  row.hook = hook.id;
  row.guid = redelivered ? redelivered->guid : guid_from(row.id);
  row.event = std::string(event);
  row.action = std::move(event_action);
  row.payload = std::move(payload);
  row.redelivery = redelivered != nullptr;
  row.delivered_at = action.world.now;
  if (!hook.secret.empty()) {
    const auto digest = hash::hmac_sha256(hook.secret, row.payload);
    row.signature = text::cat("sha256=", encoding::hex(encoding::bytes_view(digest)));
  }
  return put(action, std::move(row), Cause::followed);
}

void export_hooks(JsonWriter& out, const World& world, const Repository& repo) {
  export_rows(out, world, repo.id, world.hooks);
}

void seed_hooks(Seeding& seed, const Repository& repo, const Node& node) {
  node.each("webhooks", [&](const Node& entry) {
    if (!entry.is_object("url content_type secret insecure_ssl events active created_at")) return;
    Hook row;
    row.repo = repo.id;
    row.url = entry.required_text("url");
    row.content_type = entry.text("content_type", "json");
    row.secret = entry.text("secret", "");
    row.insecure_ssl = entry.text("insecure_ssl", "0");
    row.active = entry.flag("active", true);
    entry.each("events", [&](const Node& event) { row.events.push_back(event.as_text()); });
    if (row.events.empty()) row.events = {"push"};
    sort_unique(row.events);
    row.created_at = row.updated_at = entry.instant("created_at").value_or(seed.world.epoch);
    if (row.url.empty()) return;
    if (const Refused refused = check_hook(seed.world, row)) {
      const FieldError& problem = (*refused).errors.front();
      entry.error(problem.message.empty() ? "bad-value" : "bad-webhook",
                  problem.message.empty()
                      ? text::cat("\"", problem.value.value_or(""), "\" is no value for ", problem.field, ".")
                      : text::cat(problem.message, "."));
      return;
    }
    row.id = ++seed.world.counters.hook;
    put(seed.action, std::move(row));
  });
}

}  // namespace pome::twin::github::model
