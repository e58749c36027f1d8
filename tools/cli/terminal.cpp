#include "tools/cli/terminal.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <iostream>

#include "core/base/text.h"

namespace pome::cli {
namespace {

constexpr std::array<std::string_view, 7> kCodes = {"",         "\x1b[1m",  "\x1b[2m", "\x1b[31m",
                                                    "\x1b[32m", "\x1b[33m", "\x1b[36m"};
constexpr std::string_view kReset = "\x1b[0m";
constexpr std::string_view kWipe = "\r\x1b[K";
constexpr std::array<std::string_view, 4> kFrames = {"-", "\\", "|", "/"};

bool capable_terminal(int fd) {
  const char* term = std::getenv("TERM");
  return isatty(fd) == 1 && term != nullptr && std::string_view(term) != "dumb";
}

/// Bytes of a step's text that leave room for the figures behind it: a line that wraps cannot be wiped.
std::size_t step_room() {
  constexpr std::size_t kFigures = 32;
  constexpr std::size_t kLeast = 10;
  winsize size = {};
  const std::size_t columns = ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : 80;
  return columns > kFigures + kLeast ? columns - kFigures : kLeast;
}

/// "3.2 s"
std::string seconds(std::chrono::milliseconds elapsed) {
  const auto tenths = elapsed.count() / 100;
  return text::cat(tenths / 10, ".", tenths % 10, " s");
}

}  // namespace

Paint Paint::for_stream(int fd) {
  const char* no_color = std::getenv("NO_COLOR");
  return Paint(capable_terminal(fd) && (no_color == nullptr || *no_color == '\0'));
}

std::string Paint::operator()(Colour colour, std::string_view text) const {
  if (!enabled_ || colour == Colour::plain) return std::string(text);
  return text::cat(kCodes[static_cast<std::size_t>(colour)], text, kReset);
}

std::string printable(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    const auto next = static_cast<unsigned char>(i + 1 < text.size() ? text[i + 1] : 0);
    const bool c1 = byte == 0xC2 && next >= 0x80 && next < 0xA0;  // U+0080 to U+009F in UTF-8
    if (c1) ++i;
    if (!c1 && ((byte >= 0x20 && byte != 0x7f) || byte == '\n' || byte == '\t')) out.push_back(text[i]);
  }
  return out;
}

Progress::Progress(Verbosity verbosity)
    : live_(verbosity == Verbosity::normal && capable_terminal(STDERR_FILENO)), quiet_(verbosity == Verbosity::quiet) {}

Progress::~Progress() { done(); }

void Progress::step(std::string_view what) {
  step_ = printable(what);
  since_ = std::chrono::steady_clock::now();
  if (live_) {
    draw(std::nullopt);
  } else if (!quiet_) {
    std::cerr << "pome: " << step_ << std::endl;
  }
}

void Progress::tick(std::optional<std::uint64_t> calls) {
  if (live_) draw(calls);
}

void Progress::draw(std::optional<std::uint64_t> calls) {
  const auto elapsed = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - since_);
  std::string line = text::cat(kWipe, kFrames[frame_++ % kFrames.size()], " ", text::truncate_utf8(step_, step_room()),
                               "  ", seconds(elapsed));
  if (calls) text::append(line, text::cat("  ", *calls, *calls == 1 ? " call" : " calls"));
  std::cerr << line << std::flush;
  drawn_ = true;
}

void Progress::note(std::string_view text) {
  done();
  std::cerr << "pome: " << printable(text) << std::endl;
}

void Progress::done() {
  if (drawn_) std::cerr << kWipe << std::flush;
  drawn_ = false;
}

}  // namespace pome::cli
