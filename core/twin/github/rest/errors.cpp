#include "core/twin/github/rest/errors.h"

#include <utility>

#include "core/base/text.h"

namespace pome::twin::github::rest::errors {

namespace {

ApiError make(int status, std::string_view message) {
  return ApiError{.status = status, .message = std::string(message)};
}

ApiError with_generic_docs(ApiError error) {
  error.generic_docs = true;
  return error;
}

/// Some operations answer their problems as plain sentences.
void write_field_error(JsonWriter& json, const FieldError& error) {
  if (error.resource.empty()) {
    json.value(error.message);
    return;
  }
  json.begin_object();
  if (error.value) json.field("value", *error.value);
  json.field("resource", error.resource).field("code", error.code);
  if (!error.field.empty()) json.field("field", error.field);
  if (!error.message.empty()) json.field("message", error.message);
  json.end_object();
}

ApiError about_field(std::string_view resource, std::string_view field, std::string_view code) {
  ApiError error = make(422, "Validation Failed");
  FieldError entry;
  entry.resource = resource;
  entry.field = field;
  entry.code = code;
  error.errors.push_back(std::move(entry));
  return error;
}

ApiError usual_answer(model::RefusalKind kind) {
  switch (kind) {
    case model::RefusalKind::not_found:
      return not_found();
    case model::RefusalKind::forbidden:
      return must_have_admin_rights();
    case model::RefusalKind::validation:
      return validation_failed({});
    case model::RefusalKind::not_allowed:
      return not_allowed();
    case model::RefusalKind::conflict:
      return conflict();
    case model::RefusalKind::gone:
      return issues_disabled();
  }
  return not_found();
}

}  // namespace

ApiError problems_parsing_json() { return make(400, "Problems parsing JSON"); }
ApiError body_is_not_an_object() { return make(400, "Body should be a JSON object"); }

ApiError requires_authentication() { return with_generic_docs(make(401, "Requires authentication")); }
ApiError bad_credentials() { return with_generic_docs(make(401, "Bad credentials")); }

ApiError must_have_admin_rights() { return make(403, "Must have admin rights to Repository."); }
ApiError must_have_push_access_to_view_collaborators() {
  return make(403, "Must have push access to view repository collaborators.");
}
ApiError must_be_a_collaborator() { return make(403, "Must be a collaborator"); }
ApiError may_not_read(std::string_view what) {
  return make(403, text::cat("You are not authorized to read ", what, "."));
}
ApiError must_be_a_member(std::string_view organization) {
  return make(403, text::cat("You must be a member of ", organization, "."));
}
ApiError repository_archived() { return make(403, "Repository was archived so is read-only."); }
ApiError issue_locked() { return make(403, "Unable to create comment because issue is locked."); }

ApiError not_found() { return make(404, "Not Found"); }
ApiError user_not_found() { return with_generic_docs(not_found()); }
ApiError label_does_not_exist() { return make(404, "Label does not exist"); }
ApiError branch_not_found() { return make(404, "Branch not found"); }
ApiError branch_not_protected() { return make(404, "Branch not protected"); }
ApiError no_common_ancestor(std::string_view base, std::string_view head) {
  return make(404, text::cat("No common ancestor between ", base, " and ", head, "."));
}
ApiError no_commit_for_ref(std::string_view ref) { return make(404, text::cat("No commit found for the ref ", ref)); }
ApiError empty_repository() { return make(404, "This repository is empty."); }
ApiError not_allowed() { return make(405, "Method Not Allowed"); }
ApiError git_repository_is_empty() { return make(409, "Git Repository is empty."); }
ApiError conflict() { return make(409, "Conflict"); }
ApiError issues_disabled() { return make(410, "Issues has been disabled in this repository."); }
ApiError artifact_expired() { return make(410, "Artifact has expired"); }
ApiError gone() { return make(410, "This issue was deleted"); }

ApiError invalid_request(const std::vector<std::string>& problems) {
  return make(422, text::cat("Invalid request.\n\n", text::join(problems, "\n")));
}

ApiError validation_failed(std::vector<FieldError> errors) {
  ApiError error = make(422, "Validation Failed");
  error.errors = std::move(errors);
  return error;
}

ApiError unprocessable(std::string message) { return ApiError{.status = 422, .message = std::move(message)}; }

ApiError already_exists(std::string_view resource, std::string_view field) {
  return about_field(resource, field, "already_exists");
}
ApiError missing(std::string_view resource, std::string_view field) { return about_field(resource, field, "missing"); }
ApiError missing_field(std::string_view resource, std::string_view field) {
  return about_field(resource, field, "missing_field");
}
ApiError invalid(std::string_view resource, std::string_view field) { return about_field(resource, field, "invalid"); }

ApiError invalid_value(std::string_view resource, std::string_view field, std::string_view value) {
  ApiError error = invalid(resource, field);
  error.errors.front().value.emplace(value);
  return error;
}

ApiError custom(std::string_view resource, std::string_view field, std::string message) {
  ApiError error = about_field(resource, field, "custom");
  error.errors.front().message = std::move(message);
  return error;
}

ApiError from(const model::Refusal& refusal) {
  ApiError error = usual_answer(refusal.kind);
  if (!refusal.message.empty()) error.message = refusal.message;
  error.errors = refusal.errors;
  return error;
}

std::string render(const ApiError& error, std::string_view documentation_url) {
  std::string body;
  JsonWriter json(body);
  json.begin_object().field("message", error.message);
  if (!error.errors.empty()) {
    json.key("errors").begin_array();
    for (const FieldError& field : error.errors) write_field_error(json, field);
    json.end_array();
  }
  if (!error.docs.empty()) documentation_url = error.docs;
  json.field("documentation_url", error.generic_docs || documentation_url.empty() ? kDocs : documentation_url);
  json.field("status", text::cat(error.status)).end_object();
  return body;
}

std::string render_unsupported(std::string_view method, std::string_view path,
                               const std::vector<const Route*>& nearby) {
  std::string body;
  JsonWriter json(body);
  json.begin_object();
  json.field("message", text::cat("This endpoint is not supported by this GitHub twin: ", method, " ", path));
  json.field("documentation_url", kDocs).field("status", "501");
  json.key("_twin").begin_object().field("fidelity", "unsupported").field("method", method).field("path", path);
  json.key("supported_surfaces").begin_array().value("GitHub-shaped REST").end_array();
  json.key("nearby_operations").begin_array();
  for (const Route* route : nearby) {
    json.value(text::cat(route->operation, ": ", method_name(route->method), " ", route->path));
  }
  json.end_array();
  json.end_object().end_object();
  return body;
}

}  // namespace pome::twin::github::rest::errors
