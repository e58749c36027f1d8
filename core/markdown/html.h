#pragma once
#include <string>
#include <string_view>

/// GitHub Flavored Markdown to HTML.
namespace pome::markdown {

enum class LineBreaks {
  soft,  ///< a line end inside a paragraph stays a line end: documents
  hard,  ///< it becomes <br>: comments
};

/// Tables, task lists, strikethrough and autolinks included; mentions and references stay text. Raw HTML passes, except
/// the tags GFM filters (script, style, iframe ...). Code carries its language as `lang`, without highlighting.
std::string to_html(std::string_view text, LineBreaks breaks);

}  // namespace pome::markdown
