#include "core/twin/github/rest/people_input.h"

#include "core/base/time.h"

namespace pome::twin::github::rest {

namespace {

/// Minutes east of UTC of a date that ends like "+02:00".
int offset_of(std::string_view date) {
  constexpr std::size_t kSize = 6;
  if (date.size() < kSize) return 0;
  const std::string_view end = date.substr(date.size() - kSize);
  if ((end[0] != '+' && end[0] != '-') || end[3] != ':') return 0;
  const auto hours = text::to_integer(end.substr(1, 2));
  const auto minutes = text::to_integer(end.substr(4, 2));
  if (!hours || !minutes) return 0;
  const int total = static_cast<int>(*hours * 60 + *minutes);
  return end[0] == '-' ? -total : total;
}

}  // namespace

std::optional<model::Person> person(Context& context, std::string_view member) {
  if (!context.body.sent(member) || context.body.is_null(member)) return std::nullopt;
  const Input input = context.body.object(member);
  const git::Signature actor = model::signature_of(context.world, context.call.login, 0);
  model::Person out;
  out.name = input.text("name", actor.name);
  out.email = input.text("email", actor.email);
  if (const std::optional<std::string> date = input.text("date")) {
    out.date = time::parse_iso8601(*date);
    out.offset_minutes = offset_of(*date);
    if (!out.date) context.refuse(errors::unprocessable(text::cat(member, ".date is not a valid date: ", *date)));
  }
  return out;
}

}  // namespace pome::twin::github::rest
