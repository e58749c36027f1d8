#include "core/markdown/html.h"

#include <md4c.h>

#include "core/base/text.h"

namespace pome::markdown {
namespace {

void append_escaped(std::string& out, std::string_view text) {
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      default:
        out.push_back(c);
    }
  }
}

std::string_view view(const MD_ATTRIBUTE& attribute) { return {attribute.text, attribute.size}; }
std::string_view view(const MD_CHAR* text, MD_SIZE size) { return {text, size}; }

/// A link's target: what must not stand in a URL is percent-encoded.
void append_url(std::string& out, std::string_view url) {
  append_escaped(out, text::percent_encode(url, "!#$%&'()*+,/:;=?@[]"));
}

/// GFM's disallowed raw HTML: the tag loses its first bracket.
bool is_filtered(std::string_view html) {
  std::string_view name = html.substr(1);
  if (!name.empty() && name.front() == '/') name.remove_prefix(1);
  for (const std::string_view tag :
       {"title", "textarea", "style", "xmp", "iframe", "noembed", "noframes", "script", "plaintext"}) {
    if (!text::starts_with_ignore_case(name, tag)) continue;
    const std::string_view rest = name.substr(tag.size());
    if (rest.empty() || text::is_space(rest.front()) || rest.front() == '>' || rest.front() == '/') return true;
  }
  return false;
}

void append_html(std::string& out, std::string_view html) {
  for (std::size_t i = 0; i < html.size(); ++i) {
    if (html[i] == '<' && is_filtered(html.substr(i))) {
      out += "&lt;";
    } else {
      out.push_back(html[i]);
    }
  }
}

class Renderer {
 public:
  Renderer(std::string& out, LineBreaks breaks) : out_(out), hard_(breaks == LineBreaks::hard) {}

  void enter_block(MD_BLOCKTYPE type, void* detail);
  void leave_block(MD_BLOCKTYPE type, void* detail);
  void enter_span(MD_SPANTYPE type, void* detail);
  void leave_span(MD_SPANTYPE type);
  void add_text(MD_TEXTTYPE type, std::string_view text);

 private:
  void open_list_item(const MD_BLOCK_LI_DETAIL& item);
  void open_code(const MD_BLOCK_CODE_DETAIL& code);
  void open_cell(std::string_view tag, const MD_BLOCK_TD_DETAIL& cell);

  std::string& out_;
  bool hard_;
  int images_ = 0;       // inside the alternative text of an image only text counts
  std::string pending_;  // what closes the image tag
};

void Renderer::open_list_item(const MD_BLOCK_LI_DETAIL& item) {
  if (!item.is_task) {
    out_ += "<li>";
    return;
  }
  out_ += R"(<li class="task-list-item"><input type="checkbox" id="" disabled="" class="task-list-item-checkbox")";
  out_ += item.task_mark == ' ' ? "> " : " checked=\"\"> ";
}

void Renderer::open_code(const MD_BLOCK_CODE_DETAIL& code) {
  out_ += "<pre";
  if (code.lang.size != 0) {
    out_ += " lang=\"";
    append_escaped(out_, view(code.lang));
    out_ += '"';
  }
  out_ += "><code>";
}

void Renderer::open_cell(std::string_view tag, const MD_BLOCK_TD_DETAIL& cell) {
  text::append(out_, "<", tag);
  if (cell.align == MD_ALIGN_LEFT) out_ += " align=\"left\"";
  if (cell.align == MD_ALIGN_CENTER) out_ += " align=\"center\"";
  if (cell.align == MD_ALIGN_RIGHT) out_ += " align=\"right\"";
  out_ += '>';
}

void Renderer::enter_block(MD_BLOCKTYPE type, void* detail) {
  switch (type) {
    case MD_BLOCK_QUOTE:
      out_ += "<blockquote>\n";
      break;
    case MD_BLOCK_UL:
      out_ += "<ul>\n";
      break;
    case MD_BLOCK_OL: {
      const unsigned start = static_cast<MD_BLOCK_OL_DETAIL*>(detail)->start;
      out_ += start == 1 ? std::string("<ol>\n") : text::cat("<ol start=\"", start, "\">\n");
      break;
    }
    case MD_BLOCK_LI:
      open_list_item(*static_cast<MD_BLOCK_LI_DETAIL*>(detail));
      break;
    case MD_BLOCK_HR:
      out_ += "<hr>\n";
      break;
    case MD_BLOCK_H:
      text::append(out_, "<h", static_cast<MD_BLOCK_H_DETAIL*>(detail)->level, ">");
      break;
    case MD_BLOCK_CODE:
      open_code(*static_cast<MD_BLOCK_CODE_DETAIL*>(detail));
      break;
    case MD_BLOCK_P:
      out_ += "<p>";
      break;
    case MD_BLOCK_TABLE:
      out_ += "<table>\n";
      break;
    case MD_BLOCK_THEAD:
      out_ += "<thead>\n";
      break;
    case MD_BLOCK_TBODY:
      out_ += "<tbody>\n";
      break;
    case MD_BLOCK_TR:
      out_ += "<tr>\n";
      break;
    case MD_BLOCK_TH:
      open_cell("th", *static_cast<MD_BLOCK_TD_DETAIL*>(detail));
      break;
    case MD_BLOCK_TD:
      open_cell("td", *static_cast<MD_BLOCK_TD_DETAIL*>(detail));
      break;
    default:
      break;
  }
}

void Renderer::leave_block(MD_BLOCKTYPE type, void* detail) {
  switch (type) {
    case MD_BLOCK_QUOTE:
      out_ += "</blockquote>\n";
      break;
    case MD_BLOCK_UL:
      out_ += "</ul>\n";
      break;
    case MD_BLOCK_OL:
      out_ += "</ol>\n";
      break;
    case MD_BLOCK_LI:
      out_ += "</li>\n";
      break;
    case MD_BLOCK_H:
      text::append(out_, "</h", static_cast<MD_BLOCK_H_DETAIL*>(detail)->level, ">\n");
      break;
    case MD_BLOCK_CODE:
      out_ += "</code></pre>\n";
      break;
    case MD_BLOCK_P:
      out_ += "</p>\n";
      break;
    case MD_BLOCK_TABLE:
      out_ += "</table>\n";
      break;
    case MD_BLOCK_THEAD:
      out_ += "</thead>\n";
      break;
    case MD_BLOCK_TBODY:
      out_ += "</tbody>\n";
      break;
    case MD_BLOCK_TR:
      out_ += "</tr>\n";
      break;
    case MD_BLOCK_TH:
      out_ += "</th>\n";
      break;
    case MD_BLOCK_TD:
      out_ += "</td>\n";
      break;
    default:
      break;
  }
}

void Renderer::enter_span(MD_SPANTYPE type, void* detail) {
  if (type == MD_SPAN_IMG) {
    const auto& image = *static_cast<MD_SPAN_IMG_DETAIL*>(detail);
    if (images_++ > 0) return;
    out_ += "<img src=\"";
    append_url(out_, view(image.src));
    out_ += "\" alt=\"";
    pending_ = "\"";
    if (image.title.size != 0) {
      pending_ += " title=\"";
      append_escaped(pending_, view(image.title));
      pending_ += '"';
    }
    pending_ += '>';
    return;
  }
  if (images_ > 0) return;
  if (type == MD_SPAN_EM) out_ += "<em>";
  if (type == MD_SPAN_STRONG) out_ += "<strong>";
  if (type == MD_SPAN_CODE) out_ += "<code>";
  if (type == MD_SPAN_DEL) out_ += "<del>";
  if (type != MD_SPAN_A) return;
  const auto& target = *static_cast<MD_SPAN_A_DETAIL*>(detail);
  out_ += "<a href=\"";
  append_url(out_, view(target.href));
  out_ += '"';
  if (target.title.size != 0) {
    out_ += " title=\"";
    append_escaped(out_, view(target.title));
    out_ += '"';
  }
  const bool outside = text::starts_with_ignore_case(view(target.href), "http");
  out_ += outside ? " rel=\"nofollow\">" : ">";
}

void Renderer::leave_span(MD_SPANTYPE type) {
  if (type == MD_SPAN_IMG) {
    if (--images_ == 0) out_ += pending_;
    return;
  }
  if (images_ > 0) return;
  if (type == MD_SPAN_EM) out_ += "</em>";
  if (type == MD_SPAN_STRONG) out_ += "</strong>";
  if (type == MD_SPAN_CODE) out_ += "</code>";
  if (type == MD_SPAN_DEL) out_ += "</del>";
  if (type == MD_SPAN_A) out_ += "</a>";
}

void Renderer::add_text(MD_TEXTTYPE type, std::string_view text) {
  switch (type) {
    case MD_TEXT_NULLCHAR:
      out_ += "\xef\xbf\xbd";
      break;
    case MD_TEXT_BR:
      out_ += images_ > 0 ? " " : "<br>\n";
      break;
    case MD_TEXT_SOFTBR:
      out_ += hard_ && images_ == 0 ? "<br>\n" : "\n";
      break;
    case MD_TEXT_HTML:
      append_html(out_, text);
      break;
    case MD_TEXT_ENTITY:
      out_ += text;  // an entity is HTML as it stands
      break;
    default:
      append_escaped(out_, text);
  }
}

Renderer& self(void* data) { return *static_cast<Renderer*>(data); }

}  // namespace

std::string to_html(std::string_view text, LineBreaks breaks) {
  std::string out;
  out.reserve(text.size() + text.size() / 2);
  Renderer renderer(out, breaks);
  MD_PARSER parser = {};
  parser.flags = MD_FLAG_TABLES | MD_FLAG_STRIKETHROUGH | MD_FLAG_TASKLISTS | MD_FLAG_PERMISSIVEAUTOLINKS;
  parser.enter_block = [](MD_BLOCKTYPE type, void* detail, void* data) {
    self(data).enter_block(type, detail);
    return 0;
  };
  parser.leave_block = [](MD_BLOCKTYPE type, void* detail, void* data) {
    self(data).leave_block(type, detail);
    return 0;
  };
  parser.enter_span = [](MD_SPANTYPE type, void* detail, void* data) {
    self(data).enter_span(type, detail);
    return 0;
  };
  parser.leave_span = [](MD_SPANTYPE type, void*, void* data) {
    self(data).leave_span(type);
    return 0;
  };
  parser.text = [](MD_TEXTTYPE type, const MD_CHAR* data, MD_SIZE size, void* renderer_data) {
    self(renderer_data).add_text(type, view(data, size));
    return 0;
  };
  md_parse(text.data(), static_cast<MD_SIZE>(text.size()), &parser, &renderer);
  return out;
}

}  // namespace pome::markdown
