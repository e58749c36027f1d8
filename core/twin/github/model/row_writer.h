#pragma once
#include <optional>
#include <string_view>

#include "core/base/json_writer.h"
#include "core/twin/github/model/world.h"

/// Members that rows share in the state export and in the recorder's deltas. Internal to the model.
namespace pome::twin::github::model {

/// A time as ISO 8601, or null.
void time_field(JsonWriter& out, std::string_view name, std::optional<Time> at);
/// "created_at" and "updated_at".
void times(JsonWriter& out, Time created_at, Time updated_at);
/// A list of strings.
void list_field(JsonWriter& out, std::string_view name, const std::vector<std::string>& list);

/// One object of the state export: "repo_id" and what the kind writes.
void export_row(JsonWriter& out, const World& world, Id repo, const RowKind& kind, const void* row);
/// The rows that a table holds of one repository, as `export_row` writes them.
template <class Rows>
void export_rows(JsonWriter& out, const World& world, Id repo, const Rows& table) {
  for (const auto& entry : rows_of(table, repo)) export_row(out, world, repo, Rows::RowType::kind, entry.row.get());
}

/// Zero and "" mean "none" in rows; documents say null.
inline std::optional<Id> or_null(Id id) { return id == 0 ? std::nullopt : std::optional(id); }
inline std::optional<std::string_view> or_null(std::string_view text) {
  return text.empty() ? std::nullopt : std::optional(text);
}

}  // namespace pome::twin::github::model
