#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "core/twin/github/rest/reply.h"

/// Every refusal GitHub words, as a named function. The wording is GitHub's own.
namespace pome::twin::github::rest::errors {

using model::FieldError;

inline constexpr std::string_view kDocs = "https://docs.github.com/rest";

// 400
ApiError problems_parsing_json();
ApiError body_is_not_an_object();

// 401
ApiError requires_authentication();
ApiError bad_credentials();

// 403
ApiError must_have_admin_rights();
ApiError must_have_push_access_to_view_collaborators();
ApiError must_be_a_collaborator();  ///< an interaction only members of the repository may do
ApiError repository_archived();
ApiError issue_locked();

// 404, 405, 409, 410
ApiError not_found();
ApiError user_not_found();        ///< GET /users/{username}: the one routed 404 with the generic docs link
ApiError label_does_not_exist();  ///< removing a label an issue does not carry
ApiError branch_not_found();
ApiError no_commit_for_ref(std::string_view ref);
ApiError empty_repository();
ApiError not_allowed();      ///< 405
ApiError conflict();         ///< 409
ApiError issues_disabled();  ///< 410
ApiError gone();             ///< 410, deleted issue

// 422
/// `Invalid request.` and one line per schema problem.
ApiError invalid_request(const std::vector<std::string>& problems);
ApiError validation_failed(std::vector<FieldError> errors);
ApiError unprocessable(std::string message);
/// `Validation Failed` about one field; `field` must outlive the refusal (names are literals).
ApiError already_exists(std::string_view resource, std::string_view field);
ApiError missing(std::string_view resource, std::string_view field);
ApiError missing_field(std::string_view resource, std::string_view field);
ApiError invalid(std::string_view resource, std::string_view field);
/// The same, repeating the refused text.
ApiError invalid_value(std::string_view resource, std::string_view field, std::string_view value);
ApiError custom(std::string_view resource, std::string_view field, std::string message);

/// The refusal a rule of the model gave, as GitHub answers it.
ApiError from(const model::Refusal& refusal);

/// The JSON body: message, errors, documentation_url, status.
std::string render(const ApiError& error, std::string_view documentation_url);

/// 501: names the method and the path nobody implements here.
std::string render_unsupported(std::string_view method, std::string_view path);

}  // namespace pome::twin::github::rest::errors
