#include "core/criteria/changes.h"
#include "core/base/json_writer.h"
#include "core/base/pointer.h"
#include "core/judge/compact.h"

namespace pome::judge {
namespace {

using criteria::Change;

constexpr std::size_t kMaxChanges = 80;
constexpr std::size_t kMaxTotal = 20'000;
constexpr std::size_t kMaxValue = 1'500;

void write_value(JsonWriter& writer, std::string_view name, const Json& state, std::string_view at) {
  const Json* value = pointer::resolve(state, at);
  writer.raw_field(name, value == nullptr ? "null" : compact(*value, kMaxValue));
}

std::string entry(const Change& change, const Json& before, const Json& after) {
  std::string out;
  JsonWriter writer(out);
  writer.begin_object().field("what", cut(criteria::describe(change), kMaxValue));
  if (!change.repo.empty()) writer.field("repository", change.repo);
  if (change.kind != Change::Kind::added) write_value(writer, "before", before, change.before);
  if (change.kind != Change::Kind::removed) write_value(writer, "after", after, change.after);
  writer.end_object();
  return out;
}

}  // namespace

Digest state_changes(const Json& before, const Json& after) {
  Digest digest;
  std::size_t bytes = 0;
  for (const Change& change : criteria::changes_between(before, after)) {
    if (change.derived) continue;
    if (digest.entries.size() == kMaxChanges || bytes >= kMaxTotal) {
      ++digest.left_out;
      continue;
    }
    digest.entries.push_back(entry(change, before, after));
    bytes += digest.entries.back().size();
  }
  return digest;
}

}  // namespace pome::judge
