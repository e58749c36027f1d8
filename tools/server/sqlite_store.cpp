#include "tools/server/sqlite_store.h"

#include <algorithm>
#include <filesystem>
#include <set>
#include <utility>

#include "core/base/text.h"
#include "tools/server/sqlite.h"
#include "tools/system/files.h"

namespace pome::server {
namespace {

using control::ApiKey;
using control::RunRow;
using control::SessionRow;
using control::Team;

constexpr std::int64_t kSchemaVersion = 1;
constexpr const char* kPragmas = "pragma journal_mode = wal; pragma synchronous = normal;";
constexpr const char* kSchema = R"sql(
  begin immediate;
  create table if not exists teams (id text primary key, slug text, plan_tier text, monthly_quota integer);
  create table if not exists keys (id text primary key, team_id text, name text, hash text unique, created_at integer,
    revoked integer);
  create table if not exists sessions (id text primary key, team_id text, state text, twins text, scenario_source text,
    seed text, created_at integer, expires_at integer, closed_at integer);
  create index if not exists sessions_by_team on sessions (team_id, created_at);
  create table if not exists runs (id text primary key, session_id text, team_id text, scenario_name text, title text,
    created_at integer, duration_ms integer, stop_reason text, local_score integer, server_score integer, status text,
    mismatch integer, folder text);
  create index if not exists runs_by_team on runs (team_id, created_at);
  create index if not exists runs_by_session on runs (session_id);
  pragma user_version = 1;
  commit;
)sql";

Team read_team(const Statement& row) { return Team{row.text(0), row.text(1), row.text(2), row.integer(3)}; }

ApiKey read_key(const Statement& row) {
  return ApiKey{row.text(0), row.text(1), row.text(2), row.text(3), row.integer(4), row.integer(5) != 0};
}

SessionRow read_session(const Statement& row) {
  return SessionRow{row.text(0),    row.text(1),    row.text(2),
                    row.text(3),    row.text(4),    row.text(5),
                    row.integer(6), row.integer(7), row.optional_integer(8)};
}

RunRow read_run(const Statement& row) {
  return RunRow{row.text(0),    row.text(1),  row.text(2),
                row.text(3),    row.text(4),  row.integer(5),
                row.integer(6), row.text(7),  row.optional_integer(8),
                row.integer(9), row.text(10), row.integer(11) != 0};
}

template <class Row>
Result<std::vector<Row>> all(Statement statement, Row (*read)(const Statement&)) {
  std::vector<Row> rows;
  for (;;) {
    POME_TRY(const bool more, statement.step());
    if (!more) return rows;
    rows.push_back(read(statement));
  }
}

template <class Row>
Result<std::optional<Row>> first(Statement statement, Row (*read)(const Statement&)) {
  POME_TRY(const bool found, statement.step());
  if (!found) return std::optional<Row>();
  return std::optional<Row>(read(statement));
}

/// Ids and names become path parts; anything else than these characters has no business there.
bool is_safe_name(std::string_view name) {
  if (name.empty() || name.front() == '.' || name.size() > 128) return false;
  for (const char c : name) {
    if (!text::is_alpha(c) && !text::is_digit(c) && c != '_' && c != '-' && c != '.') return false;
  }
  return true;
}

}  // namespace

struct SqliteStore::State {
  std::unique_ptr<Database> database;
  std::string blobs;      // folder
  system::FileLock lock;  // shared by every process that uses the data, see remove_orphans()

  Result<void> open_schema() {
    POME_CHECK(database->execute(kPragmas));
    POME_TRY(auto statement, database->prepare("pragma user_version"));
    POME_CHECK(statement.step());
    if (statement.integer(0) > kSchemaVersion) {
      return fail("store",
                  "The data was written by a newer version of Pome. Update Pome, or name another --data folder.");
    }
    if (statement.integer(0) == kSchemaVersion) return {};
    return database->execute(kSchema);
  }

  /// Removes the documents of runs that never got their row: the process died between the two. Another process may be
  /// just there, so this happens only when there is none.
  Result<void> remove_orphans() {
    if (!lock.try_exclusive()) return {};
    std::set<std::string> known;
    POME_TRY(auto statement, database->prepare("select folder from runs"));
    for (;;) {
      POME_TRY(const bool more, statement.step());
      if (!more) break;
      known.insert(statement.text(0));
    }
    std::error_code error;
    for (const auto& entry : std::filesystem::directory_iterator(blobs, error)) {
      std::error_code ignored;  // what cannot be removed now is tried again at the next start
      if (known.count(entry.path().filename().string()) == 0) std::filesystem::remove_all(entry.path(), ignored);
    }
    lock.shared();
    return {};
  }

  Result<std::string> folder_of_run(std::string_view id) {
    POME_TRY(auto statement, database->prepare("select folder from runs where id = ?"));
    statement.bind(id);
    POME_TRY(const bool found, statement.step());
    return found ? statement.text(0) : std::string();
  }

  Result<void> put_row(const RunRow& row, const std::string& folder) {
    POME_TRY(auto statement, database->prepare("insert or replace into runs values (?,?,?,?,?,?,?,?,?,?,?,?,?)"));
    statement.bind(row.id).bind(row.session_id).bind(row.team_id).bind(row.scenario_name).bind(row.title);
    statement.bind(row.created_at).bind(row.duration_ms).bind(row.stop_reason).bind(row.local_score);
    statement.bind(row.server_score).bind(row.status).bind(std::int64_t{row.mismatch}).bind(folder);
    return statement.run();
  }

  /// What cannot be removed now is removed at the next start, as a folder without a row.
  void remove_blobs(const std::string& folder) const {
    std::error_code ignored;
    if (!folder.empty()) std::filesystem::remove_all(text::cat(blobs, "/", folder), ignored);
  }

  /// The documents, durable, in a new folder below `blobs`; answers its name.
  Result<std::string> write_blobs(const std::string& run_id, const control::Blobs& documents) {
    std::string name = run_id;
    for (int attempt = 2; std::filesystem::exists(text::cat(blobs, "/", name)); ++attempt) {
      name = text::cat(run_id, ".", attempt);
    }
    const std::string folder = text::cat(blobs, "/", name);
    if (const auto filled = fill(folder, documents); !filled) {
      remove_blobs(name);
      return filled.error();
    }
    return name;
  }

  Result<void> fill(const std::string& folder, const control::Blobs& documents) {
    POME_CHECK(system::make_folder(folder));
    for (const auto& [file, content] : documents) {
      if (!is_safe_name(file)) return fail("store", "A document's name cannot name a file.", file);
      POME_CHECK(system::write_new_file(text::cat(folder, "/", file), content));
    }
    POME_CHECK(system::sync_folder(folder));
    return system::sync_folder(blobs);
  }
};

SqliteStore::SqliteStore(std::unique_ptr<State> state) : state_(std::move(state)) {}
SqliteStore::~SqliteStore() = default;

Result<std::unique_ptr<SqliteStore>> SqliteStore::open(const std::string& folder) {
  auto state = std::make_unique<State>();
  state->blobs = folder + "/blobs";
  POME_CHECK(system::make_folder(folder));
  POME_CHECK(system::make_folder(state->blobs));
  POME_TRY(state->database, Database::open(folder + "/pome.db"));
  POME_CHECK(state->lock.open(folder + "/lock"));
  POME_CHECK(state->open_schema());
  POME_CHECK(state->remove_orphans());
  return std::unique_ptr<SqliteStore>(new SqliteStore(std::move(state)));
}

Result<void> SqliteStore::put_team(const Team& team) {
  POME_TRY(auto statement, state_->database->prepare("insert or replace into teams values (?,?,?,?)"));
  return statement.bind(team.id).bind(team.slug).bind(team.plan_tier).bind(team.monthly_quota).run();
}

Result<std::optional<Team>> SqliteStore::team(std::string_view id) {
  POME_TRY(auto statement, state_->database->prepare("select * from teams where id = ?"));
  statement.bind(id);
  return first(std::move(statement), read_team);
}

Result<void> SqliteStore::put_key(const ApiKey& key) {
  POME_TRY(auto statement, state_->database->prepare("insert or replace into keys values (?,?,?,?,?,?)"));
  statement.bind(key.id).bind(key.team_id).bind(key.name).bind(key.hash).bind(key.created_at);
  return statement.bind(std::int64_t{key.revoked}).run();
}

Result<std::optional<ApiKey>> SqliteStore::key_by_hash(std::string_view hash) {
  POME_TRY(auto statement, state_->database->prepare("select * from keys where hash = ?"));
  statement.bind(hash);
  return first(std::move(statement), read_key);
}

Result<std::vector<ApiKey>> SqliteStore::keys() {
  POME_TRY(auto statement, state_->database->prepare("select * from keys order by created_at, id"));
  return all(std::move(statement), read_key);
}

Result<void> SqliteStore::put_session(const SessionRow& row) {
  POME_TRY(auto statement,
           state_->database->prepare(
               "insert into sessions values (?,?,?,?,?,?,?,?,?) on conflict (id) do update set "
               "state = excluded.state, expires_at = excluded.expires_at, closed_at = excluded.closed_at, "
               "scenario_source = excluded.scenario_source, seed = excluded.seed"));
  statement.bind(row.id).bind(row.team_id).bind(row.state).bind(row.twins).bind(row.scenario_source).bind(row.seed);
  return statement.bind(row.created_at).bind(row.expires_at).bind(row.closed_at).run();
}

Result<std::optional<SessionRow>> SqliteStore::session(std::string_view id) {
  POME_TRY(auto statement, state_->database->prepare("select * from sessions where id = ?"));
  statement.bind(id);
  return first(std::move(statement), read_session);
}

Result<std::vector<SessionRow>> SqliteStore::sessions(std::string_view team_id, std::size_t limit) {
  POME_TRY(auto statement,
           state_->database->prepare(
               "select * from sessions where team_id = ? order by created_at desc, rowid desc limit ?"));
  statement.bind(team_id).bind(static_cast<std::int64_t>(limit));
  return all(std::move(statement), read_session);
}

Result<std::int64_t> SqliteStore::sessions_created_since(std::string_view team_id, std::int64_t epoch_seconds) {
  POME_TRY(auto statement,
           state_->database->prepare("select count(*) from sessions where team_id = ? and created_at >= ?"));
  statement.bind(team_id).bind(epoch_seconds);
  POME_CHECK(statement.step());
  return statement.integer(0);
}

Result<void> SqliteStore::put_run(const RunRow& row, const control::Blobs& blobs) {
  if (!is_safe_name(row.id)) return fail("store", "The run's id cannot name a folder.", row.id);
  POME_TRY(const std::string previous, state_->folder_of_run(row.id));
  POME_TRY(const std::string folder, state_->write_blobs(row.id, blobs));
  const Result<void> put = state_->put_row(row, folder);
  state_->remove_blobs(put ? previous : folder);
  return put;
}

Result<std::optional<RunRow>> SqliteStore::run(std::string_view id) {
  POME_TRY(auto statement, state_->database->prepare("select * from runs where id = ?"));
  statement.bind(id);
  return first(std::move(statement), read_run);
}

Result<std::optional<RunRow>> SqliteStore::run_of_session(std::string_view session_id) {
  POME_TRY(auto statement, state_->database->prepare("select * from runs where session_id = ?"));
  statement.bind(session_id);
  return first(std::move(statement), read_run);
}

Result<std::vector<RunRow>> SqliteStore::runs(std::string_view team_id, std::size_t limit) {
  POME_TRY(auto statement, state_->database->prepare(
                               "select * from runs where team_id = ? order by created_at desc, rowid desc limit ?"));
  statement.bind(team_id).bind(static_cast<std::int64_t>(limit));
  return all(std::move(statement), read_run);
}

Result<std::optional<std::string>> SqliteStore::run_blob(std::string_view run_id, std::string_view name) {
  if (!is_safe_name(name)) return std::optional<std::string>();
  POME_TRY(const std::string folder, state_->folder_of_run(run_id));
  if (folder.empty()) return std::optional<std::string>();
  auto content = system::read_file(text::cat(state_->blobs, "/", folder, "/", name));
  if (!content && content.error().code == "no-file") return std::optional<std::string>();
  if (!content) return content.error();
  return std::optional<std::string>(std::move(content).value());
}

Result<std::vector<std::string>> SqliteStore::run_blob_names(std::string_view run_id) {
  POME_TRY(const std::string folder, state_->folder_of_run(run_id));
  std::vector<std::string> names;
  if (folder.empty()) return names;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(text::cat(state_->blobs, "/", folder), error)) {
    names.push_back(entry.path().filename().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace pome::server
