#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "core/base/json_writer.h"

/// What a handler returns: an answer, or GitHub's way of saying no. Headers are dispatch's business.
namespace pome::twin::github::rest {

inline constexpr std::string_view kJsonType = "application/json; charset=utf-8";

/// A successful answer.
struct Answer {
  int status = 200;
  std::string body = {};
  std::string_view content_type = kJsonType;
  std::string_view media_type = {};  ///< the custom media type used ("raw"); empty means plain JSON
  std::string link = {};             ///< `Link` header; empty when everything fits one page
  std::string location = {};         ///< `Location` header of a creation
  std::int64_t modified_at = 0;      ///< `Last-Modified`, epoch seconds; 0 sends none
};

/// One element of `errors` in a 422 body. Empty members are left out.
struct FieldError {
  std::string_view resource;  ///< "Issue", "Label", ...
  std::string field = {};
  std::string_view code;   ///< missing, missing_field, invalid, already_exists, unprocessable or custom
  std::string value = {};  ///< JSON text of the refused value
  std::string message = {};
};

/// A refusal; built only by the functions of errors.h.
struct ApiError {
  int status = 404;
  std::string message = {};
  std::vector<FieldError> errors = {};
  bool generic_docs = false;  ///< point to the documentation's front page rather than to the operation
};

using Reply = std::variant<Answer, ApiError>;

/// An answer whose body `write` fills through a JsonWriter.
template <class Write>
Answer json_answer(int status, const Write& write) {
  constexpr std::size_t kTypicalBody = 8 * 1024;
  Answer answer;
  answer.status = status;
  answer.body.reserve(kTypicalBody);
  JsonWriter json(answer.body);
  write(json);
  return answer;
}

inline Answer no_content() { return Answer{.status = 204}; }

}  // namespace pome::twin::github::rest
