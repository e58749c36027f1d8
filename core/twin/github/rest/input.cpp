#include "core/twin/github/rest/input.h"

#include <algorithm>

namespace pome::twin::github::rest {

namespace {

/// A value as Ruby's `inspect` prints it, which is how GitHub's validator quotes it.
void append_inspected(std::string& out, const Json& value) {
  if (value.is_null()) {
    out += "nil";
  } else if (value.is_array()) {
    out += '[';
    std::string_view separator = "";
    for (const Json& item : value) {
      out += separator;
      append_inspected(out, item);
      separator = ", ";
    }
    out += ']';
  } else if (value.is_object()) {
    out += '{';
    std::string_view separator = "";
    for (const auto& [key, item] : value.items()) {
      out += separator;
      append_json_string(out, key);
      out += "=>";
      append_inspected(out, item);
      separator = ", ";
    }
    out += '}';
  } else {
    out += json::dump(value);
  }
}

std::string listed(std::vector<std::string> names) {
  std::sort(names.begin(), names.end());
  std::string out;
  for (const std::string& name : names) {
    if (!out.empty()) out += ", ";
    append_json_string(out, name);
  }
  return out;
}

}  // namespace

void Problems::add(std::string_view pointer, std::string_view problem) {
  lines_.push_back(text::cat("For '", pointer, "', ", problem));
}

void Problems::wrong_type(std::string_view pointer, const Json& value, std::string_view expected) {
  std::string problem;
  append_inspected(problem, value);
  add(pointer, text::cat(problem, " is not ", expected, "."));
}

std::optional<ApiError> Problems::refusal() const {
  std::vector<std::string> lines = lines_;
  if (!missing_.empty()) {
    lines.push_back(text::cat(listed(missing_), missing_.size() == 1 ? " wasn't" : " weren't", " supplied."));
  }
  if (lines.empty()) return std::nullopt;
  return errors::invalid_request(lines);
}

void read(const Json& value, std::string_view pointer, Problems& problems, std::string& out) {
  if (!value.is_string()) return problems.wrong_type(pointer, value, "a string");
  out = value.get_ref<const std::string&>();
}

void read(const Json& value, std::string_view pointer, Problems& problems, bool& out) {
  if (!value.is_boolean()) return problems.wrong_type(pointer, value, "a boolean");
  out = value.get<bool>();
}

void read(const Json& value, std::string_view pointer, Problems& problems, std::int64_t& out) {
  if (!value.is_number_integer()) return problems.wrong_type(pointer, value, "an integer");
  out = value.get<std::int64_t>();
}

void read(const Json& value, std::string_view pointer, Problems& problems, TextOrNumber& out) {
  if (value.is_number_integer()) {
    out.text = text::cat(value.get<std::int64_t>());
  } else {
    read(value, pointer, problems, out.text);
  }
}

void read(const Json& value, std::string_view pointer, Problems& problems, NumberOrDigits& out) {
  if (value.is_string()) {
    out.number = text::to_integer(value.get_ref<const std::string&>()).value_or(-1);
  } else {
    read(value, pointer, problems, out.number);
  }
}

void read(const Json& value, std::string_view pointer, Problems& problems, Name& out) {
  if (!value.is_object()) return read(value, pointer, problems, out.text);
  for (const std::string_view key : {"name", "login"}) {
    const auto member = value.find(key);
    if (member != value.end()) return read(*member, text::cat(pointer, "/properties/", key), problems, out.text);
  }
  problems.wrong_type(pointer, value, "a string");
}

void read_choice(const Json& value, std::string_view pointer, Problems& problems, std::string& out,
                 const std::string_view* words, std::size_t count) {
  read(value, pointer, problems, out);
  if (!value.is_string()) return;
  if (std::find(words, words + count, std::string_view(out)) != words + count) return;
  std::string list;
  for (std::size_t i = 0; i < count; ++i) {
    if (i > 0) list += ", ";
    append_json_string(list, words[i]);
  }
  problems.add(pointer, text::cat(out, " is not a member of [", list, "]."));
}

std::variant<Json, ApiError> detail::parse_body(std::string_view body, std::string_view bare_array) {
  if (text::trim(body).empty()) return Json::object();
  Result<Json> parsed = json::parse(body);
  if (!parsed) return errors::problems_parsing_json();
  Json value = std::move(parsed).value();
  if (value.is_object()) return value;
  if (value.is_null()) return Json::object();
  if (value.is_array() && !bare_array.empty()) {
    Json wrapped = Json::object();
    wrapped[std::string(bare_array)] = std::move(value);
    return wrapped;
  }
  return errors::body_is_not_an_object();
}

std::vector<std::string> texts(const std::vector<Name>& names) {
  std::vector<std::string> out;
  out.reserve(names.size());
  for (const Name& name : names) out.push_back(name.text);
  return out;
}

}  // namespace pome::twin::github::rest
