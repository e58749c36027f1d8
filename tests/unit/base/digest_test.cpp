#include <gtest/gtest.h>

#include "core/base/encoding.h"
#include "core/base/hash.h"

namespace pome {
namespace {

struct Vector {
  std::string_view input;
  std::string_view sha1;
  std::string_view sha256;
};

// FIPS 180-4 examples and the empty string.
constexpr Vector kVectors[] = {
    {"", "da39a3ee5e6b4b0d3255bfef95601890afd80709",
     "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
    {"abc", "a9993e364706816aba3e25717850c26c9cd0d89d",
     "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
    {"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", "84983e441c3bd26ebaae4aa1f95129e5e54670f1",
     "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
};

TEST(Hash, MatchesTheStandardsVectors) {
  for (const Vector& row : kVectors) {
    EXPECT_EQ(hash::sha1_hex(row.input), row.sha1);
    EXPECT_EQ(hash::sha256_hex(row.input), row.sha256);
  }
  EXPECT_EQ(hash::sha256_hex(std::string(1000000, 'a')),
            "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
  EXPECT_EQ(hash::sha1_hex(std::string(1000000, 'a')), "34aa973cd4c4daa4f61eeb2bdbad27316534016f");
}

TEST(Hash, AgreesOnEveryPaddingLength) {
  // Digest of digests over lengths 0..200, computed with another implementation.
  std::string all;
  for (std::size_t length = 0; length <= 200; ++length) all += hash::sha256_hex(std::string(length, 'x'));
  EXPECT_EQ(hash::sha256_hex(all), "75013a3fd49991ead9d8a57ea80485c088443c3406a0e8fa003ed57144041eb4");
}

TEST(Hash, HmacMatchesRfc4231) {
  const auto hmac = [](std::string_view key, std::string_view data) {
    return encoding::hex(encoding::bytes_view(hash::hmac_sha256(key, data)));
  };
  EXPECT_EQ(hmac(std::string(20, '\x0b'), "Hi There"),
            "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
  EXPECT_EQ(hmac("Jefe", "what do ya want for nothing?"),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  EXPECT_EQ(hmac(std::string(131, '\xaa'), "Test Using Larger Than Block-Size Key - Hash Key First"),
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

TEST(Hash, Fast64SeesEveryByte) {
  const std::string base(37, 'q');
  for (std::size_t i = 0; i < base.size(); ++i) {
    std::string other = base;
    other[i] = 'r';
    EXPECT_NE(hash::fast64(base), hash::fast64(other)) << i;
  }
  EXPECT_NE(hash::fast64(std::string(1, '\0')), hash::fast64(std::string(2, '\0')));
  EXPECT_NE(hash::fast64("a", 1), hash::fast64("a", 2));
}

TEST(Encoding, Base64MatchesRfc4648) {
  const std::pair<std::string_view, std::string_view> rows[] = {
      {"", ""}, {"f", "Zg=="}, {"fo", "Zm8="}, {"foo", "Zm9v"}, {"foob", "Zm9vYg=="}};
  for (const auto& [plain, coded] : rows) {
    EXPECT_EQ(encoding::base64(plain), coded);
    EXPECT_EQ(encoding::from_base64(coded), plain);
  }
  EXPECT_EQ(encoding::base64url("\xFB\xEF\xFF"), "--__");
  EXPECT_EQ(encoding::from_base64url("--__"), "\xFB\xEF\xFF");
  EXPECT_EQ(encoding::from_base64("Zm9v\nYg=="), "foob");
}

TEST(Encoding, RefusesWhatIsNotBase64) {
  for (const std::string_view bad : {"Z", "Zg", "Zg=", "Zg===", "Z===", "Zm9v!", "Zg==Zg==", "====", "-_-_"})
    EXPECT_FALSE(encoding::from_base64(bad)) << bad;
  for (const std::string_view bad : {"Z", "Zg==", "Zm 9v", "+/+/"}) EXPECT_FALSE(encoding::from_base64url(bad)) << bad;
}

TEST(Encoding, HexRoundTrips) {
  EXPECT_EQ(encoding::hex(std::string("\x00\xFF\x1a", 3)), "00ff1a");
  EXPECT_EQ(encoding::from_hex("00FF1a"), std::string("\x00\xFF\x1a", 3));
  EXPECT_FALSE(encoding::from_hex("0"));
  EXPECT_FALSE(encoding::from_hex("0g"));
}

}  // namespace
}  // namespace pome
