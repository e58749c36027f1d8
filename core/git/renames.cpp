#include "core/git/renames.h"

#include <algorithm>
#include <memory>
#include <optional>

#include "core/base/sort.h"
#include "core/git/similarity.h"

namespace pome::git {
namespace {

constexpr std::size_t kNone = static_cast<std::size_t>(-1);
constexpr std::size_t kCandidatesPerTarget = 4;  ///< git remembers only the best four sources of a target
constexpr int kMostEqualSources = 100;
constexpr std::size_t kWorkLimit = 50'000'000;

std::string_view base_name(std::string_view path) { return path.substr(path.rfind('/') + 1); }

bool is_regular(Mode mode) { return same_kind(mode, Mode::file); }

class Search {
 public:
  Search(const ObjectStore& store, const std::vector<RenameFile>& sources, const std::vector<RenameFile>& targets,
         const RenameOptions& options, RenameGuide* guide)
      : store_(store), sources_(sources), targets_(targets), options_(options), guide_(guide) {
    source_used_.resize(sources.size());
    target_pair_.resize(targets.size(), Pair{kNone, 0});
    source_chunks_.resize(sources.size());
    target_chunks_.resize(targets.size());
  }

  std::vector<Rename> run() {
    pair_equal_contents();
    if (guide_) {
      for (std::size_t target = 0; target < targets_.size(); ++target) {
        if (target_pair_[target].source != kNone)
          guide_->found(sources_[target_pair_[target].source], targets_[target]);
      }
      guide_->exact_done();
    }
    pair_base_names();
    pair_most_similar();
    std::vector<Rename> out;
    for (std::size_t target = 0; target < targets_.size(); ++target) {
      const Pair& pair = target_pair_[target];
      if (pair.source != kNone) out.push_back({pair.source, target, pair.score});
    }
    return out;
  }

 private:
  struct Pair {
    std::size_t source = kNone;
    int score = 0;
  };

  bool takes_part(const RenameFile& file) const {
    static const ObjectId kEmptyBlob = blob_id({});
    return options_.pair_empty_files || !(file.id == kEmptyBlob);
  }
  bool is_open_source(std::size_t source) const { return !source_used_[source] && takes_part(sources_[source]); }
  bool is_open_target(std::size_t target) const {
    return target_pair_[target].source == kNone && takes_part(targets_[target]);
  }
  bool is_wanted(std::size_t source) const { return !guide_ || guide_->wanted(sources_[source]); }

  void pair(std::size_t source, std::size_t target, int score) {
    source_used_[source] = true;
    target_pair_[target] = {source, score};
  }

  /// Equal content; among several sources the first of equal base name, else the first.
  void pair_equal_contents() {
    std::vector<std::size_t> by_id(sources_.size());
    for (std::size_t i = 0; i < by_id.size(); ++i) by_id[i] = i;
    sort_stably(by_id, [&](std::size_t a, std::size_t b) { return sources_[a].id < sources_[b].id; });
    for (std::size_t target = 0; target < targets_.size(); ++target) {
      if (!takes_part(targets_[target])) continue;
      const RenameFile& wanted = targets_[target];
      auto at = std::lower_bound(by_id.begin(), by_id.end(), wanted.id,
                                 [&](std::size_t source, const ObjectId& id) { return sources_[source].id < id; });
      std::size_t best = kNone;
      for (int tries = kMostEqualSources; at != by_id.end() && sources_[*at].id == wanted.id && tries > 0; ++at) {
        const RenameFile& source = sources_[*at];
        if (!(is_regular(source.mode) && is_regular(wanted.mode)) && source.mode != wanted.mode) continue;
        if (source_used_[*at]) continue;
        --tries;
        const bool same_name = base_name(source.path) == base_name(wanted.path);
        if (best == kNone || same_name) best = *at;
        if (same_name) break;
      }
      if (best != kNone) pair(best, target, kMaxScore);
    }
  }

  /// For sorted, possibly repeated base names: the index of the only file of that name, or kNone. `known` tells
  /// whether there is any.
  struct Named {
    std::string_view name;
    std::size_t index = 0;
  };
  static std::size_t only_one(const std::vector<Named>& names, std::string_view name, bool& known) {
    const auto at = std::lower_bound(names.begin(), names.end(), name,
                                     [](const Named& entry, std::string_view wanted) { return entry.name < wanted; });
    known = at != names.end() && at->name == name;
    if (!known || (at + 1 != names.end() && (at + 1)->name == name)) return kNone;
    return at->index;
  }
  static void sort_names(std::vector<Named>& names) {
    sort_stably(names, [](const Named& a, const Named& b) { return a.name < b.name; });
  }

  void pair_base_names() {
    std::vector<Named> source_names;
    std::vector<Named> target_names;
    for (std::size_t i = 0; i < sources_.size(); ++i) {
      if (is_open_source(i)) source_names.push_back({base_name(sources_[i].path), i});
    }
    for (std::size_t i = 0; i < targets_.size(); ++i) {
      if (is_open_target(i)) target_names.push_back({base_name(targets_[i].path), i});
    }
    sort_names(source_names);
    sort_names(target_names);
    const int least = options_.least_score + (kMaxScore - options_.least_score) / 2;
    for (std::size_t source = 0; source < sources_.size(); ++source) {
      if (!is_open_source(source) || !is_wanted(source)) continue;
      const std::string_view name = base_name(sources_[source].path);
      bool known = false;
      const std::size_t only_source = only_one(source_names, name, known);
      std::size_t target = only_one(target_names, name, known);
      if (!known) continue;
      if (only_source == kNone || target == kNone) target = guessed_target(source);
      if (target == kNone || !is_open_target(target)) continue;
      const int score = compare(source, target, least);
      if (score < least) continue;
      pair(source, target, score);
      if (guide_) guide_->found(sources_[source], targets_[target]);
    }
  }

  std::size_t guessed_target(std::size_t source) const {
    const std::string path = guide_ ? guide_->guess(sources_[source]) : std::string();
    if (path.empty()) return kNone;
    for (std::size_t target = 0; target < targets_.size(); ++target) {
      if (targets_[target].path == path) return target;
    }
    return kNone;
  }

  struct Candidate {
    std::size_t source = kNone;
    std::size_t target = 0;
    int score = 0;
    bool same_name = false;

    bool used() const { return source != kNone; }
    bool better_than(const Candidate& other) const {
      if (used() != other.used()) return used();
      if (!used()) return false;
      return score != other.score ? score > other.score : same_name && !other.same_name;
    }
  };

  void pair_most_similar() {
    std::vector<std::size_t> open = open_sources();
    std::vector<std::size_t> missing;
    for (std::size_t i = 0; i < targets_.size(); ++i) {
      if (is_open_target(i)) missing.push_back(i);
    }
    if (open.empty() || missing.empty() || open.size() * missing.size() > options_.limit * options_.limit) return;
    std::vector<Candidate> all;
    for (const std::size_t target : missing) {
      Candidate best[kCandidatesPerTarget];
      for (const std::size_t source : open) {
        const Candidate candidate{source, target, compare(source, target, options_.least_score),
                                  base_name(sources_[source].path) == base_name(targets_[target].path)};
        std::size_t worst = 0;
        for (std::size_t i = 1; i < kCandidatesPerTarget; ++i) {
          if (best[worst].better_than(best[i])) worst = i;
        }
        if (candidate.better_than(best[worst])) best[worst] = candidate;
      }
      for (const Candidate& candidate : best) {
        if (candidate.used() && candidate.score >= options_.least_score) all.push_back(candidate);
      }
    }
    sort_stably(all, [](const Candidate& a, const Candidate& b) { return a.better_than(b); });
    for (const Candidate& candidate : all) {
      if (!is_open_target(candidate.target) || source_used_[candidate.source]) continue;
      pair(candidate.source, candidate.target, candidate.score);
      if (guide_) guide_->found(sources_[candidate.source], targets_[candidate.target]);
    }
  }

  std::vector<std::size_t> open_sources() {
    std::vector<std::size_t> open;
    std::vector<RenameFile> files;
    for (std::size_t i = 0; i < sources_.size(); ++i) {
      if (!is_open_source(i) || !is_wanted(i)) continue;
      open.push_back(i);
      files.push_back(sources_[i]);
    }
    if (guide_) {
      guide_->before_search(files);
      std::erase_if(open, [&](std::size_t source) { return !guide_->wanted(sources_[source]); });
    }
    return open;
  }

  /// The score of a pair, 0 when it cannot reach `least`. Only regular files can be similar.
  int compare(std::size_t source, std::size_t target, int least) {
    const RenameFile& from = sources_[source];
    const RenameFile& to = targets_[target];
    if (!is_regular(from.mode) || !is_regular(to.mode)) return 0;
    const std::string* old_content = store_.blob(from.id);
    const std::string* new_content = store_.blob(to.id);
    if (!old_content || !new_content || !sizes_allow(old_content->size(), new_content->size(), least)) return 0;
    if (work_ > kWorkLimit) return 0;
    const ChunkCounts& old_chunks = chunks_of(source_chunks_[source], *old_content);
    const ChunkCounts& new_chunks = chunks_of(target_chunks_[target], *new_content);
    work_ += old_chunks.chunks.size() + new_chunks.chunks.size();
    return similarity(old_chunks, new_chunks);
  }

  const ChunkCounts& chunks_of(std::unique_ptr<ChunkCounts>& slot, const std::string& content) {
    if (!slot) {
      slot = std::make_unique<ChunkCounts>(content);
      work_ += content.size() / 16;
    }
    return *slot;
  }

  const ObjectStore& store_;
  const std::vector<RenameFile>& sources_;
  const std::vector<RenameFile>& targets_;
  const RenameOptions& options_;
  RenameGuide* guide_;
  std::vector<bool> source_used_;
  std::vector<Pair> target_pair_;
  std::vector<std::unique_ptr<ChunkCounts>> source_chunks_;
  std::vector<std::unique_ptr<ChunkCounts>> target_chunks_;
  std::size_t work_ = 0;
};

}  // namespace

std::vector<Rename> find_renames(const ObjectStore& store, const std::vector<RenameFile>& sources,
                                 const std::vector<RenameFile>& targets, const RenameOptions& options,
                                 RenameGuide* guide) {
  return Search(store, sources, targets, options, guide).run();
}

}  // namespace pome::git
