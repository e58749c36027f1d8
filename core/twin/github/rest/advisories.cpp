#include <algorithm>
#include <utility>

#include "core/base/sort.h"
#include "core/base/time.h"
#include "core/twin/github/rest/records.h"
#include "core/twin/github/rest/routes.h"

/// Security advisories: GitHub's global database and those of repositories.
namespace pome::twin::github::rest {

namespace {

using model::RecordType;

model::Time time_of(const Shown& shown, std::string_view name, model::Time otherwise) {
  return time::parse_iso8601(shown.text(name)).value_or(otherwise);
}

void write_vulnerability(JsonWriter& json, const Shown& advisory, std::string_view patched) {
  json.begin_object().key("package").begin_object().field("ecosystem", advisory.text("ecosystem", "npm"));
  json.field("name", advisory.facts().text("package")).end_object();
  text_or_null(json, advisory, "vulnerable_version_range");
  text_or_null(json, advisory, patched);
  json.raw_field("vulnerable_functions", "[]").end_object();
}

/// What the advisories of both kinds share.
void write_head(JsonWriter& json, const Shown& advisory) {
  json.field("ghsa_id", advisory.text("ghsa_id"));
  text_or_null(json, advisory, "cve_id");
  json.field("summary", advisory.text("summary")).field("description", advisory.facts().text("description"));
  json.field("severity", advisory.text("severity", "medium"));
  write_identifiers(json, advisory);
  write_scores(json, advisory);
  write_cwes(json, advisory);
}

void write_global(JsonWriter& json, const Context& context, const Shown& advisory) {
  const std::string id = advisory.text("ghsa_id");
  json.begin_object();
  write_head(json, advisory);
  link(json, "url", context.call.base_url, "/advisories/", id);
  link(json, "html_url", kWeb, "/advisories/", id);
  json.null_field("repository_advisory_url").field("type", advisory.text("type", "reviewed"));
  json.null_field("source_code_location").key("references").begin_array();
  json.value(text::cat(kWeb, "/advisories/", id)).end_array();
  write_time(json, "published_at", time_of(advisory, "published_at", advisory.row->created_at));
  write_time(json, "updated_at", advisory.row->updated_at);
  write_time(json, "github_reviewed_at", time_of(advisory, "published_at", advisory.row->created_at));
  json.null_field("nvd_published_at");
  text_or_null(json, advisory, "withdrawn_at");
  json.key("vulnerabilities").begin_array();
  write_vulnerability(json, advisory, "first_patched_version");
  json.end_array();
  if (advisory.facts().sent("epss_percentage")) {
    json.key("epss").begin_object().raw_field("percentage", advisory.facts().json("epss_percentage"));
    json.raw_field("percentile", advisory.facts().sent("epss_percentile") ? advisory.facts().json("epss_percentile")
                                                                          : std::string("0.0"));
    json.end_object();
  }
  json.raw_field("credits", "[]").end_object();
}

/// "left-pad" or "left-pad@1.3.0" names the package.
bool affects(const Context& context, const Shown& advisory) {
  const std::vector<std::string_view> wanted = comma_list(context, "affects");
  const std::string package = advisory.text("package");
  return wanted.empty() || std::any_of(wanted.begin(), wanted.end(), [&](std::string_view entry) {
           const std::size_t version = entry.rfind('@');
           const std::string_view name = version == 0 ? entry : entry.substr(0, version);
           return text::equals_ignore_case(name, package);
         });
}

bool has_weakness(const Context& context, const Shown& advisory) {
  const std::vector<std::string_view> wanted = comma_list(context, "cwes");
  const std::vector<std::string> known = advisory.facts().texts("cwe_ids");
  return wanted.empty() || std::any_of(wanted.begin(), wanted.end(), [&](std::string_view entry) {
           const std::string full =
               text::starts_with_ignore_case(entry, "CWE-") ? std::string(entry) : text::cat("CWE-", entry);
           return std::find(known.begin(), known.end(), full) != known.end();
         });
}

bool global_fits(const Context& context, std::string_view type, const Shown& advisory) {
  const model::Time published = time_of(advisory, "published_at", advisory.row->created_at);
  const bool modified =
      date_fits(context, "modified", published) || date_fits(context, "modified", advisory.row->updated_at);
  return advisory.text("type", "reviewed") == type && text_fits(context, "ghsa_id", advisory.text("ghsa_id")) &&
         text_fits(context, "cve_id", advisory.text("cve_id")) &&
         text_fits(context, "ecosystem", advisory.text("ecosystem", "npm")) &&
         text_fits(context, "severity", advisory.text("severity", "medium")) &&
         flag(context, "is_withdrawn").value_or(false) == advisory.facts().text("withdrawn_at").has_value() &&
         has_weakness(context, advisory) && affects(context, advisory) && modified &&
         date_fits(context, "published", published) && date_fits(context, "updated", advisory.row->updated_at) &&
         number_fits(context, "epss_percentage", millionths(advisory.facts().json("epss_percentage"))) &&
         number_fits(context, "epss_percentile", millionths(advisory.facts().json("epss_percentile")));
}

/// Sorted by what the parameters name: the highest first unless told.
void sort_advisories(const Context& context, std::string_view sort, std::vector<Shown>& rows) {
  const bool ascending = lenient_choice(context, "direction", {"desc", "asc"}) == "asc";
  const auto rank = [&](const Shown& shown) -> std::int64_t {
    if (sort == "epss_percentage" || sort == "epss_percentile") return millionths(shown.facts().json(sort));
    if (sort == "published") return time_of(shown, "published_at", shown.row->created_at);
    return sort == "updated" ? shown.row->updated_at : shown.row->created_at;
  };
  sort_stably(rows, [&](const Shown& a, const Shown& b) { return ascending ? rank(a) < rank(b) : rank(b) < rank(a); });
}

Reply list_global(Context& context) {
  const std::string_view type = lenient_choice(context, "type", {"reviewed", "malware", "unreviewed"});
  const std::string_view sort =
      lenient_choice(context, "sort", {"published", "updated", "epss_percentage", "epss_percentile"});
  std::vector<Shown> rows = shown_records(context, RecordType::global_advisory, 0);
  std::erase_if(rows, [&](const Shown& row) { return !global_fits(context, type, row); });
  sort_advisories(context, sort, rows);
  return cursor_page(
      context, rows.size(), [&](std::size_t i) { return rows[i].row->number; },
      [&](JsonWriter& json, std::size_t i) { write_global(json, context, rows[i]); });
}

Reply get_global(Context& context) {
  for (const Shown& row : shown_records(context, RecordType::global_advisory, 0)) {
    if (!text::equals_ignore_case(row.text("ghsa_id"), context.path[0])) continue;
    return json_answer(200, [&](JsonWriter& json) { write_global(json, context, row); });
  }
  return errors::not_found();
}

void write_of_repository(JsonWriter& json, const Context& context, const Shown& advisory) {
  const model::RepositoryPtr repository = context.world.repositories_by_id.get(advisory.row->scope);
  const std::string id = advisory.text("ghsa_id");
  const std::string author = advisory.text("author");
  const std::string state = advisory.text("state", "draft");
  json.begin_object();
  write_head(json, advisory);
  texts_member(json, "cwe_ids", advisory.facts().texts("cwe_ids"));
  link(json, "url", api_url(context, *repository), "/security-advisories/", id);
  link(json, "html_url", web_url(*repository), "/security/advisories/", id);
  write_user_or_null(json, context, "author", author);
  write_user_or_null(json, context, "publisher", state == "published" ? author : std::string());
  json.field("state", state);
  write_time(json, "created_at", advisory.row->created_at);
  write_time(json, "updated_at", advisory.row->updated_at);
  text_or_null(json, advisory, "published_at");
  text_or_null(json, advisory, "closed_at");
  json.null_field("withdrawn_at").null_field("submission").key("vulnerabilities").begin_array();
  write_vulnerability(json, advisory, "patched_versions");
  json.end_array().raw_field("credits", "[]").raw_field("credits_detailed", "[]");
  json.raw_field("collaborating_users", "[]").raw_field("collaborating_teams", "[]").null_field("private_fork");
  json.end_object();
}

/// Published ones are for every reader of the repository, the others for its administrators.
void add_visible(const Context& context, const model::Repository& repository, std::vector<Shown>& rows) {
  const model::Role role = model::permission_of(context.world, repository.id, context.call.login);
  for (Shown& row : shown_records(context, RecordType::repository_advisory, repository.id)) {
    const std::string state = row.text("state", "draft");
    const bool visible = role == model::Role::admin || (role != model::Role::none && state == "published");
    if (visible && text_fits(context, "state", state)) rows.push_back(std::move(row));
  }
}

Reply advisory_page(const Context& context, std::vector<Shown> rows) {
  sort_advisories(context, lenient_choice(context, "sort", {"created", "updated", "published"}), rows);
  return cursor_page(
      context, rows.size(), [&](std::size_t i) { return rows[i].row->scope * 1000 + rows[i].row->number; },
      [&](JsonWriter& json, std::size_t i) { write_of_repository(json, context, rows[i]); });
}

Reply list_of_repository(Context& context) {
  std::vector<Shown> rows;
  add_visible(context, *context.repository, rows);
  return advisory_page(context, std::move(rows));
}

Reply list_of_organization(Context& context) {
  const model::UserPtr organization = organization_at(context);
  if (!organization) return errors::not_found();
  std::vector<Shown> rows;
  for (const auto& row : model::visible_repositories(context.world, context.call.login, organization->login)) {
    add_visible(context, *row, rows);
  }
  return advisory_page(context, std::move(rows));
}

constexpr Route kRoutes[] = {
    {.method = Method::get,
     .path = "/advisories",
     .operation = "security-advisories/list-global-advisories",
     .docs = "security-advisories/global-advisories#list-global-security-advisories",
     .access = Access::account,
     .tools = {"list_global_security_advisories"},
     .handle = list_global},
    {.method = Method::get,
     .path = "/advisories/{ghsa_id}",
     .operation = "security-advisories/get-global-advisory",
     .docs = "security-advisories/global-advisories#get-a-global-security-advisory",
     .access = Access::account,
     .tools = {"get_global_security_advisory"},
     .handle = get_global},
    {.method = Method::get,
     .path = "/repos/{owner}/{repo}/security-advisories",
     .operation = "security-advisories/list-repository-advisories",
     .docs = "security-advisories/repository-advisories#list-repository-security-advisories",
     .tools = {"list_repository_security_advisories"},
     .handle = list_of_repository},
    {.method = Method::get,
     .path = "/orgs/{org}/security-advisories",
     .operation = "security-advisories/list-org-repository-advisories",
     .docs = "security-advisories/repository-advisories#list-repository-security-advisories-for-an-organization",
     .access = Access::account,
     .tools = {"list_org_repository_security_advisories"},
     .handle = list_of_organization},
};

}  // namespace

std::span<const Route> advisory_routes() { return kRoutes; }

}  // namespace pome::twin::github::rest
