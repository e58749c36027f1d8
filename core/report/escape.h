#pragma once
#include <string>
#include <string_view>

/// Text that others wrote (issue titles, agents' output, paths) made harmless in each format a report has. Every
/// function takes any bytes and answers valid UTF-8.
namespace pome::report {

/// The text without what could move, hide or reorder it: control characters but for "\n" and "\t", the controls of
/// bidirectional text, noncharacters and invalid UTF-8 each become U+FFFD. "\r\n" becomes "\n".
std::string clean(std::string_view text);
/// clean(), with every run of white space as one space.
std::string one_line(std::string_view text);

/// For XML 1.0 character data and attributes in double quotes; line ends and tabs survive attribute normalisation.
std::string xml(std::string_view text);

/// For HTML text and attributes in double quotes.
std::string html(std::string_view text);
/// html() of one line, with `quoted` parts as code elements.
std::string html_inline(std::string_view text);
/// JSON for a data block: no "<", so no tag can close it.
std::string json_in_html(std::string_view json);

/// One line of literal Markdown, for the middle of a line, a table cell or a list item: no markup, no links, no
/// mentions or issue references. `quoted` parts become code elements.
std::string markdown_inline(std::string_view text);

/// The message of a GitHub Actions workflow command, after its "::".
std::string command_data(std::string_view text);
/// A property of a workflow command, as in "file=...".
std::string command_property(std::string_view text);

/// A path as a relative or file URI reference (RFC 3986).
std::string uri_of(std::string_view path);

/// JSON text moved `levels` two-space steps to the right, its first line excepted.
std::string indented(std::string_view json, int levels);

}  // namespace pome::report
