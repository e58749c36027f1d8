#pragma once
#include <string>
#include <utility>

#include "core/base/json_writer.h"
#include "core/http/message.h"

namespace pome::control {

/// 200 with a JSON array; `write(JsonWriter&, row)` adds one element.
template <class Rows, class Write>
http::Response array_response(Rows& rows, Write write) {
  std::string body;
  JsonWriter out(body);
  out.begin_array();
  for (auto& row : rows) write(out, row);
  out.end_array();
  return http::json_response(200, std::move(body));
}

}  // namespace pome::control
