#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "core/base/json_fwd.h"

/// Entries a list could also have.
namespace pome::proof {

/// A name nothing in a scenario has.
inline constexpr std::string_view kSomethingElse = "something-else";

/// Whether a member names its entry ("name", "login", "title" ...) rather than describing it.
bool names_entry(std::string_view member);

/// Where a member stands among those worth changing: the most telling first, all others together at the end.
std::size_t rank_of(std::string_view member);
bool is_telling(std::string_view member);

/// A copy of an entry as the `nth` of many: its names end in that number, its numbers are beyond those there are.
Json numbered(const Json& entry, std::size_t nth);

/// Every value other than `value` worth trying in its place: the other words of its family ("closed" for "open"), the
/// literals, a name nothing has. For scalars only.
std::vector<Json> other_values(const Json& value, const std::vector<std::string>& literals);

/// New entries for the list at `pointer`: those of lists of the same name that it lacks, then copies of its own or
/// theirs under other names, made from `literals`.
std::vector<Json> additions(const Json& state, const Json& initial, std::string_view pointer,
                            const std::vector<std::string>& literals);

}  // namespace pome::proof
