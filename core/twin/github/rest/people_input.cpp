#include "core/twin/github/rest/people_input.h"

#include "core/base/time.h"

namespace pome::twin::github::rest {

std::optional<model::Person> person(Context& context, std::string_view member) {
  if (!context.body.sent(member) || context.body.is_null(member)) return std::nullopt;
  const Input input = context.body.object(member);
  const git::Signature actor = model::signature_of(context.world, context.call.login, 0);
  model::Person out;
  out.name = input.text("name", actor.name);
  out.email = input.text("email", actor.email);
  if (const std::optional<std::string> date = input.text("date")) {
    out.date = time::parse_iso8601(*date);
    out.offset_minutes = time::offset_minutes(*date);
    if (!out.date) context.refuse(errors::unprocessable(text::cat(member, ".date is not a valid date: ", *date)));
  }
  return out;
}

}  // namespace pome::twin::github::rest
