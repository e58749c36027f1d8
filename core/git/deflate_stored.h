#pragma once
#include <string>
#include <string_view>

namespace pome::git {

/// Appends a deflate stream (RFC 1951) that holds the data uncompressed.
void append_deflate_stored(std::string& out, std::string_view data);

}  // namespace pome::git
