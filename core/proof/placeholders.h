#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "core/base/json_fwd.h"
#include "core/base/result.h"

/// `{{2.commit.sha}}` in a call: the member `commit.sha` of the second call's answer. Numbers step into lists.
namespace pome::proof {

/// Answers of the calls so far, null where one was not JSON.
using Answers = std::vector<Json>;

/// `text` with every placeholder replaced by its value. Fails with `bad-placeholder`, saying which one has no value.
Result<std::string> fill_text(std::string_view text, const Answers& answers);

/// JSON text with the placeholders in its strings replaced; a string that is nothing but one placeholder becomes the
/// value itself, so that numbers stay numbers.
Result<std::string> fill_json(std::string_view json, const Answers& answers);

}  // namespace pome::proof
