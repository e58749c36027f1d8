#pragma once
#include <string_view>

/// Files of this folder that the HTML report carries.
namespace pome::report {

extern const std::string_view kPageStyle;   ///< page.css
extern const std::string_view kPageScript;  ///< page.mjs

}  // namespace pome::report
