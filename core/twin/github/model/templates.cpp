#include "core/twin/github/model/templates.h"

#include "core/base/text.h"

namespace pome::twin::github::model {
namespace {

using Rule = LicenseRule;

constexpr std::string_view kRuleNames[] = {
    "commercial-use", "modifications",     "distribution",     "private-use",
    "patent-use",     "include-copyright", "document-changes", "include-copyright--source",
    "liability",      "warranty",          "trademark-use",
};

constexpr Rule kFree[] = {Rule::commercial_use, Rule::modifications, Rule::distribution, Rule::private_use};
constexpr Rule kFreeWithPatents[] = {Rule::commercial_use, Rule::modifications, Rule::distribution, Rule::patent_use,
                                     Rule::private_use};
constexpr Rule kNotice[] = {Rule::include_copyright};
constexpr Rule kSourceNotice[] = {Rule::include_copyright_source};
constexpr Rule kNoticeAndChanges[] = {Rule::include_copyright, Rule::document_changes};
constexpr Rule kAsIs[] = {Rule::liability, Rule::warranty};
constexpr Rule kAsIsWithoutMarks[] = {Rule::trademark_use, Rule::liability, Rule::warranty};

constexpr std::string_view kHowTo =
    "Create a text file (typically named LICENSE or LICENSE.txt) in the root of your source code and copy the text of "
    "the license into the file. Replace [year] with the current year and [fullname] with the name (or names) of the "
    "copyright holders.";

/// By key. Those known by name only stand behind.
std::span<const License> licenses() {
  static const License kLicenses[] = {
      {"apache-2.0", "Apache License 2.0", "Apache-2.0", "Apache License", true,
       "A permissive license whose main conditions require preservation of copyright and license notices. "
       "Contributors provide an express grant of patent rights.",
       kHowTo, kFreeWithPatents, kNoticeAndChanges, kAsIsWithoutMarks, apache_text()},
      {"bsd-2-clause", "BSD 2-Clause \"Simplified\" License", "BSD-2-Clause", "BSD 2-Clause License", false,
       "A permissive license that comes in two variants, the BSD 2-Clause and BSD 3-Clause.", kHowTo, kFree, kNotice,
       kAsIs, bsd_text(2)},
      {"bsd-3-clause", "BSD 3-Clause \"New\" or \"Revised\" License", "BSD-3-Clause", "BSD 3-Clause License", false,
       "A permissive license similar to the BSD 2-Clause License, but with a 3rd clause that prohibits others from "
       "using the name of the copyright holder or its contributors to promote derived products without written "
       "consent.",
       kHowTo, kFree, kNotice, kAsIs, bsd_text(3)},
      {"bsl-1.0", "Boost Software License 1.0", "BSL-1.0", "Boost Software License", false,
       "A simple permissive license only requiring preservation of copyright and license notices for source (and not "
       "binary) distribution.",
       kHowTo, kFree, kSourceNotice, kAsIs, boost_text()},
      {"isc", "ISC License", "ISC", "ISC License", false,
       "A permissive license lets people do anything with your code with proper attribution and without warranty.",
       kHowTo, kFree, kNotice, kAsIs, isc_text()},
      {"mit", "MIT License", "MIT", "MIT License", true,
       "A short and simple permissive license with conditions only requiring preservation of copyright and license "
       "notices.",
       kHowTo, kFree, kNotice, kAsIs, mit_text()},
      {"unlicense", "The Unlicense", "Unlicense", "This is free and unencumbered software", false,
       "A license with no conditions whatsoever which dedicates works to the public domain.", kHowTo, kFree,
       std::span<const Rule>(), kAsIs, unlicense_text()},
      {"agpl-3.0", "GNU Affero General Public License v3.0", "AGPL-3.0", "GNU AFFERO GENERAL PUBLIC LICENSE"},
      {"lgpl-2.1", "GNU Lesser General Public License v2.1", "LGPL-2.1", "GNU LESSER GENERAL PUBLIC LICENSE"},
      {"gpl-3.0", "GNU General Public License v3.0", "GPL-3.0",
       "GNU GENERAL PUBLIC LICENSE\n                       Version 3"},
      {"gpl-2.0", "GNU General Public License v2.0", "GPL-2.0",
       "GNU GENERAL PUBLIC LICENSE\n                       Version 2"},
      {"mpl-2.0", "Mozilla Public License 2.0", "MPL-2.0", "Mozilla Public License Version 2.0"},
      {"cc0-1.0", "Creative Commons Zero v1.0 Universal", "CC0-1.0", "CC0 1.0 Universal"},
  };
  return kLicenses;
}

constexpr GitignoreTemplate kGitignores[] = {
    {"C", R"text(# Prerequisites
*.d

# Object files
*.o
*.ko
*.obj
*.elf

# Precompiled Headers
*.gch
*.pch

# Libraries
*.lib
*.a
*.la
*.lo

# Shared objects (inc. Windows DLLs)
*.dll
*.so
*.so.*
*.dylib

# Executables
*.exe
*.out
*.app
)text"},
    {"C++", R"text(# Prerequisites
*.d

# Compiled Object files
*.slo
*.lo
*.o
*.obj

# Precompiled Headers
*.gch
*.pch

# Compiled Dynamic libraries
*.so
*.dylib
*.dll

# Compiled Static libraries
*.lai
*.la
*.a
*.lib

# Executables
*.exe
*.out
*.app
)text"},
    {"Go", R"text(# Binaries for programs and plugins
*.exe
*.exe~
*.dll
*.so
*.dylib

# Test binary, built with `go test -c`
*.test

# Output of the go coverage tool, specifically when used with LiteIDE
*.out

# Dependency directories (remove the comment below to include it)
# vendor/

# Go workspace file
go.work
go.work.sum

# env file
.env
)text"},
    {"Java", R"text(# Compiled class file
*.class

# Log file
*.log

# Package Files #
*.jar
*.war
*.nar
*.ear
*.zip
*.tar.gz
*.rar

# virtual machine crash logs, see http://www.java.com/en/download/help/error_hotspot.xml
hs_err_pid*
replay_pid*
)text"},
    {"Node", R"text(# Logs
logs
*.log
npm-debug.log*
yarn-debug.log*
yarn-error.log*

# Coverage directory used by tools like istanbul
coverage
*.lcov

# Dependency directories
node_modules/

# TypeScript cache
*.tsbuildinfo

# Optional npm cache directory
.npm

# Optional eslint cache
.eslintcache

# Output of 'npm pack'
*.tgz

# dotenv environment variable files
.env
.env.*
!.env.example
)text"},
    {"Python", R"text(# Byte-compiled / optimized / DLL files
__pycache__/
*.py[codz]
*$py.class

# C extensions
*.so

# Distribution / packaging
build/
dist/
*.egg-info/
*.egg

# Unit test / coverage reports
htmlcov/
.tox/
.coverage
.coverage.*
.cache
.pytest_cache/

# Environments
.env
.venv
env/
venv/

# mypy
.mypy_cache/
)text"},
    {"Rust", R"text(# Generated by Cargo
# will have compiled files and executables
debug
target

# These are backup files generated by rustfmt
**/*.rs.bk

# MSVC Windows builds of rustc generate these, which store debugging information
*.pdb
)text"},
};

}  // namespace

std::string_view license_rule_name(LicenseRule rule) { return kRuleNames[static_cast<std::size_t>(rule)]; }

std::vector<const License*> commonly_used_licenses() {
  std::vector<const License*> out;
  for (const License& license : licenses()) {
    if (!license.body.empty()) out.push_back(&license);
  }
  return out;
}

const License* find_license(std::string_view key) {
  for (const License& license : licenses()) {
    if (!license.body.empty() && text::equals_ignore_case(license.key, key)) return &license;
  }
  return nullptr;
}

const License* recognise_license(std::string_view text) {
  constexpr std::size_t kHead = 400;
  for (const License& license : licenses()) {
    if (text::contains_ignore_case(text.substr(0, kHead), license.heading)) return &license;
  }
  return nullptr;
}

std::string filled_license(const License& license, std::string_view year, std::string_view holder) {
  return text::replace_all(text::replace_all(std::string(license.body), "[year]", year), "[fullname]", holder);
}

std::span<const GitignoreTemplate> gitignore_templates() { return kGitignores; }

const GitignoreTemplate* find_gitignore(std::string_view name) {
  for (const GitignoreTemplate& candidate : kGitignores) {
    if (candidate.name == name) return &candidate;
  }
  return nullptr;
}

}  // namespace pome::twin::github::model
