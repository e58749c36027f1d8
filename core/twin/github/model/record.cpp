#include "core/twin/github/model/record.h"

#include "core/base/text.h"
#include "core/twin/github/model/row_writer.h"
#include "core/twin/github/model/seed_builder.h"
#include "core/twin/github/model/store.h"

namespace pome::twin::github::model {
namespace {

/// Sorts by type, then number.
std::string name_of(RecordType type, Id number) {
  const std::string digits = text::cat(number);
  return text::cat(static_cast<Id>(type), "/", std::string(digits.size() < 10 ? 10 - digits.size() : 0, '0'), digits);
}

void write_record(JsonWriter& out, const World&, const Record& row) {
  out.field("number", row.number);
  times(out, row.created_at, row.updated_at);
  out.raw_field("facts", row.facts);
}

void export_all(JsonWriter& out, const World& world, RecordType type, Id scope) {
  for (const RecordPtr& row : records_of(world, type, scope)) {
    out.begin_object();
    write_record(out, world, *row);
    out.end_object();
  }
}

void seed_record(Seeding& seed, RecordType type, Id scope, const Node& node) {
  Record row;
  row.scope = scope;
  row.type = type;
  const std::vector<RecordPtr> known = records_of(seed.world, type, scope);
  row.number = node.positive("number").value_or(known.empty() ? 1 : known.back()->number + 1);
  if (find_record(seed.world, type, scope, row.number)) {
    return node.error_at("number", "duplicate", text::cat("The number ", row.number, " appears twice."));
  }
  row.facts = json::dump(node.value());
  row.created_at = node.instant("created_at").value_or(seed.world.epoch);
  row.updated_at = node.instant("updated_at").value_or(row.created_at);
  put(seed.action, std::move(row));
}

/// The lists of a repository and the members their elements may have.
struct AlertList {
  std::string_view key;
  RecordType type;
  std::string_view members;
};

}  // namespace

const RowKind Record::kind = row_kind<&World::records, write_record>("record");

NameKey Record::key() const { return {scope, name_of(type, number)}; }

RecordPtr find_record(const World& world, RecordType type, Id scope, Id number) {
  return world.records.get(NameKeyView{scope, name_of(type, number)});
}

std::vector<RecordPtr> records_of(const World& world, RecordType type, Id scope) {
  std::vector<RecordPtr> out;
  for (const auto& entry : rows_of(world.records, scope)) {
    if (entry.row->type == type) out.push_back(entry.row);
  }
  return out;
}

void export_code_scanning_alerts(JsonWriter& out, const World& world, const Repository& repo) {
  export_all(out, world, RecordType::code_scanning_alert, repo.id);
}
void export_secret_scanning_alerts(JsonWriter& out, const World& world, const Repository& repo) {
  export_all(out, world, RecordType::secret_scanning_alert, repo.id);
}
void export_dependabot_alerts(JsonWriter& out, const World& world, const Repository& repo) {
  export_all(out, world, RecordType::dependabot_alert, repo.id);
}
void export_repository_advisories(JsonWriter& out, const World& world, const Repository& repo) {
  export_all(out, world, RecordType::repository_advisory, repo.id);
}
void export_global_advisories(JsonWriter& out, const World& world) {
  export_all(out, world, RecordType::global_advisory, 0);
}
void export_projects(JsonWriter& out, const World& world) {
  for (const auto& entry : world.records) {
    if (entry.row->type != RecordType::project) continue;
    out.begin_object();
    write_record(out, world, *entry.row);
    out.end_object();
  }
}

void seed_alerts(Seeding& seed, const Repository& repo, const Node& node) {
  const AlertList lists[] = {
      {"code_scanning_alerts", RecordType::code_scanning_alert,
       "number state rule tool severity security_severity_level description ref path line message dismissed_by "
       "dismissed_reason dismissed_comment dismissed_at fixed_at assignees created_at updated_at"},
      {"secret_scanning_alerts", RecordType::secret_scanning_alert,
       "number state secret_type secret provider resolution resolved_by resolved_at resolution_comment validity "
       "publicly_leaked multi_repo push_protection_bypassed assigned_to path created_at updated_at"},
      {"dependabot_alerts", RecordType::dependabot_alert,
       "number state package ecosystem manifest_path scope relationship ghsa_id cve_id summary description severity "
       "classification vulnerable_version_range first_patched_version epss_percentage assignees dismissed_by "
       "dismissed_reason dismissed_comment dismissed_at fixed_at created_at updated_at"},
      {"security_advisories", RecordType::repository_advisory,
       "number ghsa_id cve_id summary description severity state author package ecosystem vulnerable_version_range "
       "patched_versions cwe_ids published_at closed_at created_at updated_at"},
  };
  for (const AlertList& list : lists) {
    node.each(list.key, [&](const Node& entry) {
      if (entry.is_object(list.members)) seed_record(seed, list.type, repo.id, entry);
    });
  }
}

void seed_advisories(Seeding& seed, const Node& root) {
  root.each("advisories", [&](const Node& entry) {
    if (!entry.is_object("ghsa_id cve_id summary description type severity package ecosystem vulnerable_version_range "
                         "first_patched_version cwe_ids epss_percentage epss_percentile published_at withdrawn_at "
                         "created_at updated_at"))
      return;
    if (!entry.required_text("ghsa_id").empty()) seed_record(seed, RecordType::global_advisory, 0, entry);
  });
}

void seed_projects(Seeding& seed, const Node& root) {
  root.each("projects", [&](const Node& entry) {
    if (!entry.is_object(
            "organization number title description readme public closed creator fields items created_at updated_at"))
      return;
    const std::string organization = entry.required_text("organization");
    entry.required_text("title");
    if (organization.empty()) return;
    const UserPtr owner = find_user(seed.world, organization);
    if (!owner || owner->type != UserType::organization) {
      return entry.error_at("organization", "unknown-organization",
                            text::cat("\"", organization, "\" is no organization."));
    }
    seed_record(seed, RecordType::project, owner->id, entry);
  });
}

}  // namespace pome::twin::github::model
