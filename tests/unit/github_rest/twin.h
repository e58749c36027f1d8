#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/json.h"
#include "core/twin/github/model/world.h"
#include "core/twin/github/rest/api.h"

namespace pome::test {

inline constexpr std::string_view kBase = "http://twin.test/s/rows";

/// The world rows start from: tests/data/twin/seed/<name>.json.
const twin::github::model::World& row_world(std::string_view name);

/// The names of the worlds: the seeds of tests/data/twin/seed.
std::vector<std::string> seed_names();

/// "GET /path?query" with headers and body as one request value.
http::Request make_request(std::string_view line);

/// The request of a row or of a step of it: "request", "headers", "body" or "text".
http::Request request_of(const Json& row);
/// Who sends it: "as", or alice, who may push to acme/api.
std::string actor_of(const Json& row);

/// A twin for one test: its own copy of the world and its own call counter.
struct Twin {
  explicit Twin(std::string_view seed = "world") : world(row_world(seed)) {}

  twin::github::model::World world;
  std::uint64_t calls = 0;
  twin::github::rest::RateMeter meter = {};

  twin::github::rest::Outcome send(const http::Request& request, std::string_view login);
  twin::github::rest::Outcome send(std::string_view line, std::string_view login, std::string body = {});
};

/// True when `actual` has everything `expected` asks for: objects may have more members, arrays and scalars are equal.
/// "$base" in expected texts stands for the base URL; {"$absent": true} asks for a missing member.
/// On a difference `where` is its JSON Pointer.
bool matches(const Json& expected, const Json& actual, std::string& where);

}  // namespace pome::test
