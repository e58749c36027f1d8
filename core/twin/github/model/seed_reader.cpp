#include "core/twin/github/model/seed_reader.h"

#include <algorithm>
#include <utility>

#include "core/base/pointer.h"
#include "core/base/text.h"
#include "core/base/time.h"
#include "core/twin/github/model/label_rules.h"

namespace pome::twin::github::model {
namespace {

std::string_view type_name(const Json& value) {
  switch (value.type()) {
    case Json::value_t::object:
      return "an object";
    case Json::value_t::array:
      return "a list";
    case Json::value_t::string:
      return "a string";
    case Json::value_t::boolean:
      return "true or false";
    case Json::value_t::null:
      return "null";
    default:
      return "a number";
  }
}

bool is_before(const Diagnostic& a, const Diagnostic& b) {
  return a.line != b.line ? a.line < b.line : a.column < b.column;
}

}  // namespace

void Problems::add(Severity severity, At at, const std::string& pointer, std::string_view code, std::string message,
                   std::string hint) {
  if (places_.empty()) scan();
  const auto place = places_.find(pointer);
  Span span;
  if (place != places_.end()) span = at == At::key ? place->second.key : place->second.value;
  const std::string_view before = text_.substr(0, span.begin);
  const std::size_t newline = before.rfind('\n');
  const std::size_t start = newline == std::string_view::npos ? 0 : newline + 1;
  const std::string_view covered = text_.substr(span.begin, span.size);
  Diagnostic problem;
  problem.severity = severity;
  problem.line = 1 + static_cast<std::size_t>(std::count(before.begin(), before.end(), '\n'));
  problem.column = 1 + code_points(before.substr(start));
  problem.length = code_points(covered.substr(0, covered.find('\n')));
  problem.code = std::string(code);
  problem.message = std::move(message);
  problem.hint = std::move(hint);
  const auto after = std::upper_bound(diagnostics_.begin(), diagnostics_.end(), problem, is_before);
  diagnostics_.insert(after, std::move(problem));
}

void Problems::scan() {
  JsonScanner scanner(text_);
  scan_value(scanner, scanner.next(), "", {});
}

/// Records the value whose first token was just read, and all below it. Of equal keys the last one counts, as for the
/// parser. A container is marked by its opening bracket.
void Problems::scan_value(JsonScanner& scanner, JsonScanner::Token token, const std::string& pointer, Span key) {
  using Token = JsonScanner::Token;
  places_[pointer] = {key, {scanner.begin(), scanner.end() - scanner.begin()}};
  if (token == Token::begin_array) {
    std::size_t index = 0;
    for (token = scanner.next(); token != Token::end_array && token != Token::error; token = scanner.next()) {
      scan_value(scanner, token, pointer::child(pointer, index++), {});
    }
  } else if (token == Token::begin_object) {
    for (token = scanner.next(); token == Token::key; token = scanner.next()) {
      const Span name{scanner.begin(), scanner.end() - scanner.begin()};
      const std::string below = pointer::child(pointer, scanner.text());
      scan_value(scanner, scanner.next(), below, name);
    }
  }
}

std::string Node::pointer() const {
  if (!parent_) return "";
  return is_element_ ? pointer::child(parent_->pointer(), index_) : pointer::child(parent_->pointer(), key_);
}

bool Node::is_object(std::string_view known) const {
  std::vector<std::string_view> keys;
  while (!known.empty()) {
    const std::size_t end = std::min(known.find(' '), known.size());
    keys.push_back(known.substr(0, end));
    known.remove_prefix(std::min(end + 1, known.size()));
  }
  return is_object(keys);
}

bool Node::is_object(const std::vector<std::string_view>& known) const {
  if (!value_->is_object()) {
    error("wrong-type", text::cat("This should be an object, not ", type_name(*value_), "."));
    return false;
  }
  for (const auto& item : value_->items()) {
    const std::string& name = item.key();
    if (std::find(known.begin(), known.end(), name) != known.end()) continue;
    problems_->add(Severity::warning, Problems::At::key, pointer::child(pointer(), name), "unknown-key",
                   text::cat("\"", name, "\" means nothing here and is ignored."), did_you_mean(name, known));
  }
  return true;
}

std::optional<std::string> Node::text(std::string_view key) const {
  const Json& found = json::at(*value_, key);
  if (found.is_null()) return std::nullopt;
  if (found.is_string()) return found.get<std::string>();
  wrong_type(key, "a string");
  return std::nullopt;
}

std::string Node::text(std::string_view key, std::string_view otherwise) const {
  return text(key).value_or(std::string(otherwise));
}

std::string Node::required_text(std::string_view key) const {
  if (!has(key)) {
    error("missing-field", text::cat("\"", key, "\" is missing."));
    return "";
  }
  return json::at(*value_, key).is_string() ? member(key).as_text() : text(key, "");
}

bool Node::flag(std::string_view key, bool otherwise) const {
  const Json& found = json::at(*value_, key);
  if (found.is_boolean()) return found.get<bool>();
  if (!found.is_null()) wrong_type(key, "true or false");
  return otherwise;
}

std::optional<Id> Node::whole(std::string_view key, Id least) const {
  const Json& found = json::at(*value_, key);
  if (found.is_null()) return std::nullopt;
  constexpr Id kMost = 1'000'000'000;
  if (found.is_number_integer() && found.get<Id>() >= least && found.get<Id>() <= kMost) return found.get<Id>();
  wrong_type(key, text::cat("a whole number from ", least, " to ", kMost));
  return std::nullopt;
}

std::optional<Time> Node::instant(std::string_view key) const {
  const std::optional<std::string> written = text(key);
  if (!written) return std::nullopt;
  const std::optional<std::int64_t> at = time::parse_iso8601(*written);
  if (!at)
    error_at(key, "bad-time", text::cat("\"", *written, "\" is not a time."), "Write it like 2026-01-01T00:00:00Z.");
  return at;
}

std::string Node::as_text() const {
  if (!value_->is_string()) {
    error("wrong-type", text::cat("This should be a string, not ", type_name(*value_), "."));
    return "";
  }
  std::string found = value_->get<std::string>();
  if (!text::trim(found).empty()) return found;
  error("blank", is_element_ ? "This must not be blank." : text::cat("\"", key_, "\" must not be blank."));
  return "";
}

void Node::error(std::string_view code, std::string message, std::string hint) const {
  problems_->add(Severity::error, Problems::At::value, pointer(), code, std::move(message), std::move(hint));
}

void Node::error_at(std::string_view key, std::string_view code, std::string message, std::string hint) const {
  const std::string at = has(key) ? pointer::child(pointer(), key) : pointer();
  problems_->add(Severity::error, Problems::At::value, at, code, std::move(message), std::move(hint));
}

bool Node::is_array(std::string_view key, const Json& list) const {
  if (list.is_array()) return true;
  if (!list.is_null()) wrong_type(key, "a list");
  return false;
}

void Node::wrong_type(std::string_view key, std::string_view wanted) const {
  const Json& found = json::at(*value_, key);
  const bool other_number = found.is_number() && wanted.find("number") != std::string_view::npos;
  const std::string_view what = other_number ? std::string_view("this one") : type_name(found);
  error_at(key, "wrong-type", text::cat("\"", key, "\" should be ", wanted, ", not ", what, "."));
}

void Node::bad_word(std::string_view key, std::string_view written, std::string_view words) const {
  error_at(key, "bad-value", text::cat("\"", key, "\" cannot be \"", written, "\"."),
           text::cat("Use one of: ", words, "."));
}

std::string did_you_mean(std::string_view written, const std::vector<std::string_view>& candidates) {
  std::string_view best;
  std::size_t distance = written.size() < 3 ? written.size() : 3;  // must come below this
  for (const std::string_view candidate : candidates) {
    if (written.size() >= 3 && text::starts_with_ignore_case(candidate, written))
      return text::cat("Did you mean \"", candidate, "\"?");
    const std::size_t d = text::edit_distance(text::to_lower(written), text::to_lower(candidate));
    if (d < distance) {
      distance = d;
      best = candidate;
    }
  }
  return best.empty() ? std::string() : text::cat("Did you mean \"", best, "\"?");
}

std::string did_you_mean(std::string_view written, const std::vector<std::string>& candidates) {
  return did_you_mean(written, std::vector<std::string_view>(candidates.begin(), candidates.end()));
}

}  // namespace pome::twin::github::model
