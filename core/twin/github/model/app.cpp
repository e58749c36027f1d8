#include "core/twin/github/model/app.h"

#include "core/twin/github/model/world.h"

namespace pome::twin::github::model {

App app_of(std::string_view slug) {
  constexpr Id kActionsId = 15368;
  if (slug == kActionsApp) return {kActionsId, std::string(slug), "GitHub Actions"};
  return {user_id(slug), std::string(slug), std::string(slug)};
}

std::string_view app_slug_of(std::string_view login) {
  constexpr std::string_view kBot = "[bot]";
  if (login.size() <= kBot.size() || login.substr(login.size() - kBot.size()) != kBot) return kActionsApp;
  return login.substr(0, login.size() - kBot.size());
}

}  // namespace pome::twin::github::model
