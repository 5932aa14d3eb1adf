// One end of an SMTP dialogue inside this process, which keeps the message instead of relaying it.
//
// libcurl's MIME API can send a message but not hand it over, and the outbox must hold the very
// bytes that every try will carry (design.md section 5, promise 5). So the composer lets libcurl
// send to this sink over an abstract UNIX socket with a name picked by the kernel: no file, no
// network, and a peer that is not this process is refused.
#pragma once

#include "model/error.hpp"

#include <memory>
#include <string>
#include <thread>

namespace regtrail::delivery {

class MessageSink {
public:
  static Result<std::unique_ptr<MessageSink>> open();

  MessageSink(const MessageSink&) = delete;
  MessageSink& operator=(const MessageSink&) = delete;
  ~MessageSink();

  /// Name of the abstract socket, for CURLOPT_ABSTRACT_UNIX_SOCKET.
  [[nodiscard]] const std::string& name() const { return m_name; }

  /// The message received, dots unstuffed, with CRLF line ends; call when the client has closed.
  /// "" when none arrived whole.
  std::string take();

private:
  MessageSink(int listener, std::string name);
  void serve();
  void converse(int connection);
  void stop();

  int m_listener;
  std::string m_name;
  std::string m_message;
  std::thread m_thread;
};

} // namespace regtrail::delivery
