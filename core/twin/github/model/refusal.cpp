#include "core/twin/github/model/refusal.h"

namespace pome::twin::github::model {

Refusal not_found() { return {RefusalKind::not_found, "", {}}; }

Refusal forbidden(std::string_view message) { return {RefusalKind::forbidden, std::string(message), {}}; }

Refusal invalid(FieldError error) { return {RefusalKind::validation, "", {std::move(error)}}; }

Refusal gone(std::string_view message) { return {RefusalKind::gone, std::string(message), {}}; }

Refusal conflict(std::string_view message) { return {RefusalKind::conflict, std::string(message), {}}; }

Refusal not_allowed(std::string_view message) { return {RefusalKind::not_allowed, std::string(message), {}}; }

Refusal unprocessable(std::string_view message) { return {RefusalKind::validation, std::string(message), {}}; }

Refusal unprocessable_entity(std::string_view problem) {
  Refusal refusal = unprocessable("Unprocessable Entity");
  refusal.errors.push_back({"", "", "", std::nullopt, std::string(problem)});
  return refusal;
}

}  // namespace pome::twin::github::model
