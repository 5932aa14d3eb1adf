#include "notify/delivery/message_sink_internal.hpp"

#include <array>
#include <cstddef>
#include <cstring>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace regtrail::delivery {

namespace {

bool is_own_process(int connection) {
  ucred peer{};
  socklen_t size = sizeof peer;
  return getsockopt(connection, SOL_SOCKET, SO_PEERCRED, &peer, &size) == 0 && peer.pid == getpid();
}

void say(int connection, std::string_view reply) {
  while (!reply.empty()) {
    const ssize_t sent = send(connection, reply.data(), reply.size(), MSG_NOSIGNAL);
    if (sent <= 0) {
      return;
    }
    reply.remove_prefix(static_cast<std::size_t>(sent));
  }
}

/// CRLF-terminated lines of a connection.
class Lines {
public:
  explicit Lines(int connection) : m_connection(connection) {}

  /// Without its line end; false at the end of the connection.
  bool next(std::string& line) {
    std::size_t end = 0;
    while ((end = m_buffer.find("\r\n", m_scanned)) == std::string::npos) {
      m_buffer.erase(0, m_begin);
      m_begin = 0;
      m_scanned = m_buffer.empty() ? 0 : m_buffer.size() - 1; // a CR may await its LF
      std::array<char, 65536> chunk{};
      const ssize_t got = recv(m_connection, chunk.data(), chunk.size(), 0);
      if (got <= 0) {
        return false;
      }
      m_buffer.append(chunk.data(), static_cast<std::size_t>(got));
    }
    line.assign(m_buffer, m_begin, end - m_begin);
    m_begin = end + 2;
    m_scanned = m_begin;
    return true;
  }

private:
  int m_connection;
  std::string m_buffer;
  std::size_t m_begin = 0;   ///< of the next line
  std::size_t m_scanned = 0; ///< no line end before here
};

bool read_message(Lines& lines, std::string& message) {
  std::string line;
  while (lines.next(line)) {
    if (line == ".") {
      return true;
    }
    message.append(line, line.empty() || line[0] != '.' ? 0 : 1, std::string::npos);
    message += "\r\n";
  }
  return false;
}

} // namespace

Result<std::unique_ptr<MessageSink>> MessageSink::open() {
  const int listener = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  socklen_t size = sizeof address.sun_family; // a bare family: the kernel picks an abstract name
  sockaddr storage{};
  std::memcpy(&storage, &address, size);
  if (listener < 0 || bind(listener, &storage, size) != 0 || listen(listener, 1) != 0) {
    const std::string reason = std::strerror(errno);
    if (listener >= 0) {
      close(listener);
    }
    return fail(ErrorKind::network, "cannot compose a message: no local socket: " + reason);
  }
  std::array<char, sizeof(sockaddr_un)> bytes{};
  size = static_cast<socklen_t>(bytes.size());
  getsockname(listener, static_cast<sockaddr*>(static_cast<void*>(bytes.data())), &size);
  const std::size_t skip = offsetof(sockaddr_un, sun_path) + 1; // abstract names begin with a zero
  return std::unique_ptr<MessageSink>(
      new MessageSink(listener, std::string(bytes.data() + skip, size - skip)));
}

MessageSink::MessageSink(int listener, std::string name)
    : m_listener(listener),
      m_name(std::move(name)),
      m_thread([this] { serve(); }) {}

MessageSink::~MessageSink() {
  stop();
}

void MessageSink::stop() {
  if (m_thread.joinable()) {
    shutdown(m_listener, SHUT_RDWR); // wakes accept() when nobody came
    m_thread.join();
    close(m_listener);
  }
}

std::string MessageSink::take() {
  stop();
  return std::move(m_message);
}

void MessageSink::serve() {
  for (;;) {
    const int connection = accept4(m_listener, nullptr, nullptr, SOCK_CLOEXEC);
    if (connection < 0) {
      return;
    }
    const bool own = is_own_process(connection);
    if (own) {
      converse(connection);
    }
    close(connection);
    if (own) {
      return;
    }
  }
}

void MessageSink::converse(int connection) {
  Lines lines(connection);
  std::string line;
  say(connection, "220 ready\r\n");
  while (lines.next(line)) {
    if (line == "DATA") {
      say(connection, "354 go on\r\n");
      std::string message;
      if (read_message(lines, message)) {
        m_message = std::move(message);
        say(connection, "250 kept\r\n");
      }
    } else {
      say(connection, line == "QUIT" ? "221 bye\r\n" : "250 ok\r\n");
    }
  }
}

} // namespace regtrail::delivery
