#include "core/markdown/html.h"

#include <utility>

#include "core/twin/github/rest/routes.h"
#include "core/twin/github/rest/shapes.h"

/// Markdown as GitHub shows it.
namespace pome::twin::github::rest {

namespace {

constexpr std::array<std::string_view, 2> kModes = {"markdown", "gfm"};
constexpr Field kRender[] = {required("text"), one_of(optional("mode"), kModes), optional("context")};

Reply html_answer(std::string html) {
  Answer answer;
  answer.body = std::move(html);
  answer.content_type = "text/html;charset=utf-8";
  return answer;
}

/// Mode "gfm" treats the text as a comment: its line ends count.
Reply render(Context& context) {
  const bool comment = context.body.text("mode", "markdown") == "gfm";
  return html_answer(markdown::to_html(context.body.text("text", ""),
                                       comment ? markdown::LineBreaks::hard : markdown::LineBreaks::soft));
}

Reply render_raw(Context& context) {
  return html_answer(markdown::to_html(context.call.request.body, markdown::LineBreaks::soft));
}

constexpr Route kRoutes[] = {
    {.method = Method::post,
     .path = "/markdown",
     .operation = "markdown/render",
     .docs = "markdown/markdown#render-a-markdown-document",
     .access = Access::account,
     .body = {kRender},
     .handle = render},
    {.method = Method::post,
     .path = "/markdown/raw",
     .operation = "markdown/render-raw",
     .docs = "markdown/markdown#render-a-markdown-document-in-raw-mode",
     .access = Access::account,
     .body = {.raw = true},
     .handle = render_raw},
};

}  // namespace

std::span<const Route> markdown_routes() { return kRoutes; }

}  // namespace pome::twin::github::rest
