#pragma once
#include <string_view>

#include "core/twin/github/rest/shapes.h"

/// JSON of branches and of what protects them.
namespace pome::twin::github::rest {

/// short-branch.
void write_short_branch(JsonWriter& json, const Context& context, const model::Ref& branch);
/// branch-with-protection.
void write_branch(JsonWriter& json, const Context& context, const model::Ref& branch);

/// branch-protection, as repos/get-branch-protection answers it.
void write_protection(JsonWriter& json, const Context& context, const model::BranchProtection& row);

}  // namespace pome::twin::github::rest
