#pragma once
#include <memory>
#include <string>

#include "core/control/store.h"

namespace pome::server {

/// The control plane's rows in `<folder>/pome.db` (SQLite, write-ahead log) and each run's documents in a folder of
/// their own below `<folder>/blobs/`. The documents are on disk before the row that names their folder is committed, so
/// row and documents appear together or not at all; folders no row names are removed at the next start.
/// Several processes may share the data. Not synchronised: one thread at a time. Fails with `store` or `file`,
/// the message saying what could not be done.
class SqliteStore : public control::Store {
 public:
  static Result<std::unique_ptr<SqliteStore>> open(const std::string& folder);
  ~SqliteStore() override;

  Result<void> put_team(const control::Team& team) override;
  Result<std::optional<control::Team>> team(std::string_view id) override;
  Result<void> put_key(const control::ApiKey& key) override;
  Result<std::optional<control::ApiKey>> key_by_hash(std::string_view hash) override;
  Result<std::vector<control::ApiKey>> keys() override;
  Result<void> put_session(const control::SessionRow& row) override;
  Result<std::optional<control::SessionRow>> session(std::string_view id) override;
  Result<std::vector<control::SessionRow>> sessions(std::string_view team_id, std::size_t limit) override;
  Result<std::int64_t> sessions_created_since(std::string_view team_id, std::int64_t epoch_seconds) override;
  Result<void> put_run(const control::RunRow& row, const control::Blobs& blobs) override;
  Result<std::optional<control::RunRow>> run(std::string_view id) override;
  Result<std::optional<control::RunRow>> run_of_session(std::string_view session_id) override;
  Result<std::vector<control::RunRow>> runs(std::string_view team_id, std::size_t limit) override;
  Result<std::optional<std::string>> run_blob(std::string_view run_id, std::string_view name) override;
  Result<std::vector<std::string>> run_blob_names(std::string_view run_id) override;

 private:
  struct State;
  explicit SqliteStore(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace pome::server
