#include <algorithm>
#include <utility>

#include "core/base/sort.h"
#include "core/twin/github/rest/records.h"
#include "core/twin/github/rest/routes.h"

/// Code scanning, secret scanning and Dependabot alerts of a repository.
namespace pome::twin::github::rest {

namespace {

using model::RecordType;

/// Sorted as asked: the newest first unless told.
void sort_alerts(const Context& context, std::vector<Shown>& rows) {
  const std::string_view sort = lenient_choice(context, "sort", {"created", "number", "updated", "epss_percentage"});
  const bool ascending = lenient_choice(context, "direction", {"desc", "asc"}) == "asc";
  const auto rank = [&](const Shown& shown) {
    if (sort == "epss_percentage") return millionths(shown.facts().json("epss_percentage"));
    if (sort == "number") return shown.row->number;
    return sort == "updated" ? shown.row->updated_at : shown.row->created_at;
  };
  sort_stably(rows, [&](const Shown& a, const Shown& b) {
    const Shown& first = ascending ? a : b;
    const Shown& second = ascending ? b : a;
    return rank(first) != rank(second) ? rank(first) < rank(second) : first.row->number < second.row->number;
  });
}

void write_place(JsonWriter& json, const Context& context, const Shown& alert, std::string_view family) {
  const model::Repository& repository = *context.repository;
  json.field("number", alert.row->number);
  write_time(json, "created_at", alert.row->created_at);
  write_time(json, "updated_at", alert.row->updated_at);
  link(json, "url", api_url(context, repository), "/", family, "/alerts/", alert.row->number);
  link(json, "html_url", web_url(repository), "/security/", family, "/", alert.row->number);
}

void write_dismissal(JsonWriter& json, const Context& context, const Shown& alert) {
  text_or_null(json, alert, "fixed_at");
  write_user_or_null(json, context, "dismissed_by", alert.text("dismissed_by"));
  for (const std::string_view name : {"dismissed_at", "dismissed_reason", "dismissed_comment"}) {
    text_or_null(json, alert, name);
  }
}

std::string state_of(const Shown& alert) { return alert.text("state", "open"); }

// Code scanning.

std::string ref_of(const Context& context, const Shown& alert) {
  return alert.text("ref", text::cat(model::kHeads, context.repository->default_branch));
}

void write_instance(JsonWriter& json, const Context& context, const Shown& alert) {
  const std::string ref = ref_of(context, alert);
  const auto commit = model::resolve_commit(context.world, context.repo(), ref);
  const std::int64_t line = alert.facts().integer("line").value_or(1);
  json.key("most_recent_instance").begin_object().field("ref", ref);
  json.field("analysis_key", ".github/workflows/codeql.yml:analyze").field("environment", "{}");
  json.field("category", ".github/workflows/codeql.yml:analyze").field("state", state_of(alert));
  json.field("commit_sha", commit ? commit->hex() : std::string());
  json.key("message").begin_object().field("text", alert.text("message", alert.text("description"))).end_object();
  json.key("location").begin_object().field("path", alert.text("path")).field("start_line", line);
  json.field("end_line", line).field("start_column", 1).field("end_column", 1).end_object();
  json.raw_field("classifications", "[]").end_object();
}

void write_code_alert(JsonWriter& json, const Context& context, const Shown& alert, bool whole) {
  const std::string rule = alert.text("rule", "rule");
  json.begin_object();
  write_place(json, context, alert, "code-scanning");
  link(json, "instances_url", api_url(context, *context.repository), "/code-scanning/alerts/", alert.row->number,
       "/instances");
  json.field("state", state_of(alert));
  write_dismissal(json, context, alert);
  json.key("rule").begin_object().field("id", rule).field("name", rule);
  json.field("severity", alert.text("severity", "warning"));
  json.field("security_severity_level", alert.facts().text("security_severity_level"));
  json.field("description", alert.text("description")).raw_field("tags", "[]");
  if (whole) json.field("full_description", alert.text("description")).null_field("help");
  json.end_object().key("tool").begin_object().field("name", alert.text("tool", "CodeQL"));
  json.null_field("guid").null_field("version").end_object();
  write_instance(json, context, alert);
  json.null_field("dismissal_approved_by");
  people_member(json, context, "assignees", alert, "assignees");
  json.end_object();
}

bool code_alert_fits(const Context& context, const Shown& alert) {
  const std::string_view wanted = context.query.get("state").value_or(std::string_view());
  const std::string state = state_of(alert);
  if (wanted == "closed" ? state == "open" : !text_fits(context, "state", state)) return false;
  const std::string ref = ref_of(context, alert);
  const std::string_view branch = std::string_view(ref).substr(std::min(ref.size(), model::kHeads.size()));
  return text_fits(context, "tool_name", alert.text("tool", "CodeQL")) && text_fits(context, "tool_guid", "") &&
         (text_fits(context, "ref", ref) || text_fits(context, "ref", branch));
}

Reply list_code_alerts(Context& context) {
  if (context.role < model::Role::write) return errors::may_not_read("code scanning alerts");
  std::vector<Shown> rows = shown_records(context, RecordType::code_scanning_alert, context.repo());
  std::erase_if(rows, [&](const Shown& row) { return !code_alert_fits(context, row); });
  sort_alerts(context, rows);
  return list_answer(context, rows,
                     [&](JsonWriter& json, const Shown& row) { write_code_alert(json, context, row, false); });
}

model::RecordPtr alert_at(const Context& context, RecordType type) {
  return model::find_record(context.world, type, context.repo(), context.number(2).value_or(0));
}

Reply get_code_alert(Context& context) {
  if (context.role < model::Role::write) return errors::may_not_read("code scanning alerts");
  const model::RecordPtr row = alert_at(context, RecordType::code_scanning_alert);
  if (!row) return errors::not_found();
  return json_answer(200, [&](JsonWriter& json) { write_code_alert(json, context, show(row), true); });
}

// Secret scanning: only administrators know about it.

void write_secret_alert(JsonWriter& json, const Context& context, const Shown& alert) {
  const std::string type = alert.text("secret_type", "custom_pattern");
  json.begin_object();
  write_place(json, context, alert, "secret-scanning");
  link(json, "locations_url", api_url(context, *context.repository), "/secret-scanning/alerts/", alert.row->number,
       "/locations");
  json.field("state", state_of(alert)).field("secret_type", type);
  json.field("secret_type_display_name", text::replace_all(type, "_", " "));
  json.field("provider", alert.facts().text("provider")).field("provider_slug", alert.facts().text("provider"));
  if (!flag(context, "hide_secret").value_or(false)) json.field("secret", alert.text("secret"));
  json.field("validity", alert.text("validity", "unknown"));
  text_or_null(json, alert, "resolution");
  write_user_or_null(json, context, "resolved_by", alert.text("resolved_by"));
  text_or_null(json, alert, "resolved_at");
  text_or_null(json, alert, "resolution_comment");
  json.field("push_protection_bypassed", alert.facts().flag("push_protection_bypassed", false));
  for (const std::string_view name :
       {"push_protection_bypassed_by", "push_protection_bypassed_at", "push_protection_bypass_request_reviewer",
        "push_protection_bypass_request_reviewer_comment", "push_protection_bypass_request_comment",
        "push_protection_bypass_request_html_url"}) {
    json.null_field(name);
  }
  json.field("publicly_leaked", alert.facts().flag("publicly_leaked", false));
  json.field("multi_repo", alert.facts().flag("multi_repo", false)).field("is_base64_encoded", false);
  json.field("has_more_locations", false);
  write_user_or_null(json, context, "assigned_to", alert.text("assigned_to"));
  json.end_object();
}

bool assignee_fits(const Context& context, const std::vector<std::string>& assignees) {
  const std::string_view wanted = context.query.get("assignee").value_or(std::string_view());
  if (wanted.empty()) return true;
  if (wanted == "none") return assignees.empty();
  if (wanted == "*") return !assignees.empty();
  return std::any_of(assignees.begin(), assignees.end(),
                     [&](const std::string& login) { return !login.empty() && excluded(context, "assignee", login); });
}

bool secret_alert_fits(const Context& context, const Shown& alert) {
  const std::string type = alert.text("secret_type", "custom_pattern");
  const std::string provider = alert.text("provider");
  std::vector<std::string> assignees;
  if (const auto login = alert.facts().text("assigned_to")) assignees.push_back(*login);
  return text_fits(context, "state", state_of(alert)) && listed(context, "secret_type", type) &&
         !excluded(context, "exclude_secret_types", type) && listed(context, "providers", provider) &&
         !excluded(context, "exclude_providers", provider) && listed(context, "resolution", alert.text("resolution")) &&
         assignee_fits(context, assignees) && listed(context, "validity", alert.text("validity", "unknown")) &&
         (!flag(context, "is_publicly_leaked").value_or(false) || alert.facts().flag("publicly_leaked", false)) &&
         (!flag(context, "is_multi_repo").value_or(false) || alert.facts().flag("multi_repo", false)) &&
         flag_fits(context, "is_bypassed", alert.facts().flag("push_protection_bypassed", false));
}

Reply list_secret_alerts(Context& context) {
  if (context.role < model::Role::admin) return errors::not_found();
  std::vector<Shown> rows = shown_records(context, RecordType::secret_scanning_alert, context.repo());
  std::erase_if(rows, [&](const Shown& row) { return !secret_alert_fits(context, row); });
  sort_alerts(context, rows);
  const auto write = [&](JsonWriter& json, const Shown& row) { write_secret_alert(json, context, row); };
  if (!context.query.get("after") && !context.query.get("before")) return list_answer(context, rows, write);
  return cursor_page(
      context, rows.size(), [&](std::size_t i) { return rows[i].row->number; },
      [&](JsonWriter& json, std::size_t i) { write(json, rows[i]); });
}

Reply get_secret_alert(Context& context) {
  const model::RecordPtr row = alert_at(context, RecordType::secret_scanning_alert);
  if (!row || context.role < model::Role::admin) return errors::not_found();
  return json_answer(200, [&](JsonWriter& json) { write_secret_alert(json, context, show(row)); });
}

// Dependabot.

void write_package(JsonWriter& json, const Shown& alert) {
  json.key("package").begin_object().field("ecosystem", alert.text("ecosystem", "npm"));
  json.field("name", alert.text("package")).end_object();
}

void write_vulnerability(JsonWriter& json, const Shown& alert) {
  json.begin_object();
  write_package(json, alert);
  json.field("severity", alert.text("severity", "medium"));
  json.field("vulnerable_version_range", alert.text("vulnerable_version_range", "> 0"));
  json.key("first_patched_version");
  if (const auto version = alert.facts().text("first_patched_version")) {
    json.begin_object().field("identifier", *version).end_object();
  } else {
    json.null();
  }
  json.end_object();
}

void write_advisory(JsonWriter& json, const Shown& alert) {
  json.key("security_advisory").begin_object().field("ghsa_id", alert.text("ghsa_id"));
  text_or_null(json, alert, "cve_id");
  json.field("summary", alert.text("summary")).field("description", alert.text("description"));
  json.key("vulnerabilities").begin_array();
  write_vulnerability(json, alert);
  json.end_array().field("severity", alert.text("severity", "medium"));
  json.field("classification", alert.text("classification", "general"));
  write_scores(json, alert);
  if (alert.facts().sent("epss_percentage")) {
    json.key("epss").begin_object().raw_field("percentage", alert.facts().json("epss_percentage"));
    json.raw_field("percentile", alert.facts().json("epss_percentage")).end_object();
  }
  write_cwes(json, alert);
  write_identifiers(json, alert);
  json.key("references").begin_array().begin_object();
  link(json, "url", kWeb, "/advisories/", alert.text("ghsa_id"));
  json.end_object().end_array();
  write_time(json, "published_at", alert.row->created_at);
  write_time(json, "updated_at", alert.row->updated_at);
  json.null_field("withdrawn_at").end_object();
}

void write_dependabot_alert(JsonWriter& json, const Context& context, const Shown& alert) {
  json.begin_object();
  write_place(json, context, alert, "dependabot");
  json.field("state", state_of(alert)).key("dependency").begin_object();
  write_package(json, alert);
  json.field("manifest_path", alert.text("manifest_path")).field("scope", alert.facts().text("scope"));
  json.field("relationship", alert.text("relationship", "unknown")).end_object();
  write_advisory(json, alert);
  json.key("security_vulnerability");
  write_vulnerability(json, alert);
  write_dismissal(json, context, alert);
  json.null_field("auto_dismissed_at");
  people_member(json, context, "assignees", alert, "assignees");
  json.end_object();
}

bool dependabot_alert_fits(const Context& context, const Shown& alert) {
  const bool patched = alert.facts().text("first_patched_version").has_value();
  const bool has = comma_list(context, "has").empty() || (excluded(context, "has", "patch") && patched);
  return has && listed(context, "classification", alert.text("classification", "general")) &&
         listed(context, "state", state_of(alert)) && listed(context, "severity", alert.text("severity", "medium")) &&
         listed(context, "ecosystem", alert.text("ecosystem", "npm")) &&
         listed(context, "package", alert.text("package")) &&
         listed(context, "manifest", alert.text("manifest_path")) &&
         number_fits(context, "epss_percentage", millionths(alert.facts().json("epss_percentage"))) &&
         assignee_fits(context, alert.facts().texts("assignees")) && text_fits(context, "scope", alert.text("scope")) &&
         listed(context, "relationship", alert.text("relationship", "unknown"));
}

Reply list_dependabot_alerts(Context& context) {
  if (context.role < model::Role::write) return errors::may_not_read("Dependabot alerts");
  std::vector<Shown> rows = shown_records(context, RecordType::dependabot_alert, context.repo());
  std::erase_if(rows, [&](const Shown& row) { return !dependabot_alert_fits(context, row); });
  sort_alerts(context, rows);
  return cursor_page(
      context, rows.size(), [&](std::size_t i) { return rows[i].row->number; },
      [&](JsonWriter& json, std::size_t i) { write_dependabot_alert(json, context, rows[i]); });
}

Reply get_dependabot_alert(Context& context) {
  if (context.role < model::Role::write) return errors::may_not_read("Dependabot alerts");
  const model::RecordPtr row = alert_at(context, RecordType::dependabot_alert);
  if (!row) return errors::not_found();
  return json_answer(200, [&](JsonWriter& json) { write_dependabot_alert(json, context, show(row)); });
}

constexpr Route kRoutes[] = {
    {.method = Method::get,
     .path = "/repos/{owner}/{repo}/code-scanning/alerts",
     .operation = "code-scanning/list-alerts-for-repo",
     .docs = "reference/code-scanning#list-code-scanning-alerts-for-a-repository",
     .tools = {"list_code_scanning_alerts"},
     .handle = list_code_alerts},
    {.method = Method::get,
     .path = "/repos/{owner}/{repo}/code-scanning/alerts/{alert_number}",
     .operation = "code-scanning/get-alert",
     .docs = "code-scanning/code-scanning#get-a-code-scanning-alert",
     .tools = {"get_code_scanning_alert"},
     .handle = get_code_alert},
    {.method = Method::get,
     .path = "/repos/{owner}/{repo}/secret-scanning/alerts",
     .operation = "secret-scanning/list-alerts-for-repo",
     .docs = "secret-scanning/secret-scanning#list-secret-scanning-alerts-for-a-repository",
     .tools = {"list_secret_scanning_alerts"},
     .handle = list_secret_alerts},
    {.method = Method::get,
     .path = "/repos/{owner}/{repo}/secret-scanning/alerts/{alert_number}",
     .operation = "secret-scanning/get-alert",
     .docs = "secret-scanning/secret-scanning#get-a-secret-scanning-alert",
     .tools = {"get_secret_scanning_alert"},
     .handle = get_secret_alert},
    {.method = Method::get,
     .path = "/repos/{owner}/{repo}/dependabot/alerts",
     .operation = "dependabot/list-alerts-for-repo",
     .docs = "dependabot/alerts#list-dependabot-alerts-for-a-repository",
     .tools = {"list_dependabot_alerts"},
     .handle = list_dependabot_alerts},
    {.method = Method::get,
     .path = "/repos/{owner}/{repo}/dependabot/alerts/{alert_number}",
     .operation = "dependabot/get-alert",
     .docs = "dependabot/alerts#get-a-dependabot-alert",
     .tools = {"get_dependabot_alert"},
     .handle = get_dependabot_alert},
};

}  // namespace

std::span<const Route> security_alert_routes() { return kRoutes; }

}  // namespace pome::twin::github::rest
