#pragma once
#include <ctime>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/http/message.h"

namespace pome::server {

/// Serves the built page from a folder: hashed assets for ever, everything else revalidated, and index.html for the
/// page's own routes (`/`, `/runs/{id}`, `/cli/login`). Nothing outside the folder is reachable. Every answer carries
/// the page's Content-Security-Policy; a worker script under /assets/agent-worker may name origins it talks to
/// (`?connect=https://api.example.com`, repeatable), and only that worker's policy lets it.
class StaticFiles {
 public:
  explicit StaticFiles(std::string folder) : folder_(std::move(folder)) {}

  /// GET and HEAD; 404 for unknown paths, 405 for other methods, 503 when the page has not been built.
  /// May be called from several threads.
  http::Response handle(const http::Request& request);

 private:
  /// A file as of one modification time, so that its digest is computed once.
  struct Cached {
    timespec modified;
    std::string content;
    std::string etag;
  };
  std::shared_ptr<const Cached> load(const std::string& file);

  std::string folder_;
  std::mutex mutex_;
  std::map<std::string, std::shared_ptr<const Cached>> cache_;
};

/// The policy for a document or script that may talk to its own origin and to `connect`.
std::string content_security_policy(const std::vector<std::string>& connect);

}  // namespace pome::server
