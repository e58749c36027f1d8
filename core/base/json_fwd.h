#pragma once
#include <nlohmann/json_fwd.hpp>

/// The JSON document type by name only, for headers that pass documents on.
namespace pome {

using Json = nlohmann::json;

}  // namespace pome
