#include "core/twin/github/model/row_writer.h"

#include "core/base/time.h"

namespace pome::twin::github::model {

void time_field(JsonWriter& out, std::string_view name, std::optional<Time> at) {
  out.key(name);
  if (at) {
    out.value(time::iso8601(*at));
  } else {
    out.null();
  }
}

void times(JsonWriter& out, Time created_at, Time updated_at) {
  time_field(out, "created_at", created_at);
  time_field(out, "updated_at", updated_at);
}

void list_field(JsonWriter& out, std::string_view name, const std::vector<std::string>& list) {
  out.key(name).begin_array();
  for (const std::string& item : list) out.value(item);
  out.end_array();
}

void export_row(JsonWriter& out, const World& world, Id repo, const RowKind& kind, const void* row) {
  out.begin_object().field("repo_id", repo);
  kind.write(out, world, row, Aspect::row);
  out.end_object();
}

}  // namespace pome::twin::github::model
