#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "core/git/merge_state.h"

/// Where whole folders went in a merge: git's directory renames. Internal to core/git.
namespace pome::git {

/// Counts, while the renames of one side are found, where the files of each removed folder went, and uses that to guess
/// and to stop early as git does.
class FolderMoves final : public RenameGuide {
 public:
  explicit FolderMoves(SideChanges& changes) : changes_(changes) {}

  void found(const RenameFile& source, const RenameFile& target) override;
  void exact_done() override;
  std::string guess(const RenameFile& source) const override;
  bool wanted(const RenameFile& source) const override;
  void before_search(const std::vector<RenameFile>& open) override;

  struct Move {
    std::string from;
    std::string to;
  };
  /// The folders that moved: each to where most of its files went. Folders whose files went to several places equally
  /// often are added to `split`.
  std::vector<Move> moves(std::vector<std::string>& split) const;

 private:
  struct Count {
    std::string from;
    std::string to;
    int files = 0;
  };
  void count(std::string_view from, std::string_view to);
  bool is_settled(std::string_view folder) const;
  bool matters(std::string_view folder) const;

  SideChanges& changes_;
  std::vector<Count> counts_;  // by (from, to)
  std::vector<Move> guesses_;
};

}  // namespace pome::git
