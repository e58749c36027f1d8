#include "tools/cli/events_file.h"

#include <algorithm>

#include "core/base/text.h"

namespace pome::cli {

Result<void> EventsFile::record(twin::Standalone& twin, std::string_view path, int status) {
  constexpr std::string_view kSessions = "/s/";
  if (path.starts_with("/admin/") && status == 200) written_.clear();  // every tape is empty now
  if (!path.starts_with(kSessions)) return {};
  path.remove_prefix(kSessions.size());
  const std::string sid = text::percent_decode(path.substr(0, path.find('/')));
  const twin::Session* session = twin.session(sid);
  if (session == nullptr) return {};
  std::size_t& written = written_[sid];
  const std::string rows = session->events_ndjson(written);
  if (rows.empty()) return {};
  written += static_cast<std::size_t>(std::count(rows.begin(), rows.end(), '\n'));
  return file_.append(redactor_.json(rows));
}

}  // namespace pome::cli
