#pragma once
#include <string>
#include <string_view>

#include "core/twin/github/model/ids.h"

namespace pome::twin::github::model {

/// A GitHub App, as checks name the one that reported them.
struct App {
  Id id = 0;
  std::string slug;
  std::string name;
};

/// The app of everybody who reports a check without being one.
inline constexpr std::string_view kActionsApp = "github-actions";

/// The app of that slug. GitHub Actions has its well-known id; the id of others follows from the slug.
App app_of(std::string_view slug);
/// The slug behind a login: "ci-bot[bot]" acts for the app "ci-bot", everybody else for GitHub Actions.
std::string_view app_slug_of(std::string_view login);

}  // namespace pome::twin::github::model
