#pragma once
#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "core/twin/github/model/seed.h"

namespace pome::twin::github::model {

/// A world to play in: acme/api of the default seed, or any seed, and one action after the other.
class Play {
 public:
  explicit Play(std::string_view seed = "") {
    SeedResult built = build_world(seed);
    for (const Diagnostic& problem : built.diagnostics) ADD_FAILURE() << problem.line << ": " << problem.message;
    if (built.world) world = *built.world;
    if (!world.repositories_by_id.empty()) repo = world.repositories_by_id.begin()->key;
  }

  /// A fresh action of `login`; the journal starts empty.
  Action& as(std::string_view login) {
    journal.clear();
    action.actor = login;
    return action;
  }
  Action& agent() { return as("pome-agent"); }

  const Issue& issue(Id number) const { return *find_issue(world, repo, number); }
  std::string labels(Id number) const {
    std::string out;
    for (const LabelPtr& label : labels_on(world, issue(number))) out += (out.empty() ? "" : ",") + label->name;
    return out;
  }

  World world;
  Journal journal;
  Id repo = 0;

 private:
  Action action{world, "", journal};
};

/// "resource.field code value message" of a validation refusal, or the kind of another one.
inline std::string spelled(const Refusal& refusal) {
  if (refusal.kind == RefusalKind::not_found)
    return refusal.message.empty() ? "not found" : "not found: " + refusal.message;
  if (refusal.kind == RefusalKind::forbidden) return "forbidden: " + refusal.message;
  if (refusal.kind == RefusalKind::gone) return "gone: " + refusal.message;
  std::string out;
  for (const FieldError& error : refusal.errors) {
    out += std::string(error.resource) + "." + std::string(error.field) + " " + std::string(error.code);
    if (error.value) out += " " + *error.value;
    if (!error.message.empty()) out += " (" + error.message + ")";
  }
  return out;
}
template <class T>
std::string outcome(const Ruling<T>& ruling) {
  return ruling ? "ok" : spelled(ruling.refusal());
}
inline std::string outcome(const Refused& refused) { return refused ? spelled(*refused) : "ok"; }

}  // namespace pome::twin::github::model
