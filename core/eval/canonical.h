#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace pome::eval {

/// The vocabulary's own wording of a sentence, when one clause claims it and the wording says exactly the same: the
/// same row, the same values. Nothing when the sentence is worded so already, is joined, or binds to nothing.
std::optional<std::string> canonical_sentence(std::string_view sentence);

}  // namespace pome::eval
