#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace pome {

/// Appends JSON text to a string without building a document: members come out in the order they are written.
/// The caller keeps the calls balanced (every begin has its end, every value in an object follows a key).
/// Strings are escaped as RFC 8259 asks; invalid UTF-8 becomes U+FFFD. With `indent` > 0 the output is pretty-printed.
class JsonWriter {
 public:
  explicit JsonWriter(std::string& out, int indent = 0) : out_(out), indent_(indent) {}

  JsonWriter& begin_object();
  JsonWriter& end_object();
  JsonWriter& begin_array();
  JsonWriter& end_array();
  JsonWriter& key(std::string_view name);
  JsonWriter& value(std::string_view text);
  JsonWriter& value(const char* text) { return value(std::string_view(text)); }
  JsonWriter& value(const std::string& text) { return value(std::string_view(text)); }
  JsonWriter& null();
  /// Text that is JSON already. Pretty-printing does not reach inside it.
  JsonWriter& raw(std::string_view json);

  template <class T>
  requires std::is_integral_v<T> JsonWriter& value(T number) {
    if constexpr (std::is_same_v<T, bool>) {
      return boolean(number);
    } else {
      return integer(static_cast<std::int64_t>(number));
    }
  }

  /// key + value.
  JsonWriter& field(std::string_view name, std::string_view text);
  JsonWriter& field(std::string_view name, const char* text) { return field(name, std::string_view(text)); }
  JsonWriter& field(std::string_view name, const std::string& text) { return field(name, std::string_view(text)); }
  template <class T>
  requires std::is_integral_v<T> JsonWriter& field(std::string_view name, T number) {
    if constexpr (std::is_same_v<T, bool>) {
      return boolean_field(name, number);
    } else {
      return integer_field(name, static_cast<std::int64_t>(number));
    }
  }
  /// key + value, or key + null when there is none.
  JsonWriter& field(std::string_view name, const std::optional<std::string>& text);
  JsonWriter& field(std::string_view name, const std::optional<std::string_view>& text);
  JsonWriter& field(std::string_view name, const std::optional<std::int64_t>& number);
  JsonWriter& field(std::string_view name, const std::optional<bool>& flag);
  JsonWriter& null_field(std::string_view name) { return key(name).null(); }
  JsonWriter& raw_field(std::string_view name, std::string_view json) { return key(name).raw(json); }

  std::string& out() { return out_; }

 private:
  JsonWriter& integer(std::int64_t number);
  JsonWriter& boolean(bool flag) { return raw(flag ? "true" : "false"); }
  JsonWriter& integer_field(std::string_view name, std::int64_t number);
  JsonWriter& boolean_field(std::string_view name, bool flag);
  void before_value();
  void newline();

  std::string& out_;
  int indent_;
  int depth_ = 0;
  bool first_ = true;       // nothing written yet at this level
  bool after_key_ = false;  // the next value belongs to a key
};

/// Appends `text` as a JSON string literal, quotes included.
void append_json_string(std::string& out, std::string_view text);

}  // namespace pome
