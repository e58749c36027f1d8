#pragma once
#include <optional>
#include <string_view>

#include "core/twin/github/model/commit_people.h"
#include "core/twin/github/rest/context.h"

/// Authors, committers and taggers in request bodies.
namespace pome::twin::github::rest {

/// Members of a person who must have a name and an address.
inline constexpr Field kPerson[] = {required("name"), required("email"), optional("date")};
/// Members of a person whose missing parts the actor supplies.
inline constexpr Field kPartialPerson[] = {optional("name"), optional("email"), optional("date")};

/// The person a member of the body names; nothing when it is absent. A date that is none is refused: noted in the
/// context.
std::optional<model::Person> person(Context& context, std::string_view member);

}  // namespace pome::twin::github::rest
