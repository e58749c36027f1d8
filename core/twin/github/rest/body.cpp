#include "core/twin/github/rest/body.h"
#include "core/base/sort.h"

#include <algorithm>
#include <string>
#include <utility>

#include "core/base/json_writer.h"
#include "core/base/text.h"
#include "core/twin/github/rest/errors.h"

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

template <class Words>
std::string quoted_list(const Words& words) {
  std::string out;
  for (const auto& word : words) {
    if (!out.empty()) out += ", ";
    append_json_string(out, word);
  }
  return out;
}

/// Holds a body against its rows; problems are worded by GitHub's schema validator: `For 'properties/title', nil is not
/// a string.`
class Checker {
 public:
  void check_object(const Json& object, std::span<const Field> fields, const std::string& pointer) {
    std::vector<std::string_view> absent;
    for (const Field& field : fields) {
      const auto member = object.find(field.name);
      if (member != object.end()) {
        check(*member, field, text::cat(pointer, "properties/", field.name));
      } else if (field.is_required) {
        absent.push_back(field.name);
      }
    }
    if (absent.empty()) return;
    sort_stably(absent);
    missing_.push_back(text::cat(quoted_list(absent), absent.size() == 1 ? " wasn't" : " weren't", " supplied."));
  }

  std::optional<Reply> refusal() {
    lines_.insert(lines_.end(), missing_.begin(), missing_.end());
    if (lines_.empty()) return std::nullopt;
    return errors::invalid_request(lines_);
  }

 private:
  void check(const Json& value, const Field& field, const std::string& pointer) {
    if (value.is_null() && field.is_nullable) return;
    switch (field.type) {
      case Type::texts:
        return check_list(value, field, Type::text, pointer);
      case Type::integers:
        return check_list(value, field, Type::integer, pointer);
      case Type::names:
        return check_list(value, field, Type::name, pointer);
      case Type::objects:
        return check_list(value, field, Type::object, pointer);
      default:
        return check_one(value, field, field.type, pointer);
    }
  }

  void check_list(const Json& value, const Field& field, Type type, const std::string& pointer) {
    if (!value.is_array()) return wrong_type(pointer, value, "an array");
    const std::string items = text::cat(pointer, "/items");
    for (const Json& item : value) check_one(item, field, type, items);
  }

  void check_one(const Json& value, const Field& field, Type type, const std::string& pointer) {
    switch (type) {
      case Type::any:
        return;
      case Type::flag:
        if (!value.is_boolean()) wrong_type(pointer, value, "a boolean");
        return;
      case Type::integer:
        if (!value.is_number_integer()) wrong_type(pointer, value, "an integer");
        return;
      case Type::integer_or_text:
        if (!value.is_number_integer() && !value.is_string()) wrong_type(pointer, value, "an integer");
        return;
      case Type::object:
        if (!value.is_object()) return wrong_type(pointer, value, "an object");
        return check_object(value, field.members, text::cat(pointer, "/"));
      case Type::name:
        return check_name(value, pointer);
      case Type::text_or_integer:
        if (value.is_number_integer()) return;
        [[fallthrough]];
      default:
        return check_text(value, field, pointer);
    }
  }

  void check_text(const Json& value, const Field& field, const std::string& pointer) {
    if (!value.is_string()) return wrong_type(pointer, value, "a string");
    if (field.words.empty()) return;
    const auto& written = value.get_ref<const std::string&>();
    if (std::find(field.words.begin(), field.words.end(), std::string_view(written)) != field.words.end()) return;
    add(pointer, text::cat(written, " is not a member of [", quoted_list(field.words), "]."));
  }

  void check_name(const Json& value, const std::string& pointer) {
    for (const std::string_view key : {"name", "login"}) {
      if (!value.is_object() || !value.contains(key)) continue;
      return check_text(value[std::string(key)], Field{}, text::cat(pointer, "/properties/", key));
    }
    check_text(value, Field{}, pointer);
  }

  void wrong_type(std::string_view pointer, const Json& value, std::string_view expected) {
    std::string problem;
    append_inspected(problem, value);
    add(pointer, text::cat(problem, " is not ", expected, "."));
  }

  void add(std::string_view pointer, std::string_view problem) {
    lines_.push_back(text::cat("For '", pointer, "', ", problem));
  }

  std::vector<std::string> lines_;
  std::vector<std::string> missing_;
};

}  // namespace

std::optional<Reply> check_body(std::string_view text, const BodySpec& spec, Json& document) {
  document = Json::object();
  if (!text::trim(text).empty()) {
    Result<Json> parsed = json::parse(text);
    if (!parsed) return errors::problems_parsing_json();
    Json value = std::move(parsed).value();
    if (value.is_object()) {
      document = std::move(value);
    } else if (value.is_array() && !spec.bare_array.empty()) {
      document[std::string(spec.bare_array)] = std::move(value);
    } else if (!value.is_null()) {
      return errors::body_is_not_an_object();
    }
  }
  Checker checker;
  checker.check_object(document, spec.fields, {});
  return checker.refusal();
}

}  // namespace pome::twin::github::rest
