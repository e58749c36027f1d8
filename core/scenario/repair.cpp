#include <algorithm>

#include "core/base/text.h"
#include "core/scenario/criteria.h"

namespace pome::scenario {
namespace {

std::size_t run_of(std::string_view text, char c) { return std::min(text.find_first_not_of(c), text.size()); }

/// Inside the brackets: no outer space, none after the colon, words apart by one space and without commas, lower case.
std::string tidy_options(std::string_view inside) {
  std::string out;
  for (const char raw : text::trim(inside)) {
    const char c = raw == ',' || text::is_space(raw) ? ' ' : text::lower(raw);
    if (c == ' ' && (out.empty() || out.ends_with(' ') || out.ends_with(':'))) continue;
    if (c == ':' && out.ends_with(' ')) out.pop_back();
    out.push_back(c);
  }
  if (out.ends_with(' ')) out.pop_back();
  return out;
}

bool is_judged(const MarkerMatch& match) { return match.marker == Marker::p || match.marker == Marker::model; }

/// Reads `options` as a marker; `always-scored` on a judged one goes, it never meant anything.
std::optional<MarkerLead> read_lead(std::string options, std::size_t width) {
  MarkerMatch match = match_marker(text::cat("[", options, "] x"));
  if (match.kind == MarkerMatch::Kind::near_miss && text::contains(options, " always-scored")) {
    std::string rest = text::replace_all(options, " always-scored", "");
    const MarkerMatch without = match_marker(text::cat("[", rest, "] x"));
    if (without.kind == MarkerMatch::Kind::marker && is_judged(without)) {
      match = without;
      options = std::move(rest);
    }
  }
  if (match.kind != MarkerMatch::Kind::marker) return std::nullopt;
  options.erase(0, marker_name(match.marker).size());
  return MarkerLead{match.marker, std::move(options), width, {}, true};
}

std::optional<MarkerLead> repaired(std::string_view line) {
  std::size_t at = 0;
  if (line.size() > 3 && line[0] == '[' && (line[1] == ' ' || text::lower(line[1]) == 'x') && line[2] == ']') {
    at = 3 + run_of(line.substr(3), ' ');  // a checkbox
  }
  const std::size_t ticks = run_of(line.substr(at), '`');
  at += ticks;
  if (at == line.size() || line[at] != '[') return std::nullopt;
  const std::size_t close = line.find(']', at);
  if (close == std::string_view::npos) return std::nullopt;
  std::size_t end = close + 1;
  end += std::min(ticks, run_of(line.substr(end), '`'));
  if (end < line.size() && line[end] == ':') ++end;
  while (end < line.size() && text::is_space(line[end])) ++end;
  if (end == line.size() || line[end] == '(' || line[end] == '[' || line[end] == '*') return std::nullopt;
  return read_lead(tidy_options(line.substr(at + 1, close - at - 1)), end);
}

}  // namespace

std::optional<MarkerLead> marker_lead(std::string_view line) {
  const MarkerMatch match = match_marker(line);
  if (match.kind == MarkerMatch::Kind::none) return std::nullopt;
  if (match.kind == MarkerMatch::Kind::near_miss) return repaired(line);
  const std::size_t open = line.find('[');
  const std::size_t word = open + 1 + marker_name(match.marker).size();
  MarkerLead lead;
  lead.marker = match.marker;
  lead.options = tidy_options(line.substr(word, line.find(']') - word));
  if (!lead.options.empty() && lead.options.front() != ':') lead.options.insert(0, " ");
  lead.width = match.width;
  lead.emphasis = match.emphasis;
  return lead;
}

}  // namespace pome::scenario
