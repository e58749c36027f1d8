#pragma once
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/twin/github/model/row.h"

/// What the twin only shows: alerts, advisories and projects, as the seed describes them.
namespace pome::twin::github::model {

enum class RecordType {
  code_scanning_alert,
  secret_scanning_alert,
  dependabot_alert,
  repository_advisory,
  global_advisory,
  project,
};

struct Record {
  Id scope = 0;  ///< repository; of a project its organization's user id; 0 for global advisories
  RecordType type = RecordType::project;
  Id number = 0;      ///< counts from 1 within scope and type, unless the seed numbers
  std::string facts;  ///< the seed's object, as JSON
  Time created_at = 0;
  Time updated_at = 0;

  NameKey key() const;
  static const RowKind kind;
};
using RecordPtr = std::shared_ptr<const Record>;

RecordPtr find_record(const World& world, RecordType type, Id scope, Id number);
/// By number.
std::vector<RecordPtr> records_of(const World& world, RecordType type, Id scope);

void export_code_scanning_alerts(JsonWriter& out, const World& world, const Repository& repo);
void export_secret_scanning_alerts(JsonWriter& out, const World& world, const Repository& repo);
void export_dependabot_alerts(JsonWriter& out, const World& world, const Repository& repo);
void export_repository_advisories(JsonWriter& out, const World& world, const Repository& repo);
void export_global_advisories(JsonWriter& out, const World& world);
void export_projects(JsonWriter& out, const World& world);

/// Seed: a repository's alerts and advisories; the root's "advisories" and "projects".
void seed_alerts(Seeding& seed, const Repository& repo, const Node& node);
void seed_advisories(Seeding& seed, const Node& root);
void seed_projects(Seeding& seed, const Node& root);

}  // namespace pome::twin::github::model
