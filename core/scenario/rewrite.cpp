#include "core/scenario/rewrite.h"

#include <algorithm>
#include <set>
#include <utility>

#include "core/base/sort.h"
#include "core/base/text.h"
#include "core/scenario/config.h"
#include "core/scenario/criteria.h"
#include "core/scenario/markdown.h"
#include "core/scenario/sections.h"
#include "core/scenario/source.h"

namespace pome::scenario {
namespace {

using markdown::Section;
using markdown::TextBlock;
using markdown::TextLine;

constexpr std::string_view kDropped = "Older readers dropped this line in silence; it counts now.";
constexpr std::string_view kNotRead = "This line was not read as a criterion; it counts now.";

/// Bytes of one source line that become others.
struct Edit {
  std::size_t offset = 0;
  std::size_t length = 0;
  std::string text;
  std::string_view note;
};

/// A criterion's lines within its block.
struct Span {
  const TextBlock* block = nullptr;
  std::size_t begin = 0;
  std::size_t end = 0;

  const TextLine& first() const { return block->lines[begin]; }
  const TextLine& last() const { return block->lines[end - 1]; }
  bool in_item() const { return begin == 0 && block->kind == TextBlock::Kind::item; }
  bool one_line() const { return end == begin + 1; }
};

std::size_t tight_bullet_width(std::string_view line) { return line.size() - without_tight_bullet(line).size(); }

class Rewriter {
 public:
  Rewriter(std::string_view raw, const RewriteRules& rules)
      : raw_(raw), rules_(rules), source_(raw, kMaxSourceBytes, out_.problems), document_(markdown::parse(source_)) {}

  Rewritten run();

 private:
  void headings();
  void heading(const Section& section, const std::string& title, std::string_view note);
  std::vector<const Section*> sections_called(SectionKind kind, std::string_view title) const;
  void config(const Section& section);
  void block(const TextBlock& block);
  void criterion(const Span& span, const MarkerLead& lead);
  std::string_view bullet(const Span& span);
  std::string marker(const MarkerLead& lead, std::size_t line);
  void sentence(const Span& span, std::size_t from, std::string_view emphasis, bool judged);
  void edit(std::size_t offset, std::size_t length, std::string text, std::string_view note = {});
  void remark(std::size_t line, std::string text) { out_.remarks.push_back({line, std::move(text)}); }
  std::size_t line_of(std::size_t offset) const { return source_.line_index(offset) + 1; }
  void apply();

  std::string_view raw_;
  const RewriteRules& rules_;
  Rewritten out_;
  SourceText source_;
  markdown::Document document_;
  std::vector<std::pair<const Section*, std::string>> renamed_;  // sections that had no meaning, and their new titles
  std::vector<Edit> edits_;
};

void Rewriter::edit(std::size_t offset, std::size_t length, std::string text, std::string_view note) {
  if (source_.text().substr(offset, length) != text) edits_.push_back({offset, length, std::move(text), note});
}

void Rewriter::heading(const Section& section, const std::string& title, std::string_view note) {
  const std::string_view line = source_.line(section.heading.line);
  const std::size_t at = line.find(section.heading.raw);
  if (at == std::string_view::npos || section.heading.raw.empty()) return;  // a name of several lines
  edit(source_.line_start(section.heading.line) + at, section.heading.raw.size(), title, note);
}

/// May a section without meaning get one? Where data is read, prose would be an error.
bool can_take_name(const Section& section, std::string_view title) {
  if (title != "Config" && title != "Seed State") return true;
  return std::any_of(section.code.begin(), section.code.end(), [](const auto& block) { return block.fenced; });
}

/// Other names of sections become their own, unless a section of that name is there already and hides them.
void Rewriter::headings() {
  std::set<std::string> own;
  for (const Section& section : document_.sections) {
    const std::optional<std::string> title = section_title(section.heading.name);
    if (title && text::starts_with_ignore_case(section.heading.name, *title)) own.insert(*title);
  }
  std::set<std::string> given = own;
  for (const Section& section : document_.sections) {
    const std::string& name = section.heading.name;
    if (const std::optional<std::string> title = section_title(name)) {
      const bool named = text::starts_with_ignore_case(name, *title);
      const bool hidden = !named && own.count(*title) > 0;
      if (!hidden && !text::equals_ignore_case(name, *title)) heading(section, *title, {});
      given.insert(*title);
    }
  }
  for (const Section& section : document_.sections) {
    const std::optional<std::string> title = mistaken_section_title(section.heading.name);
    if (!title || !can_take_name(section, *title) || !given.insert(*title).second) continue;
    heading(section, *title, "A section of the old name had no meaning; it has one now.");
    renamed_.emplace_back(&section, *title);
  }
}

std::vector<const Section*> Rewriter::sections_called(SectionKind kind, std::string_view title) const {
  Diagnostics ignored;
  std::vector<const Section*> found = Sections(document_, ignored).all(kind);
  for (const auto& [section, new_title] : renamed_) {
    if (new_title == title) found.push_back(section);
  }
  return found;
}

void Rewriter::config(const Section& section) {
  for (const KeyAlias& alias : aliased_keys(source_, section)) {
    const std::string_view line = source_.line(alias.at.line - 1);
    std::size_t at = 0;
    for (std::size_t column = 1; column < alias.at.column && at < line.size(); ++column) {
      at += std::max<std::size_t>(1, text::utf8_sequence_length(line.substr(at)));
    }
    if (at < line.size() && (line[at] == '"' || line[at] == '\'')) ++at;
    if (at + alias.length > line.size()) continue;
    edit(source_.line_start(alias.at.line - 1) + at, alias.length, std::string(alias.name));
  }
}

void Rewriter::block(const TextBlock& block) {
  if (block.kind == TextBlock::Kind::heading && block.heading_level == 0) return;  // in a list or quote
  std::vector<std::pair<std::size_t, MarkerLead>> leads;
  for (std::size_t i = 0; i < block.lines.size(); ++i) {
    const bool item = i == 0 && block.kind == TextBlock::Kind::item;
    const std::string_view line = block.lines[i].text;
    if (auto lead = marker_lead(item ? line : without_tight_bullet(line))) leads.emplace_back(i, std::move(*lead));
  }
  for (std::size_t i = 0; i < leads.size(); ++i) {
    const std::size_t end = i + 1 < leads.size() ? leads[i + 1].first : block.lines.size();
    criterion({&block, leads[i].first, end}, leads[i].second);
  }
}

/// Turns what stands before the marker into a bullet; answers what the old form did.
std::string_view Rewriter::bullet(const Span& span) {
  const std::size_t offset = span.first().offset;
  const std::size_t start = source_.line_start(source_.line_index(offset));
  const std::string_view before = source_.text().substr(start, offset - start);
  if (span.block->heading_level > 0) {
    const std::size_t hash = before.find('#');
    edit(start + hash, before.size() - hash, "- ", kNotRead);
    const std::size_t end = offset + span.first().text.size();
    edit(end, source_.line(source_.line_index(offset)).size() - (end - start), "");
    return kNotRead;
  }
  if (!span.in_item()) {
    edit(offset, tight_bullet_width(span.first().text), "- ", kNotRead);
    return kNotRead;
  }
  const std::string_view marks = text::trim_right(before);
  if (marks.empty() || marks.back() == '-' || marks.back() == '*') return {};
  std::size_t width = 1;
  while (width < marks.size() && text::is_digit(marks[marks.size() - 1 - width])) ++width;
  edit(start + marks.size() - width, width, "-", kDropped);
  return kDropped;
}

std::string Rewriter::marker(const MarkerLead& lead, std::size_t line) {
  std::string_view word = lead.marker == Marker::d || lead.marker == Marker::code ? "D" : "P";
  const bool always = text::contains(lead.options, " always-scored");
  if (lead.marker == Marker::code && !always && rules_.holds_in_seed && rules_.holds_in_seed(line)) {
    word = "code";
    remark(line,
           "`[code]` stays: this holds before the run, and `[D]` would count it. To count it, write `[D]` yourself; to "
           "ask something of the agent, change the seed.");
  }
  return text::cat("[", word, lead.options, "]");
}

void Rewriter::sentence(const Span& span, std::size_t from, std::string_view emphasis, bool judged) {
  const TextLine& last = span.last();
  if (!span.one_line()) return edit(last.offset + last.text.size() - emphasis.size(), emphasis.size(), "");
  std::string_view old = last.text.substr(from);
  std::string wording(old.substr(0, old.size() - emphasis.size()));
  if (!judged && rules_.canonical) {
    if (std::optional<std::string> canonical = rules_.canonical(wording)) wording = std::move(*canonical);
  }
  edit(last.offset + from, old.size(), std::move(wording));
}

void Rewriter::criterion(const Span& span, const MarkerLead& lead) {
  const TextLine& first = span.first();
  const std::size_t skipped = span.in_item() ? 0 : tight_bullet_width(first.text);
  const std::size_t from = skipped + lead.width;
  const std::size_t room = span.one_line() ? first.text.size() - from : span.last().text.size();
  if (!lead.emphasis.empty() && (room <= lead.emphasis.size() || !span.last().text.ends_with(lead.emphasis))) return;
  std::string_view note = bullet(span);
  const bool plain = first.text.substr(skipped).starts_with(text::cat("[", marker_name(lead.marker)));
  if (note.empty() && lead.repaired) note = kNotRead;
  if (note.empty() && !plain) note = kDropped;  // emphasis, or the word in another case
  const std::string_view old = first.text.substr(skipped, lead.width);
  const std::string fresh = marker(lead, line_of(first.offset));
  if (lead.repaired || text::trim_right(old) != fresh) {
    edit(first.offset + skipped, old.size(), text::cat(fresh, from < first.text.size() ? " " : ""), note);
  }
  sentence(span, from, lead.emphasis, lead.marker == Marker::p || lead.marker == Marker::model);
}

/// Puts the edits into their lines, and the lines back between the line ends they had.
void Rewriter::apply() {
  sort_stably(edits_, [](const Edit& a, const Edit& b) { return a.offset < b.offset; });
  std::string_view rest = raw_;
  if (rest.starts_with("\xEF\xBB\xBF")) {
    out_.markdown = std::string(rest.substr(0, 3));
    rest.remove_prefix(3);
  }
  std::size_t next = 0;
  for (std::size_t index = 0; index < source_.line_count(); ++index) {
    const std::string_view line = source_.line(index);
    const std::size_t start = source_.line_start(index);
    Change change{index + 1, std::string(line), {}, {}};
    std::size_t done = 0;
    const std::size_t first = next;
    for (; next < edits_.size() && edits_[next].offset <= start + line.size(); ++next) {
      const Edit& one = edits_[next];
      change.after += line.substr(done, one.offset - start - done);
      change.after += one.text;
      done = one.offset - start + one.length;
      if (change.note.empty()) change.note = std::string(one.note);
    }
    change.after += line.substr(done);
    out_.markdown += change.after;
    rest.remove_prefix(line.size());
    const std::size_t end = rest.starts_with("\r\n") ? 2 : std::min<std::size_t>(rest.size(), 1);
    out_.markdown += rest.substr(0, end);
    rest.remove_prefix(end);
    if (next > first && change.before != change.after) out_.changes.push_back(std::move(change));
  }
}

Rewritten Rewriter::run() {
  out_.markdown = std::string(raw_);
  if (!out_.problems.empty()) return std::move(out_);
  headings();
  const std::vector<const Section*> criteria = sections_called(SectionKind::success_criteria, "Success Criteria");
  for (const Section* section : criteria) {
    if (section != criteria.front()) {
      remark(section->heading.line + 1,
             "Older readers used only the last section of this name; all of them count now.");
    }
    for (const TextBlock& one : section->blocks) block(one);
  }
  for (const Section* section : sections_called(SectionKind::config, "Config")) config(*section);
  out_.markdown.clear();
  apply();
  return std::move(out_);
}

}  // namespace

Rewritten rewrite(std::string_view markdown, const RewriteRules& rules) { return Rewriter(markdown, rules).run(); }

}  // namespace pome::scenario
