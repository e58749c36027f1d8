#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/function_ref.h"
#include "core/base/json_writer.h"
#include "core/twin/github/model/refusal.h"

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
  std::string location = {};         ///< `Location` header of a creation or redirection
  std::string disposition = {};      ///< `Content-Disposition` of a download
  std::int64_t modified_at = 0;      ///< `Last-Modified`, epoch seconds; 0 sends none
};

/// A refusal; built only by the functions of errors.h and from what the model refuses.
struct ApiError {
  int status = 404;
  std::string message = {};
  std::vector<model::FieldError> errors = {};
  bool generic_docs = false;   ///< point to the documentation's front page rather than to the operation
  std::string_view docs = {};  ///< the page to point to, where it is neither
};

/// One of the two. A pointer wide, so that returning it is cheap in every handler.
class Reply {
 public:
  Reply(Answer answer);                  // NOLINT: implicit by design
  Reply(ApiError error);                 // NOLINT: implicit by design
  Reply(const model::Refusal& refusal);  // NOLINT: implicit by design
  Reply(Reply&& other) noexcept;
  Reply& operator=(Reply&& other) noexcept;
  ~Reply();

  /// nullptr when this is an answer.
  const ApiError* error() const;
  /// Only when this is no error.
  Answer& answer();

  /// For answers; of errors they change nothing.
  Reply& location(std::string url);
  Reply& modified_at(std::int64_t time);
  Reply& link(std::string header);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// An answer whose body `write` fills through a JsonWriter.
Reply json_answer(int status, FunctionRef<void(JsonWriter&)> write);

/// 302 to another address of the twin.
Reply redirect(std::string url);

/// 204.
Reply no_content();
/// 204, or the refusal.
Reply no_content_unless(const model::Refused& refusal);

}  // namespace pome::twin::github::rest
