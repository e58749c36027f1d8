#pragma once
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "core/git/object_store.h"

namespace pome::git {

struct RenameFile {
  std::string_view path;
  Mode mode = Mode::file;
  ObjectId id;
};

/// A source file (by index) that became a target file.
struct Rename {
  std::size_t source = 0;
  std::size_t target = 0;
  int score = 0;  ///< 0 to kMaxScore
};

inline constexpr int kMaxScore = 60000;

/// Git's threshold of 50 % and its limits on the number of candidates.
struct RenameOptions {
  int least_score = kMaxScore / 2;
  /// No search for edited files when more than limit * limit pairs are left (1000 for diffs, 7000 for merges).
  std::size_t limit = 1000;
  bool pair_empty_files = true;
};

/// What a merge adds to the search: it knows which sources matter, and learns where folders went.
class RenameGuide {
 public:
  virtual ~RenameGuide() = default;
  /// A pair was found. Exact pairs come first, in target order.
  virtual void found(const RenameFile& source, const RenameFile& target) = 0;
  /// The exact pairs are complete.
  virtual void exact_done() = 0;
  /// Where `source` would be if it had moved with its folder, "" when unknown.
  virtual std::string guess(const RenameFile& source) const = 0;
  /// False for a source whose new place nobody asks for.
  virtual bool wanted(const RenameFile& source) const = 0;
  /// Only the full search is left, over these wanted sources; `wanted` may turn false for some of them.
  virtual void before_search(const std::vector<RenameFile>& open) = 0;
};

/// Pairs removed with added files as git does: equal contents first; then files that alone have their base name, when
/// at least 75 % similar; then the most similar ones of the rest. Ties go to the file listed first; each file is
/// in at most one pair. Pairs are in target order.
/// Cost: comparing stops after about 50 million steps; what was not compared by then is not paired.
std::vector<Rename> find_renames(const ObjectStore& store, const std::vector<RenameFile>& sources,
                                 const std::vector<RenameFile>& targets, const RenameOptions& options,
                                 RenameGuide* guide = nullptr);

/// The "similarity index" git prints.
constexpr int similarity_percent(int score) { return score * 100 / kMaxScore; }

}  // namespace pome::git
