#pragma once
#include <string>

#include "core/control/plane.h"

namespace pome::control {

/// A one-time code for `/signin?code=...`, good for a day.
std::string mint_signin_code(Plane& plane);

}  // namespace pome::control
