#include "core/control/errors.h"

#include <array>

#include "core/base/json_writer.h"

namespace pome::control {
namespace {

struct TypeStatus {
  std::string_view type;
  int status;
};

constexpr std::array<TypeStatus, 13> kStatuses = {{{kInvalidAuth, 401},
                                                   {kQuotaExceeded, 402},
                                                   {kRevokedKey, 403},
                                                   {kForbidden, 403},
                                                   {kNotFound, 404},
                                                   {kMethodNotAllowed, 405},
                                                   {kConflict, 409},
                                                   {kSessionExpired, 410},
                                                   {kTooLarge, 413},
                                                   {kInvalid, 422},
                                                   {kMultiTwin, 422},
                                                   {kRateLimited, 429},
                                                   {kUnavailable, 503}}};

/// 500 for what has no type of its own: a failing store.
int status_of(std::string_view type) {
  for (const TypeStatus& row : kStatuses) {
    if (row.type == type) return row.status;
  }
  return 500;
}

}  // namespace

http::Response error_response(const Error& error, std::string_view request_id) {
  const int status = status_of(error.code);
  std::string body;
  JsonWriter out(body);
  out.begin_object().key("error").begin_object();
  out.field("type", status == 500 ? std::string_view("internal_error") : std::string_view(error.code));
  out.field("message", error.message);
  if (status != 500 && !error.where.empty()) out.raw_field("details", error.where);
  out.field("request_id", request_id).end_object().end_object();
  return http::json_response(status, std::move(body));
}

Error invalid(std::string_view field, std::string message) {
  std::string details;
  JsonWriter(details).begin_object().field("field", field).end_object();
  return fail(kInvalid, std::move(message), std::move(details));
}

}  // namespace pome::control
