#include "core/git/diff_text.h"

#include <algorithm>

#include "core/base/text.h"
#include "core/git/binary_patch.h"

namespace pome::git {
namespace {

constexpr std::size_t kWholeId = 40;
constexpr std::string_view kNowhere = "/dev/null";

bool needs_quotes(char c) {
  return static_cast<unsigned char>(c) < 0x20 || static_cast<unsigned char>(c) >= 0x7f || c == '"' || c == '\\';
}

void append_escaped(std::string& out, char c) {
  if (!needs_quotes(c)) {
    out += c;
    return;
  }
  constexpr std::string_view kPlain = "\a\b\t\n\v\f\r\"\\";
  constexpr std::string_view kLetters = "abtnvfr\"\\";
  out += '\\';
  if (const std::size_t at = kPlain.find(c); at != std::string_view::npos) {
    out += kLetters[at];
    return;
  }
  const auto byte = static_cast<unsigned char>(c);
  for (const int shift : {6, 3, 0}) out += static_cast<char>('0' + (byte >> shift & 7));
}

/// Modes in headers have six digits.
std::string_view six_digits(Mode mode) { return mode == Mode::tree ? "040000" : mode_text(mode); }

void append_modes(std::string& out, const FileChange& change) {
  if (change.status == FileStatus::added) {
    out += text::cat("new file mode ", six_digits(change.new_mode), '\n');
  } else if (change.status == FileStatus::removed) {
    out += text::cat("deleted file mode ", six_digits(change.old_mode), '\n');
  } else if (change.old_mode != change.new_mode) {
    out += text::cat("old mode ", six_digits(change.old_mode), "\nnew mode ", six_digits(change.new_mode), '\n');
  }
}

void append_index(std::string& out, const FileChange& change, std::size_t digits) {
  const bool both = change.status != FileStatus::added && change.status != FileStatus::removed;
  if (both && change.old_id == change.new_id) return;
  out += text::cat("index ", std::string_view(change.old_id.hex()).substr(0, digits), "..",
                   std::string_view(change.new_id.hex()).substr(0, digits));
  if (both && change.old_mode == change.new_mode) out += text::cat(' ', six_digits(change.new_mode));
  out += '\n';
}

/// The name behind "---" or "+++"; a name with a space ends in a tab so that its end can be told.
std::string label(std::string_view name, std::string_view path) {
  return text::cat(name, path.find(' ') == std::string_view::npos ? "" : "\t", '\n');
}

FileChange half_of(const FileChange& change, FileStatus status) {
  FileChange half = change;
  half.status = status;
  if (status == FileStatus::removed) {
    half.new_id = {};
  } else {
    half.old_id = {};
  }
  return half;
}

}  // namespace

std::string quoted_path(std::string_view prefix, std::string_view path) {
  std::string out = text::cat(prefix, path);
  if (std::none_of(out.begin(), out.end(), needs_quotes)) return out;
  std::string quoted = "\"";
  for (const char c : out) append_escaped(quoted, c);
  return quoted + '"';
}

std::string diff_text(const ObjectStore& store, const FileChange& change, const DiffTextOptions& options) {
  if (change.status == FileStatus::type_changed) {
    return diff_text(store, half_of(change, FileStatus::removed), options) +
           diff_text(store, half_of(change, FileStatus::added), options);
  }
  const std::string old_name = quoted_path("a/", change.old_path());
  const std::string new_name = quoted_path("b/", change.path);
  std::string out = text::cat("diff --git ", old_name, ' ', new_name, '\n');
  append_modes(out, change);
  if (change.status == FileStatus::renamed) {
    out += text::cat("similarity index ", change.similarity, "%\nrename from ", quoted_path("", change.previous_path),
                     "\nrename to ", quoted_path("", change.path), '\n');
  }
  const Patch patch = patch_of(store, change);
  const bool apply_binary = patch.binary && options.binary_patches;
  append_index(out, change, apply_binary ? kWholeId : options.id_digits);
  const std::string from = change.status == FileStatus::added ? std::string(kNowhere) : old_name;
  const std::string to = change.status == FileStatus::removed ? std::string(kNowhere) : new_name;
  if (patch.binary && change.old_id == change.new_id) return out;
  if (apply_binary) {
    const std::string* before = store.blob(change.old_id);
    const std::string* after = store.blob(change.new_id);
    out += binary_patch(before ? *before : std::string_view(), after ? *after : std::string_view());
  } else if (patch.binary) {
    out += text::cat("Binary files ", from, " and ", to, " differ\n");
  } else if (!patch.hunks.empty()) {
    out += text::cat("--- ", label(from, from == kNowhere ? "" : change.old_path()), "+++ ",
                     label(to, to == kNowhere ? "" : change.path), patch.hunks);
  }
  return out;
}

std::string diff_text(const ObjectStore& store, const std::vector<FileChange>& changes,
                      const DiffTextOptions& options) {
  std::string out;
  for (const FileChange& change : changes) out += diff_text(store, change, options);
  return out;
}

}  // namespace pome::git
