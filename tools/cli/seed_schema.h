#pragma once
#include <string_view>

namespace pome::cli {

/// core/twin/github/model/seed.schema.json.
extern const std::string_view kSeedSchema;

}  // namespace pome::cli
