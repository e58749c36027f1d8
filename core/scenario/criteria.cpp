#include "core/scenario/criteria.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "core/base/text.h"
#include "core/scenario/config.h"

namespace pome::scenario {
namespace {

using markdown::TextBlock;
using markdown::TextLine;

/// Appends `part`, with every run of white space as one space and none at the start.
void append_collapsed(std::string& out, std::string_view part) {
  bool gap = !out.empty();
  for (const char c : part) {
    if (text::is_space(c)) {
      gap = !out.empty();
      continue;
    }
    if (gap) out.push_back(' ');
    gap = false;
    out.push_back(c);
  }
}

/// The sentence's part of every line: without the marker and without the backslash of a hard line break.
std::vector<TextLine> sentence_lines(const TextBlock& block, std::size_t marker_width) {
  std::vector<TextLine> lines = block.lines;
  lines.front().text.remove_prefix(marker_width);
  lines.front().offset += marker_width;
  for (std::size_t i = 0; i + 1 < lines.size(); ++i) {
    std::string_view& line = lines[i].text;
    if (line.ends_with('\\') && !line.ends_with("\\\\")) line.remove_suffix(1);
  }
  return lines;
}

/// Where the character after `before`, the start of a sentence put together from `lines`, stands in the source.
std::size_t offset_of(std::string_view before, const std::vector<TextLine>& lines) {
  auto left = std::count_if(before.begin(), before.end(), [](char c) { return !text::is_space(c); });
  for (const TextLine& line : lines) {
    for (std::size_t i = 0; i < line.text.size(); ++i) {
      if (!text::is_space(line.text[i]) && left-- == 0) return line.offset + i;
    }
  }
  return lines.front().offset;
}

class Reader {
 public:
  Reader(const SourceText& source, const std::vector<std::string>& twins, Diagnostics& diagnostics)
      : source_(source), twins_(twins), diagnostics_(diagnostics) {}

  void read(const markdown::Section& section);
  CriteriaList finish() {
    close_group();
    return std::move(list_);
  }

 private:
  /// A `###` heading that waits for its first criterion, or has one.
  struct OpenGroup {
    GroupHeading heading;
    std::size_t offset = 0;            // of the heading's text
    std::optional<std::size_t> index;  // in the list, from the first criterion on
  };

  void heading(const TextBlock& block);
  void link_definitions(const markdown::Section& section);
  void close_group();
  std::optional<std::size_t> current_group();
  void check_quotes(std::string_view text, const std::vector<TextLine>& lines);
  void item(const TextBlock& block, bool groups_criteria, bool explains_criterion);
  void stray(const TextBlock& block);
  void criterion(const TextBlock& block, MarkerMatch match);
  void check_continuations(const TextBlock& block);
  void check_twin(const Criterion& criterion, std::size_t offset, std::size_t width);
  void check_duplicate(const Criterion& criterion);
  void report(Severity severity, std::size_t offset, std::size_t length, std::string code, std::string message,
              std::string hint);

  const SourceText& source_;
  const std::vector<std::string>& twins_;
  Diagnostics& diagnostics_;
  CriteriaList list_;
  std::optional<OpenGroup> group_;
  std::map<std::string, std::size_t> seen_;    // kind and sentence to line
  std::map<std::string, std::size_t> titles_;  // group title to line
};

void Reader::report(Severity severity, std::size_t offset, std::size_t length, std::string code, std::string message,
                    std::string hint) {
  const Position at = source_.position(offset);
  diagnostics_.push_back({severity, at.line, at.column, length, std::move(code), std::move(message), std::move(hint)});
}

void Reader::read(const markdown::Section& section) {
  const std::vector<TextBlock>& blocks = section.blocks;
  std::vector<bool> reaches(blocks.size(), false);  // is or wants to be a criterion
  std::vector<bool> groups(blocks.size(), false);   // has such an item below it
  for (std::size_t i = blocks.size(); i-- > 0;) {
    reaches[i] = match_marker(blocks[i].lines.front().text).kind != MarkerMatch::Kind::none;
    if (blocks[i].parent && (reaches[i] || groups[i])) groups[*blocks[i].parent] = true;
  }
  close_group();
  link_definitions(section);
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    if (blocks[i].kind == TextBlock::Kind::item) {
      item(blocks[i], groups[i], blocks[i].parent && reaches[*blocks[i].parent]);
    } else if (blocks[i].heading_level > 0 && !reaches[i]) {
      heading(blocks[i]);
    } else {
      stray(blocks[i]);
    }
  }
}

/// "- [D]: Done" is how Markdown defines a link called D: no text is left of it, and the criterion would be lost
/// without a word.
void Reader::link_definitions(const markdown::Section& section) {
  std::set<std::size_t> known;  // 0-based lines that are text or code
  for (const TextBlock& block : section.blocks) {
    for (const TextLine& line : block.lines) known.insert(source_.line_index(line.offset));
  }
  for (const markdown::CodeBlock& code : section.code) {
    const auto lines = static_cast<std::size_t>(std::count(code.content.begin(), code.content.end(), '\n'));
    for (std::size_t i = 0; i < lines; ++i) known.insert(code.line + i);
  }
  const std::size_t end = source_.line_index(section.body_end);
  for (std::size_t i = source_.line_index(section.body_begin); i <= end; ++i) {
    std::string_view line = without_tight_bullet(text::trim(source_.line(i)));
    if (line.starts_with("* ")) line = text::trim_left(line.substr(1));
    const std::size_t close = line.find("]:");
    if (close == std::string_view::npos || known.count(i) > 0) continue;
    if (match_marker(text::cat(line.substr(0, close + 1), " x")).kind != MarkerMatch::Kind::marker) continue;
    report(Severity::warning, source_.offset_of(line), 0, "link-definition",
           "Markdown reads this line as the address of a link, so it is no criterion.",
           "Remove the colon after the marker.");
  }
}

void Reader::heading(const TextBlock& block) {
  const TextLine& line = block.lines.front();
  GroupHeading match = match_group(line.text);
  if (block.heading_level != 3) {
    if (!match.weighted) return;
    return report(Severity::error, line.offset, 0, "bad-group", "Only a heading with three `#` opens a group.",
                  "Write it with `###`, or remove the weight.");
  }
  close_group();
  if (!match.problem.empty()) {
    report(match.severity, line.offset + match.offset, 0, "bad-group", match.problem, match.hint);
  }
  if (match.group.title.empty()) return;
  group_ = OpenGroup{std::move(match), line.offset, std::nullopt};
}

/// Ends the group that is open. One that promises a weight and has nothing to weigh is worth a word.
void Reader::close_group() {
  if (group_ && group_->heading.weighted && !group_->index) {
    report(Severity::warning, group_->offset, 0, "empty-group", "This group has a weight, but no criterion.",
           "Put its criteria below the heading, or remove the weight.");
  }
  group_.reset();
}

/// The group the next criterion belongs to; the first criterion makes the heading a group.
std::optional<std::size_t> Reader::current_group() {
  if (!group_ || group_->index) return group_ ? group_->index : std::nullopt;
  const std::size_t line = source_.position(group_->offset).line;
  if (list_.groups.size() == kMaxGroups) {
    report(Severity::error, group_->offset, 0, "too-many-groups",
           text::cat("A scenario has at most ", kMaxGroups, " groups."), "Put some of them together.");
    group_.reset();
    return std::nullopt;
  }
  const Group& group = group_->heading.group;
  if (const auto [earlier, fresh] = titles_.emplace(group.title, line); !fresh) {
    report(Severity::warning, group_->offset, 0, "duplicate-group",
           text::cat("A group of this name starts in line ", earlier->second, " already; each of the two is weighed."),
           "Put their criteria together, or give one another name.");
  }
  group_->index = list_.groups.size();
  list_.groups.push_back(group);
  return group_->index;
}

void Reader::item(const TextBlock& block, bool groups_criteria, bool explains_criterion) {
  const TextLine& first = block.lines.front();
  MarkerMatch match = match_marker(first.text);
  if (match.kind == MarkerMatch::Kind::marker) return criterion(block, std::move(match));
  if (match.kind == MarkerMatch::Kind::near_miss) {
    return report(Severity::error, first.offset, 0, "bad-marker", match.problem, match.hint);
  }
  check_continuations(block);
  if (groups_criteria) return;
  const bool on_purpose = explains_criterion || first.text.starts_with('[');
  report(on_purpose ? Severity::note : Severity::warning, first.offset, 0, "not-a-criterion",
         "This list item has no marker and is not graded.",
         "To grade it, write `- [D] sentence` (checked by rule) or `- [P] sentence` (needs a judge).");
}

/// A paragraph or heading: fine as prose, an error when it looks like a criterion that lost its bullet.
void Reader::stray(const TextBlock& block) {
  for (const TextLine& line : block.lines) {
    if (match_marker(without_tight_bullet(line.text)).kind == MarkerMatch::Kind::none) continue;
    report(Severity::error, line.offset, 0, "bad-marker", "A criterion must be a list item of its own.",
           "Start the line with `- `, with a space between bullet and marker.");
  }
}

void Reader::check_continuations(const TextBlock& block) {
  for (std::size_t i = 1; i < block.lines.size(); ++i) {
    if (match_marker(without_tight_bullet(block.lines[i].text)).kind == MarkerMatch::Kind::none) continue;
    report(Severity::error, block.lines[i].offset, 0, "bad-marker",
           "This line continues the list item above it, although it has a marker of its own.",
           "Start it with `- ` in the column of the item above.");
  }
}

void Reader::criterion(const TextBlock& block, MarkerMatch match) {
  const TextLine& first = block.lines.front();
  check_continuations(block);
  Criterion out;
  out.group = current_group();
  out.marker = match.marker;
  const bool judged = match.marker == Marker::p || match.marker == Marker::model;
  out.kind = judged ? CriterionKind::judged : CriterionKind::deterministic;
  out.always_scored = match.always_scored;
  out.optional = match.optional;
  out.twin = std::move(match.twin);
  const std::vector<TextLine> lines = sentence_lines(block, match.width);
  for (const TextLine& line : lines) append_collapsed(out.text, line.text);
  if (!match.emphasis.empty()) {
    if (out.text.size() <= match.emphasis.size() || !out.text.ends_with(match.emphasis)) {
      return report(Severity::error, first.offset, 0, "bad-marker",
                    "The emphasis around the criterion is not balanced.", "Remove the emphasis.");
    }
    out.text.resize(out.text.size() - match.emphasis.size());
  }
  if (out.text.empty()) {
    return report(Severity::error, first.offset, 0, "empty-criterion", "The marker has no sentence.",
                  "Write what must be true at the end of the run.");
  }
  if (count_code_points(out.text) > kMaxSentence) {
    return report(Severity::error, lines.front().offset, 0, "long-criterion",
                  text::cat("A criterion has at most ", kMaxSentence, " characters."),
                  "Say what must be true in one sentence, and split it when it says several things.");
  }
  check_quotes(out.text, lines);
  const bool own_line = match.width < first.text.size() || block.lines.size() == 1;
  const Position sentence = source_.position(own_line ? first.offset + match.width : block.lines[1].offset);
  out.line = source_.position(first.offset).line;
  out.column = sentence.column;
  out.id = text::cat("crit_", list_.criteria.size());
  check_twin(out, first.offset, match.width);
  check_duplicate(out);
  list_.criteria.push_back(std::move(out));
}

/// Quotes hold the values of a sentence; one without its partner swallows the words after it. Read as the vocabulary
/// reads them: from left to right, and what stands between two quotes is never a quote itself.
void Reader::check_quotes(std::string_view text, const std::vector<TextLine>& lines) {
  constexpr std::string_view kCurlyOpen = "\xE2\x80\x9C";   // U+201C
  constexpr std::string_view kCurlyClose = "\xE2\x80\x9D";  // U+201D
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool curly = text.substr(i, kCurlyOpen.size()) == kCurlyOpen;
    if (!curly && text[i] != '"' && text[i] != '`') continue;
    const std::string_view open = curly ? kCurlyOpen : text.substr(i, 1);
    const std::string_view close = curly ? kCurlyClose : open;
    const std::size_t end = text.find(close, i + open.size());
    if (end != std::string_view::npos) {
      i = end + close.size() - 1;
      continue;
    }
    return report(Severity::warning, offset_of(text.substr(0, i), lines), count_code_points(open), "unbalanced-quote",
                  text::cat("The quote ", open, " is opened here and never closed."),
                  text::cat("Add the closing ", close, ", or remove this one."));
  }
}

void Reader::check_twin(const Criterion& criterion, std::size_t offset, std::size_t width) {
  const bool deterministic = criterion.kind == CriterionKind::deterministic;
  if (!criterion.twin) {
    if (!deterministic || twins_.size() < 2) return;
    return report(Severity::error, offset, width, "missing-twin-tag",
                  "With several twins, every `[D]` criterion must say which twin it reads.",
                  text::cat("Write for example `[D:", twins_.front(), "]`."));
  }
  if (std::find(twins_.begin(), twins_.end(), *criterion.twin) != twins_.end()) return;
  if (!is_known_twin(*criterion.twin)) {
    return report(Severity::error, offset, width, "unknown-twin",
                  text::cat("There is no twin called `", *criterion.twin, "`."), twin_hint(*criterion.twin));
  }
  report(Severity::error, offset, width, "twin-not-in-config",
         text::cat("The criterion reads the twin `", *criterion.twin, "`, which this scenario does not use."),
         text::cat("Remove the tag, or add `", *criterion.twin, "` to `twins` in `## Config`."));
}

void Reader::check_duplicate(const Criterion& criterion) {
  const std::string_view kind = criterion.kind == CriterionKind::judged ? "P " : "D ";
  const auto [earlier, fresh] =
      seen_.emplace(text::cat(kind, criterion.twin.value_or(""), " ", criterion.text), criterion.line);
  if (fresh) return;
  diagnostics_.push_back({Severity::warning, criterion.line, criterion.column, 0, "duplicate-criterion",
                          text::cat("The same criterion is in line ", earlier->second, " already; it counts twice."),
                          "Remove one of the two."});
}

}  // namespace

std::string_view without_tight_bullet(std::string_view line) {
  if (line.starts_with("\xE2\x80\xA2")) return text::trim_left(line.substr(3));  // U+2022, the round bullet
  std::size_t width = 0;
  while (width < line.size() && text::is_digit(line[width])) ++width;
  const std::string_view marks = width > 0 ? ".)" : "-+";
  if (width < line.size() && marks.find(line[width]) != std::string_view::npos)
    return text::trim_left(line.substr(width + 1));
  return line;
}

CriteriaList read_criteria(const SourceText& source, const std::vector<const markdown::Section*>& sections,
                           const std::vector<std::string>& twins, Diagnostics& diagnostics) {
  Reader reader(source, twins, diagnostics);
  for (const markdown::Section* section : sections) reader.read(*section);
  return reader.finish();
}

}  // namespace pome::scenario
