#include "core/report/bundle.h"

#include <gtest/gtest.h>

#include "core/base/hash.h"
#include "core/base/text.h"
#include "core/git/archive.h"
#include "tests/unit/report/support.h"

namespace pome::report {
namespace {

Documents documents() {
  Documents stored = test::stored();
  stored.seed = "{}";
  stored.score = "{\"version\":1}";
  return stored;
}

/// Why the bytes are refused; fails the test when they are not.
std::string refusal(std::string_view bytes) {
  const auto read = read_bundle(bytes);
  EXPECT_FALSE(read) << bytes.substr(0, 200);
  if (read) return {};
  EXPECT_EQ(read.error().code, "bad-bundle");
  EXPECT_EQ(read.error().message.find('\n'), std::string::npos);
  return read.error().message;
}

void expect_refusal(std::string_view bytes, std::string_view part) {
  const std::string message = refusal(bytes);
  EXPECT_TRUE(text::contains(message, part)) << message;
}

TEST(Bundle, BothFormsGiveTheSameDocumentsBack) {
  for (const Documents& stored : {documents(), test::stored()}) {
    for (const auto& bytes : {bundle_json(stored, "1.2.3"), bundle_zip(stored, "1.2.3")}) {
      ASSERT_TRUE(bytes);
      const auto read = read_bundle(*bytes);
      ASSERT_TRUE(read) << read.error().message;
      EXPECT_EQ(*read, stored);
    }
  }
  EXPECT_EQ(*bundle_zip(documents(), "1"), *bundle_zip(documents(), "1"));
}

TEST(Bundle, ContentThatIsNotUtf8NeedsTheZipForm) {
  Documents stored = documents();
  *stored.scenario += "\xff";
  EXPECT_FALSE(bundle_json(stored, "1"));
  EXPECT_EQ(*read_bundle(*bundle_zip(stored, "1")), stored);
}

TEST(Bundle, RefusesEveryCutOfEitherForm) {
  const std::string json = *bundle_json(documents(), "1");
  for (std::size_t size = 0; size + 2 < json.size(); size += 7) refusal(json.substr(0, size));
  const std::string zip = *bundle_zip(documents(), "1");
  for (std::size_t size = 0; size < zip.size(); ++size) refusal(zip.substr(0, size));
}

TEST(Bundle, NoChangedByteOfTheZipFormGivesOtherDocuments) {
  const std::string zip = *bundle_zip(documents(), "1");
  for (std::size_t at = 0; at < zip.size(); ++at) {
    for (const char flip : {'\x01', '\x80', '\xff'}) {
      std::string changed = zip;
      changed[at] = static_cast<char>(changed[at] ^ flip);
      const auto read = read_bundle(changed);
      if (read) {
        EXPECT_EQ(*read, documents()) << at;
      }
    }
  }
}

TEST(Bundle, RefusesWhatWasChangedByHand) {
  const std::string json = *bundle_json(documents(), "1");
  const auto changed = [&](std::string_view from, std::string_view to) { return text::replace_all(json, from, to); };
  expect_refusal(changed("assigned to `alice`", "assigned to `bob`"), "scenario.md was changed");
  expect_refusal(changed("\"version\": 1,", "\"version\": 7,"), "version 7, and this Pome reads version 1");
  expect_refusal(changed("\"version\": 1,", ""), "no version");
  expect_refusal(changed("pome-run-bundle", "other"), "not a run bundle");
  expect_refusal(changed("\"files\"", "\"fils\""), "no \"files\"");
  expect_refusal(changed("\"scenario.md\"", "\"../../evil\\n.md\""), "no run has: ../../evil .md");
  expect_refusal(changed("\"sha256\"", "\"sha1\""), "no digest");
  expect_refusal(changed("\"content\"", "\"text\""), "no content for");
  expect_refusal(changed("\"meta.json\"", "\"scenario.md\""), "no meta.json");
  expect_refusal("", "not a run bundle");
  expect_refusal("[]", "not a run bundle");
  expect_refusal("null", "not a run bundle");
  expect_refusal("PK", "cut off");
  expect_refusal(std::string(70'000, 'P'), "not a run bundle");
}

TEST(Bundle, RefusesZipFilesThatAreNoBundles) {
  const auto zip = [](const std::vector<git::ZipFile>& files) { return *git::zip_files(files); };
  const std::string digest = hash::sha256_hex("{}");
  const std::string manifest = text::cat(R"({"format":"pome-run-bundle","version":1,"files":{"meta.json":{"sha256":")",
                                         digest, R"("},"score.json":{"sha256":")", digest, R"("}}})");
  const git::ZipFile listing{"manifest.json", manifest};
  expect_refusal(zip({{"meta.json", "{}"}}), "no manifest.json");
  expect_refusal(zip({{"manifest.json", "{"}}), "manifest.json is not valid JSON");
  expect_refusal(zip({listing, {"meta.json", "{}"}}), "not in the zip file");
  expect_refusal(zip({listing, {"meta.json", "{}"}, {"meta.json", "{}"}}), "meta.json twice");
  expect_refusal(zip({listing, {"meta.json", "{ }"}, {"score.json", "{}"}}), "meta.json was changed");
  expect_refusal(zip({listing, {"meta.json", "{}"}, {"/etc/passwd", "x"}}), "no run has: /etc/passwd");
  std::string compressed = zip({listing});
  for (const std::size_t at : {std::size_t{8}, compressed.find("PK\x01\x02") + 10}) compressed[at] = 8;
  expect_refusal(compressed, "compressed");
}

}  // namespace
}  // namespace pome::report
