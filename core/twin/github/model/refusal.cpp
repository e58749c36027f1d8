#include "core/twin/github/model/refusal.h"

#include "core/base/text.h"

namespace pome::twin::github::model {
namespace {

Refused refuse_field(FieldError error) { return Refusal{RefusalKind::validation, "", {std::move(error)}}; }

}  // namespace

Refused::Refused(Refusal why) : why_(std::make_shared<const Refusal>(std::move(why))) {}

Refused not_found() { return Refusal{RefusalKind::not_found, "", {}}; }

Refused not_found_because(std::string_view message) {
  return Refusal{RefusalKind::not_found, std::string(message), {}};
}

Refused forbidden(std::string_view message) { return Refusal{RefusalKind::forbidden, std::string(message), {}}; }

Refused gone(std::string_view message) { return Refusal{RefusalKind::gone, std::string(message), {}}; }

Refused invalid(std::string_view resource, std::string_view field, std::string_view code) {
  return refuse_field({resource, field, code, std::nullopt, ""});
}

Refused invalid_value(std::string_view resource, std::string_view field, std::string value) {
  return refuse_field({resource, field, "invalid", std::move(value), ""});
}

Refused invalid_because(std::string_view resource, std::string_view field, std::string_view message,
                        std::string_view code) {
  return refuse_field({resource, field, code, std::nullopt, std::string(message)});
}

Refused invalid(FieldError error) { return refuse_field(std::move(error)); }

Refused conflict(std::string_view message) { return Refusal{RefusalKind::conflict, std::string(message), {}}; }

Refused not_allowed(std::string_view message) { return Refusal{RefusalKind::not_allowed, std::string(message), {}}; }

Refused unprocessable(std::string_view message) { return Refusal{RefusalKind::validation, std::string(message), {}}; }

Refused no_commit_for(std::string_view sha) { return unprocessable(text::cat("No commit found for SHA: ", sha)); }

Refused unprocessable_entity(std::string_view problem) {
  return Refusal{RefusalKind::validation, "Unprocessable Entity", {{"", "", "", std::nullopt, std::string(problem)}}};
}

}  // namespace pome::twin::github::model
