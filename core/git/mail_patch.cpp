#include "core/git/mail_patch.h"

#include <algorithm>
#include <vector>

#include "core/base/text.h"
#include "core/base/time.h"
#include "core/git/diff_stat.h"
#include "core/git/diff_text.h"

namespace pome::git {
namespace {

constexpr std::size_t kHeaderWidth = 78;
constexpr std::size_t kEncodedWidth = 76;  ///< RFC 2047 section 2
constexpr std::size_t kStatWidth = 72;
constexpr std::string_view kEncodedStart = "=?UTF-8?q?";

bool is_ascii(char c) { return static_cast<unsigned char>(c) < 0x80; }

bool all_ascii(std::string_view text) { return std::all_of(text.begin(), text.end(), is_ascii); }

std::size_t column(const std::string& out) { return out.size() - (out.rfind('\n') + 1); }

/// Words, broken onto continuation lines where the header would become too long.
void append_wrapped(std::string& out, std::string_view text) {
  while (!text.empty()) {
    std::size_t end = 0;
    while (end < text.size() && text::is_space(text[end])) ++end;
    while (end < text.size() && !text::is_space(text[end])) ++end;
    std::string_view word = text.substr(0, end);
    text.remove_prefix(end);
    if (column(out) + word.size() > kHeaderWidth && column(out) > 1) {
      out += "\n ";
      if (text::is_space(word.front())) word.remove_prefix(1);
    }
    out += word;
  }
}

/// What stands for itself in a quoted-printable word; names allow less than subjects (RFC 2047 section 5).
bool is_plain(char c, bool in_name) {
  if (text::is_alpha(c) || text::is_digit(c)) return true;
  if (in_name) return std::string_view("!*+-/").find(c) != std::string_view::npos;
  return c > ' ' && c < '\x7f' && c != '=' && c != '?' && c != '_';
}

void append_encoded(std::string& out, std::string_view text, bool in_name) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  out += kEncodedStart;
  while (!text.empty()) {
    const std::size_t length = std::max<std::size_t>(text::utf8_sequence_length(text), 1);
    const bool plain = length == 1 && is_plain(text.front(), in_name);
    if (column(out) + (plain ? 1 : 3 * length) + 2 > kEncodedWidth) out.append("?=\n ").append(kEncodedStart);
    for (const char c : text.substr(0, length)) {
      if (plain) {
        out += c;
        continue;
      }
      const auto byte = static_cast<unsigned char>(c);
      out += '=';
      out += kHex[byte >> 4];
      out += kHex[byte & 15];
    }
    text.remove_prefix(length);
  }
  out += "?=";
}

void append_from(std::string& out, const Signature& author) {
  constexpr std::string_view kSpecial = "()<>[]:;@,.\"\\";
  out += "From: ";
  std::size_t width = kHeaderWidth;
  if (!all_ascii(author.name) || author.name.find("=?") != std::string::npos) {
    append_encoded(out, author.name, true);
    width = kEncodedWidth;
  } else if (author.name.find_first_of(kSpecial) != std::string::npos) {
    std::string quoted = "\"";
    for (const char c : author.name) {
      if (c == '"' || c == '\\') quoted += '\\';
      quoted += c;
    }
    append_wrapped(out, quoted + '"');
  } else {
    append_wrapped(out, author.name);
  }
  if (column(out) + author.email.size() + 3 > width) out += '\n';
  out += text::cat(" <", author.email, ">\n");
}

/// RFC 5322: "Thu, 1 Jan 2026 00:00:00 +0130".
std::string mail_date(const Signature& signature) {
  std::string date =
      time::http_date(signature.time + std::int64_t{signature.offset_minutes} * 60);  // "Thu, 01 Jan 2026 00:00:00 GMT"
  date.resize(date.size() - 3);
  if (date[5] == '0') date.erase(5, 1);
  const int offset = signature.offset_minutes < 0 ? -signature.offset_minutes : signature.offset_minutes;
  std::string zone = text::cat(offset / 60 * 100 + offset % 60);
  zone.insert(0, 4 - std::min<std::size_t>(zone.size(), 4), '0');
  return text::cat(date, signature.offset_minutes < 0 ? '-' : '+', zone);
}

struct Message {
  std::string title;  ///< the first paragraph in one line
  std::string body;
};

Message split_message(std::string_view message) {
  Message out;
  std::size_t blank_lines = 0;
  bool in_title = true;
  for (const std::string_view whole : text::split(message, '\n')) {
    const std::string_view line = text::trim_right(whole);
    if (line.empty()) {
      if (!out.title.empty()) in_title = false;
      ++blank_lines;
      continue;
    }
    if (in_title) {
      if (!out.title.empty()) out.title += ' ';
      out.title += line;
    } else {
      if (!out.body.empty()) out.body.append(blank_lines, '\n');
      out.body.append(line).append("\n");
    }
    blank_lines = 0;
  }
  return out;
}

/// "[PATCH]", or "[PATCH 01/12]" in a series.
std::string subject_prefix(std::size_t number, std::size_t total) {
  if (total < 2) return "[PATCH] ";
  const std::string last = text::cat(total);
  std::string own = text::cat(number);
  own.insert(0, last.size() - own.size(), '0');
  return text::cat("[PATCH ", own, '/', last, "] ");
}

void append_mail(std::string& out, const ObjectStore& store, const ObjectId& id, const std::vector<FileChange>& changes,
                 std::string_view prefix, const MailOptions& options) {
  const Commit& commit = *store.commit(id);
  const Message message = split_message(commit.message);
  out += text::cat("From ", id.hex(), " Mon Sep 17 00:00:00 2001\n");
  append_from(out, commit.author);
  out += text::cat("Date: ", mail_date(commit.author), "\nSubject: ", prefix);
  if (!all_ascii(message.title) || message.title.find("=?") != std::string::npos) {
    append_encoded(out, message.title, false);
  } else {
    append_wrapped(out, message.title);
  }
  out += '\n';
  if (!all_ascii(commit.message))
    out += "MIME-Version: 1.0\nContent-Type: text/plain; charset=UTF-8\nContent-Transfer-Encoding: 8bit\n";
  out += text::cat('\n', message.body, "---\n", diff_stat(store, changes, kStatWidth), '\n');
  out += diff_text(store, changes, {options.id_digits, true});
  out += text::cat("-- \n", options.signature, "\n\n");
}

}  // namespace

std::string mail_patches(const ObjectStore& store, const std::vector<ObjectId>& commits, const MailOptions& options) {
  std::vector<ObjectId> series = commits;
  std::erase_if(series, [&](const ObjectId& id) { return !store.commit(id) || store.commit(id)->parents.size() > 1; });
  std::string out;
  for (std::size_t i = 0; i < series.size(); ++i) {
    const Commit& commit = *store.commit(series[i]);
    const Commit* parent = commit.parents.empty() ? nullptr : store.commit(commit.parents.front());
    const std::vector<FileChange> changes = diff_trees(store, parent ? parent->tree : empty_tree_id(), commit.tree);
    if (changes.empty()) continue;
    if (!out.empty()) out += '\n';
    append_mail(out, store, series[i], changes, subject_prefix(i + 1, series.size()), options);
  }
  return out;
}

}  // namespace pome::git
