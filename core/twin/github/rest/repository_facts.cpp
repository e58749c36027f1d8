#include "core/twin/github/rest/repository_facts.h"

#include <algorithm>

#include "core/base/function_ref.h"
#include "core/base/text.h"

namespace pome::twin::github::rest {

namespace {

struct Language {
  std::string_view extension;
  std::string_view name;
};

constexpr Language kLanguages[] = {
    {"c", "C"},           {"cc", "C++"},         {"cpp", "C++"},
    {"cs", "C#"},         {"css", "CSS"},        {"go", "Go"},
    {"h", "C"},           {"hpp", "C++"},        {"html", "HTML"},
    {"java", "Java"},     {"js", "JavaScript"},  {"jsx", "JavaScript"},
    {"kt", "Kotlin"},     {"mjs", "JavaScript"}, {"php", "PHP"},
    {"py", "Python"},     {"rb", "Ruby"},        {"rs", "Rust"},
    {"scala", "Scala"},   {"sh", "Shell"},       {"swift", "Swift"},
    {"ts", "TypeScript"}, {"tsx", "TypeScript"},
};

}  // namespace

std::string_view language_of(std::string_view path) {
  const std::size_t dot = path.rfind('.');
  if (dot == std::string_view::npos) return {};
  for (const Language& language : kLanguages) {
    if (text::equals_ignore_case(language.extension, path.substr(dot + 1))) return language.name;
  }
  return {};
}

namespace {

/// Calls `use(path, size)` for each file of the default branch.
void for_each_file(const model::World& world, const model::Repository& repository,
                   FunctionRef<void(std::string_view, std::int64_t)> use) {
  const model::RefPtr branch = model::find_branch(world, repository.id, repository.default_branch);
  const git::Commit* commit = branch ? world.objects.commit(branch->target) : nullptr;
  if (!commit) return;
  for (const git::FileEntry& file : world.objects.list_files(commit->tree)) {
    const std::string* blob = world.objects.blob(file.id);
    use(file.path, blob ? static_cast<std::int64_t>(blob->size()) : 0);
  }
}

}  // namespace

std::vector<LanguageBytes> languages_of(const model::World& world, const model::Repository& repository) {
  std::vector<LanguageBytes> out;
  for_each_file(world, repository, [&](std::string_view path, std::int64_t size) {
    const std::string_view language = language_of(path);
    if (language.empty()) return;
    const auto at = std::find_if(out.begin(), out.end(), [&](const auto& row) { return row.language == language; });
    if (at == out.end()) {
      out.push_back({language, size});
    } else {
      at->bytes += size;
    }
  });
  std::sort(out.begin(), out.end(), [](const LanguageBytes& a, const LanguageBytes& b) {
    return a.bytes != b.bytes ? a.bytes > b.bytes : a.language < b.language;
  });
  return out;
}

FileFacts file_facts(const model::World& world, const model::Repository& repository) {
  constexpr std::int64_t kKilobyte = 1024;
  std::int64_t total = 0;
  for_each_file(world, repository, [&](std::string_view, std::int64_t size) { total += size; });
  const std::vector<LanguageBytes> languages = languages_of(world, repository);
  FileFacts facts;
  facts.kilobytes = (total + kKilobyte - 1) / kKilobyte;
  if (!languages.empty()) facts.language = languages.front().language;
  return facts;
}

std::string license_path(const git::ObjectStore& objects, const git::ObjectId& tree) {
  const git::Tree* root = objects.tree(tree);
  if (!root) return {};
  for (const std::string_view wanted : {"license", "licence", "copying", "unlicense"}) {
    for (const git::TreeEntry& entry : root->entries) {
      const std::string_view stem = std::string_view(entry.name).substr(0, entry.name.find('.'));
      if (entry.mode != git::Mode::tree && text::equals_ignore_case(stem, wanted)) return entry.name;
    }
  }
  return {};
}

std::int64_t fork_count(const model::World& world, const model::Repository& repository) {
  std::int64_t count = 0;
  for (const auto& [id, other] : world.repositories_by_id) {
    if (other->parent == repository.id) ++count;
  }
  return count;
}

}  // namespace pome::twin::github::rest
