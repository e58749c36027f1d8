#pragma once
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

/// What a person sees: colours where they are wanted, and progress that never mixes with results.
namespace pome::cli {

enum class Colour { plain, bold, dim, red, green, yellow, cyan };

/// Wraps text in ANSI colours, or does nothing: off unless the stream is a terminal; NO_COLOR and TERM=dumb turn it
/// off.
class Paint {
 public:
  explicit Paint(bool enabled) : enabled_(enabled) {}
  static Paint for_stream(int fd);

  std::string operator()(Colour colour, std::string_view text) const;
  bool enabled() const { return enabled_; }

 private:
  bool enabled_;
};

/// Removes what could move the cursor or colour a terminal from text that others wrote: control characters, C1 ones
/// too, but for \n and \t.
std::string printable(std::string_view text);

enum class Verbosity { normal, quiet };

/// Progress on stderr: one moving line with the elapsed time on a terminal, one plain line a step elsewhere.
/// Quiet shows neither, but notes and errors always come.
class Progress {
 public:
  explicit Progress(Verbosity verbosity);
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  void step(std::string_view what);                              ///< a new step begins
  void tick(std::optional<std::uint64_t> calls = std::nullopt);  ///< redraws the moving line; cheap
  void note(std::string_view text);                              ///< a line that stays
  void done();                                                   ///< wipes the moving line
  bool live() const { return live_; }

 private:
  void draw(std::optional<std::uint64_t> calls);

  bool live_;
  bool quiet_;
  bool drawn_ = false;
  std::size_t frame_ = 0;
  std::string step_;
  std::chrono::steady_clock::time_point since_;
};

}  // namespace pome::cli
