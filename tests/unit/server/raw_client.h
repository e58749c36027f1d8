#pragma once
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

namespace pome::test {

/// A TCP connection that sends exactly the bytes it is told to: what a well-behaved HTTP client library refuses to do.
class RawClient {
 public:
  explicit RawClient(std::uint16_t port) : fd_(socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    connected_ = connect(fd_, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
    timeval timeout{.tv_sec = 5, .tv_usec = 0};
    setsockopt(fd_, SOL_SOCKET, SO_RCVTIMEO, &timeout, sizeof timeout);
  }
  ~RawClient() { close(fd_); }
  RawClient(const RawClient&) = delete;
  RawClient& operator=(const RawClient&) = delete;

  bool connected() const { return connected_; }
  void send(std::string_view bytes) {
    while (!bytes.empty()) {
      const ssize_t sent = ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent <= 0) return;
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
  }
  /// How many bytes the system takes in before they are read.
  void receive_buffer(int bytes) { setsockopt(fd_, SOL_SOCKET, SO_RCVBUF, &bytes, sizeof bytes); }
  /// What there is, waiting for it; empty at the end.
  std::string read_some() {
    if (received_.empty()) receive();
    return std::exchange(received_, {});
  }
  /// Everything until the server closes its side, or five seconds without a byte.
  std::string read_all() {
    while (receive()) {
    }
    return std::exchange(received_, {});
  }
  /// Until the text has been seen; what follows stays for the next call.
  std::string read_until(std::string_view end) {
    for (;;) {
      if (const std::size_t at = received_.find(end); at != std::string::npos) {
        std::string found = received_.substr(0, at + end.size());
        received_.erase(0, at + end.size());
        return found;
      }
      if (!receive()) return std::exchange(received_, {});
    }
  }

 private:
  bool receive() {
    char bytes[4096];
    const ssize_t got = recv(fd_, bytes, sizeof bytes, 0);
    if (got > 0) received_.append(bytes, static_cast<std::size_t>(got));
    return got > 0;
  }

  int fd_;
  bool connected_ = false;
  std::string received_;
};

}  // namespace pome::test
