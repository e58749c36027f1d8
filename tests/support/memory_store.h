#pragma once
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "core/control/store.h"

namespace pome::test {

/// Rows in memory. `failing` makes every write fail, as a full disk would.
class MemoryStore : public control::Store {
 public:
  Result<void> put_team(const control::Team& row) override { return put(teams, row); }
  Result<std::optional<control::Team>> team(std::string_view id) override { return get(teams, id); }
  Result<void> put_key(const control::ApiKey& row) override { return put(api_keys, row); }
  Result<std::optional<control::ApiKey>> key_by_hash(std::string_view hash) override {
    for (const auto& [id, row] : api_keys) {
      if (row.hash == hash) return std::optional<control::ApiKey>(row);
    }
    return std::optional<control::ApiKey>();
  }
  Result<std::vector<control::ApiKey>> keys() override {
    std::vector<control::ApiKey> rows;
    for (const auto& [id, row] : api_keys) rows.push_back(row);
    return rows;
  }

  Result<void> put_session(const control::SessionRow& row) override {
    const bool added = !session_rows.contains(row.id);
    POME_CHECK(put(session_rows, row));
    if (added) session_order.push_back(row.id);
    return {};
  }
  Result<std::optional<control::SessionRow>> session(std::string_view id) override { return get(session_rows, id); }
  Result<std::vector<control::SessionRow>> sessions(std::string_view team_id, std::size_t limit) override {
    return newest(session_rows, session_order, team_id, limit);
  }
  Result<std::int64_t> sessions_created_since(std::string_view team_id, std::int64_t epoch_seconds) override {
    std::int64_t count = 0;
    for (const auto& [id, row] : session_rows) {
      if (row.team_id == team_id && row.created_at >= epoch_seconds) ++count;
    }
    return count;
  }

  Result<void> put_run(const control::RunRow& row, const control::Blobs& documents) override {
    if (failing) return fail("store", "The disk is full.");
    run_order.push_back(row.id);
    blobs[row.id] = {documents.begin(), documents.end()};
    return put(run_rows, row);
  }
  Result<std::optional<control::RunRow>> run(std::string_view id) override { return get(run_rows, id); }
  Result<std::optional<control::RunRow>> run_of_session(std::string_view session_id) override {
    for (const auto& [id, row] : run_rows) {
      if (row.session_id == session_id) return std::optional<control::RunRow>(row);
    }
    return std::optional<control::RunRow>();
  }
  Result<std::vector<control::RunRow>> runs(std::string_view team_id, std::size_t limit) override {
    return newest(run_rows, run_order, team_id, limit);
  }
  Result<std::optional<std::string>> run_blob(std::string_view run_id, std::string_view name) override {
    const auto run = blobs.find(run_id);
    if (run == blobs.end()) return std::optional<std::string>();
    const auto blob = run->second.find(name);
    if (blob == run->second.end()) return std::optional<std::string>();
    return std::optional<std::string>(blob->second);
  }

  Result<std::vector<std::string>> run_blob_names(std::string_view run_id) override {
    std::vector<std::string> names;
    if (const auto run = blobs.find(run_id); run != blobs.end()) {
      for (const auto& [name, content] : run->second) names.push_back(name);
    }
    return names;
  }

  bool failing = false;
  std::map<std::string, control::Team, std::less<>> teams;
  std::map<std::string, control::ApiKey, std::less<>> api_keys;
  std::map<std::string, control::SessionRow, std::less<>> session_rows;
  std::map<std::string, control::RunRow, std::less<>> run_rows;
  std::map<std::string, std::map<std::string, std::string, std::less<>>, std::less<>> blobs;
  std::vector<std::string> session_order;
  std::vector<std::string> run_order;

 private:
  template <class Rows, class Row>
  Result<void> put(Rows& rows, const Row& row) {
    if (failing) return fail("store", "The disk is full.");
    rows[row.id] = row;
    return {};
  }
  template <class Row>
  static Result<std::optional<Row>> get(const std::map<std::string, Row, std::less<>>& rows, std::string_view id) {
    const auto found = rows.find(id);
    if (found == rows.end()) return std::optional<Row>();
    return std::optional<Row>(found->second);
  }
  template <class Row>
  static Result<std::vector<Row>> newest(const std::map<std::string, Row, std::less<>>& rows,
                                         const std::vector<std::string>& order, std::string_view team_id,
                                         std::size_t limit) {
    std::vector<Row> found;
    for (auto id = order.rbegin(); id != order.rend() && found.size() < limit; ++id) {
      const Row& row = rows.at(*id);
      if (row.team_id == team_id) found.push_back(row);
    }
    return found;
  }
};

}  // namespace pome::test
