#include "core/control/keys.h"

#include "core/base/hash.h"
#include "core/base/json_writer.h"
#include "core/base/text.h"
#include "core/base/time.h"
#include "core/control/array_response.h"
#include "core/control/router.h"

namespace pome::control {
namespace {

constexpr std::size_t kMaxName = 100;

void write_key(JsonWriter& out, const ApiKey& key) {
  out.begin_object().field("id", key.id).field("name", key.name);
  out.field("created_at", time::iso8601(key.created_at)).field("revoked", key.revoked).end_object();
}

}  // namespace

std::string clean_name(std::string_view name, std::string_view fallback) {
  std::string kept;
  for (const char c : name) {
    if (static_cast<unsigned char>(c) >= 0x20 && c != 0x7f) kept.push_back(c);
  }
  const std::string_view cut = text::trim(text::truncate_utf8(text::trim(kept), kMaxName));
  return std::string(cut.empty() ? fallback : cut);
}

Result<NewKey> mint_key(Plane& plane, std::string_view team_id, std::string_view name) {
  NewKey key;
  key.full_key = text::cat("pme_", random_secret(plane.environment));
  key.row = ApiKey{plane.new_id("key_"),           std::string(team_id), clean_name(name, "API key"),
                   hash::sha256_hex(key.full_key), plane.now(),          false};
  POME_CHECK(plane.store.put_key(key.row));
  return key;
}

http::Response new_key_response(int status, const NewKey& key) {
  std::string body;
  JsonWriter out(body);
  out.begin_object().key("api_key").begin_object().field("full_key", key.full_key).field("id", key.row.id);
  out.field("name", key.row.name).end_object().field("team_id", key.row.team_id).end_object();
  return http::json_response(status, std::move(body));
}

Result<http::Response> list_keys(Plane& plane, Call& call) {
  POME_TRY(std::vector<ApiKey> keys, plane.store.keys());
  std::erase_if(keys, [&](const ApiKey& key) { return key.team_id != call.principal.team.id; });
  return array_response(keys, write_key);
}

Result<http::Response> create_key(Plane& plane, Call& call) {
  const std::string_view name = json::string_at(call.body, "name").value_or("");
  POME_TRY(const NewKey key, mint_key(plane, call.principal.team.id, name));
  return new_key_response(201, key);
}

Result<http::Response> delete_key(Plane& plane, Call& call) {
  POME_TRY(const std::vector<ApiKey> keys, plane.store.keys());
  for (const ApiKey& key : keys) {
    if (key.id != call.path[0] || key.team_id != call.principal.team.id) continue;
    ApiKey revoked = key;
    revoked.revoked = true;
    POME_CHECK(plane.store.put_key(revoked));
    return http::Response{204, {}, {}};
  }
  return fail(kNotFound, "Your team has no key with this id.");
}

}  // namespace pome::control
