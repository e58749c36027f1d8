#include "core/twin/github/rest/media.h"

#include <utility>

namespace pome::twin::github::rest {

bool accepts(const Context& context, std::string_view param) {
  const std::string_view accept = context.call.request.headers.get("accept").value_or(std::string_view());
  for (const std::string_view one : text::split(accept, ',')) {
    std::string_view type = text::trim(one.substr(0, one.find(';')));
    for (const std::string_view start : {"application/vnd.github.", "v3."}) {
      if (type.substr(0, start.size()) == start) type.remove_prefix(start.size());
    }
    if (type == param || type == text::cat(param, "+json")) return true;
  }
  return false;
}

Reply text_answer(std::string body, std::string_view param) {
  Answer answer;
  answer.body = std::move(body);
  answer.media_type = param;
  answer.content_type = param == "diff"    ? "application/vnd.github.diff; charset=utf-8"
                        : param == "patch" ? "application/vnd.github.patch; charset=utf-8"
                        : param == "sha"   ? "application/vnd.github.sha; charset=utf-8"
                        : param == "html"  ? "application/vnd.github.html+json; charset=utf-8"
                                           : "application/vnd.github.raw+json; charset=utf-8";
  return answer;
}

}  // namespace pome::twin::github::rest
