#include "core/criteria/last_touch.h"

#include "core/base/pointer.h"
#include "core/base/text.h"

namespace pome::criteria {
namespace {

/// What a pointer such as /repositories/0/issues/2/labels stands for.
struct Place {
  std::string repo;
  std::string collection;
  std::string member;
  const Json* thing = nullptr;  ///< null when it is the whole collection
};

Place place_of(const Json& state, std::string_view pointer) {
  const auto parts = text::split(pointer, '/');  // "", "repositories", index, collection, index, member
  Place place;
  if (parts.size() < 3 || parts[1] != "repositories") return place;
  const auto prefix = [&](std::size_t count) {
    std::string out;
    for (std::size_t i = 1; i < count; ++i) text::append(out, "/", parts[i]);
    return out;
  };
  const Json* repo = pointer::resolve(state, prefix(3));
  if (repo == nullptr) return place;
  place.repo = full_name_of(*repo);
  if (parts.size() > 3) place.collection = std::string(parts[3]);
  if (parts.size() > 4) place.thing = pointer::resolve(state, prefix(5));
  if (parts.size() > 5) place.member = std::string(parts[5]);
  return place;
}

/// Do thing and delta share what names a thing of that collection?
bool same_thing(const Place& place, const Json& delta) {
  if (place.thing == nullptr) return true;
  if (const auto number = json::integer_at(*place.thing, "number")) {
    for (const std::string_view name :
         {std::string_view("issue_number"), std::string_view("pull_number"), std::string_view("number")}) {
      if (const auto other = json::integer_at(delta, name)) return other == number;
    }
    return false;
  }
  for (const std::string_view name : {std::string_view("path"), std::string_view("tag_name"), std::string_view("name"),
                                      std::string_view("login"), std::string_view("sha")}) {
    const auto mine = json::string_at(*place.thing, name);
    const auto other = json::string_at(delta, name);
    if (mine && other) return text::equals_ignore_case(*mine, *other);
  }
  return json::integer_at(*place.thing, "id") == json::integer_at(delta, "id") && delta.contains("id");
}

enum class Nearness { none, thing, member };

/// A comment's delta is the comment itself, so it changes "comments" without having such a member.
bool is_member(const Place& place, const Json& delta) {
  if (place.member.empty() || delta.contains(place.member)) return true;
  const bool part = delta.contains("issue_number") && delta.contains("id");
  return part && ((place.member == "comments" && delta.contains("body")) || place.member == "reviews");
}

Nearness nearness(const Place& place, std::string_view delta_text) {
  const Result<Json> delta = json::parse(delta_text);
  if (!delta) return Nearness::none;
  const Json& after = json::at(*delta, "after");
  const Json& value = after.is_object() ? after : json::at(*delta, "before");
  if (!value.is_object()) return Nearness::none;
  const std::string_view repo = json::string_at(value, "repo").value_or(place.repo);
  if (!place.repo.empty() && !text::equals_ignore_case(repo, place.repo)) return Nearness::none;
  if (!same_thing(place, value)) return Nearness::none;
  return is_member(place, value) ? Nearness::member : Nearness::thing;
}

}  // namespace

const Call* last_touch(const Evidence& evidence, const World& world) {
  if (world.tape == nullptr || world.final_state == nullptr || evidence.state_pointers().empty()) return nullptr;
  const Place place = place_of(*world.final_state, evidence.state_pointers().front());
  if (place.repo.empty()) return nullptr;
  const Call* nearest = nullptr;
  const auto& calls = world.tape->calls;
  for (auto call = calls.rbegin(); call != calls.rend(); ++call) {
    if (!call->mutated || call->delta.empty()) continue;
    const Nearness near = nearness(place, call->delta);
    if (near == Nearness::member) return &*call;
    if (near == Nearness::thing && nearest == nullptr) nearest = &*call;
  }
  return nearest;
}

}  // namespace pome::criteria
