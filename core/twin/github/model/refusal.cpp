#include "core/twin/github/model/refusal.h"

namespace pome::twin::github::model {

Refusal not_found() { return {RefusalKind::not_found, "", {}}; }

Refusal forbidden(std::string_view message) { return {RefusalKind::forbidden, std::string(message), {}}; }

Refusal invalid(FieldError error) { return {RefusalKind::validation, "", {std::move(error)}}; }

Refusal gone(std::string_view message) { return {RefusalKind::gone, std::string(message), {}}; }

}  // namespace pome::twin::github::model
