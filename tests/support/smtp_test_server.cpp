#include "tests/support/smtp_test_server.hpp"

#include <arpa/inet.h>
#include <array>
#include <csignal>
#include <cstring>
#include <mutex>
#include <netinet/in.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <stdexcept>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>

namespace regtrail::testing {

namespace {

template<typename T, auto Free>
struct FreeBy {
  void operator()(T* handle) const { Free(handle); }
};

template<typename T, auto Free>
using Owned = std::unique_ptr<T, FreeBy<T, Free>>;

using Context = Owned<SSL_CTX, &SSL_CTX_free>;

Context make_context(const SmtpScript& script) {
  Context context(SSL_CTX_new(TLS_server_method()));
  const auto memory = [](const std::string& pem) {
    return Owned<BIO, &BIO_free_all>(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  };
  const Owned<X509, &X509_free> certificate(
      PEM_read_bio_X509(memory(script.certificate_pem).get(), nullptr, nullptr, nullptr));
  const Owned<EVP_PKEY, &EVP_PKEY_free> key(
      PEM_read_bio_PrivateKey(memory(script.key_pem).get(), nullptr, nullptr, nullptr));
  SSL_CTX_use_certificate(context.get(), certificate.get());
  SSL_CTX_use_PrivateKey(context.get(), key.get());
  return context;
}

class Connection {
public:
  explicit Connection(int descriptor) : m_descriptor(descriptor) {}

  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  ~Connection() {
    m_tls.reset();
    close(m_descriptor);
  }

  /// False when the client did not like the certificate.
  bool start_tls(const SmtpScript& script) {
    m_context = make_context(script);
    m_tls.reset(SSL_new(m_context.get()));
    SSL_set_fd(m_tls.get(), m_descriptor);
    return SSL_accept(m_tls.get()) == 1;
  }

  bool line(std::string& out) {
    std::size_t end = 0;
    while ((end = m_buffer.find("\r\n")) == std::string::npos) {
      std::array<char, 4096> chunk{};
      const ssize_t got = m_tls
                              ? SSL_read(m_tls.get(), chunk.data(), static_cast<int>(chunk.size()))
                              : recv(m_descriptor, chunk.data(), chunk.size(), 0);
      if (got <= 0) {
        return false;
      }
      m_buffer.append(chunk.data(), static_cast<std::size_t>(got));
    }
    out = m_buffer.substr(0, end);
    m_buffer.erase(0, end + 2);
    return true;
  }

  void say(const std::string& answer) {
    const std::string bytes = answer + "\r\n";
    if (m_tls) {
      SSL_write(m_tls.get(), bytes.data(), static_cast<int>(bytes.size()));
    } else {
      send(m_descriptor, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    }
  }

  /// False when the script ends the connection here.
  bool answer(const std::string& scripted) {
    if (scripted == SmtpScript::silence) {
      for (std::string ignored; line(ignored);) {
      }
      return false;
    }
    if (!scripted.empty()) {
      say(scripted);
    }
    return !scripted.empty();
  }

  [[nodiscard]] bool secured() const { return m_tls != nullptr; }

private:
  int m_descriptor;
  Context m_context;
  Owned<SSL, &SSL_free> m_tls;
  std::string m_buffer;
};

bool begins(const std::string& line, const char* word) {
  return line.rfind(word, 0) == 0;
}

std::string address_in(const std::string& line) {
  const std::size_t open = line.find('<');
  return line.substr(open + 1, line.find('>') - open - 1);
}

} // namespace

struct SmtpTestServer::State {
  int listener = -1;
  int port = 0;
  std::thread thread;
  mutable std::mutex mutex;
  std::vector<SmtpScript> scripts;
  std::vector<SmtpDelivery> deliveries;
  std::vector<std::string> commands;

  void serve() {
    for (;;) {
      const int descriptor = accept(listener, nullptr, nullptr);
      if (descriptor < 0) {
        return;
      }
      SmtpScript current;
      {
        const std::lock_guard lock(mutex);
        current = scripts.front();
        if (scripts.size() > 1) {
          scripts.erase(scripts.begin());
        }
      }
      converse(descriptor, current);
    }
  }

  void converse(int descriptor, const SmtpScript& current) {
    Connection peer(descriptor);
    SmtpDelivery delivery;
    std::string line;
    if (current.tls == SmtpScript::Tls::at_once && !peer.start_tls(current)) {
      return;
    }
    if (!peer.answer(current.greeting)) {
      return;
    }
    while (peer.line(line)) {
      {
        const std::lock_guard lock(mutex);
        commands.push_back(line);
      }
      if (!respond(peer, line, current, delivery)) {
        return;
      }
    }
  }

  /// False when the connection ends here.
  bool
  respond(Connection& peer, std::string line, const SmtpScript& current, SmtpDelivery& delivery) {
    if (begins(line, "EHLO")) {
      if (current.tls == SmtpScript::Tls::on_demand && !peer.secured()) {
        peer.say("250-STARTTLS");
      }
      for (const std::string& extension : current.extensions) {
        peer.say("250-" + extension);
      }
      return peer.answer("250 8BITMIME");
    }
    if (line == "STARTTLS") {
      return peer.answer("220 go on") && peer.start_tls(current);
    }
    if (begins(line, "AUTH")) {
      if (line == "AUTH PLAIN") { // the credentials follow on a line of their own
        peer.say("334 ");
        peer.line(line);
      }
      return peer.answer(current.to_auth);
    }
    if (begins(line, "MAIL")) {
      delivery.from = address_in(line);
      return peer.answer(current.to_mail);
    }
    if (begins(line, "RCPT")) {
      delivery.to = address_in(line);
      return peer.answer(current.to_rcpt);
    }
    if (line == "DATA") {
      if (!peer.answer(current.to_data)) {
        return false;
      }
      return !begins(current.to_data, "354") ||
             (read_message(peer, current, delivery) && peer.answer(current.to_message));
    }
    if (line == "QUIT") {
      if (current.on_quit) {
        current.on_quit();
      }
      peer.answer(current.to_quit);
      return false;
    }
    return peer.answer("250 ok");
  }

  bool read_message(Connection& peer, const SmtpScript& current, SmtpDelivery& delivery) {
    std::string line;
    while (peer.line(line) && !current.closes_within_message) {
      if (line == ".") {
        const std::lock_guard lock(mutex);
        deliveries.push_back(delivery);
        return true;
      }
      delivery.message += (begins(line, ".") ? line.substr(1) : line) + "\r\n";
    }
    return false;
  }
};

SmtpTestServer::SmtpTestServer(std::vector<SmtpScript> scripts)
    : m_state(std::make_unique<State>()) {
  std::signal(SIGPIPE, SIG_IGN); // SSL_write to a client that left
  m_state->scripts = std::move(scripts);
  m_state->listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  sockaddr generic{};
  std::memcpy(&generic, &address, sizeof address);
  socklen_t size = sizeof generic;
  if (m_state->listener < 0 || bind(m_state->listener, &generic, size) != 0 ||
      listen(m_state->listener, 8) != 0 || getsockname(m_state->listener, &generic, &size) != 0) {
    throw std::runtime_error("no loopback socket for the SMTP test server");
  }
  std::memcpy(&address, &generic, sizeof address);
  m_state->port = ntohs(address.sin_port);
  m_state->thread = std::thread([state = m_state.get()] { state->serve(); });
}

SmtpTestServer::~SmtpTestServer() {
  shutdown(m_state->listener, SHUT_RDWR);
  m_state->thread.join();
  close(m_state->listener);
}

std::string SmtpTestServer::url() const {
  return "smtp://127.0.0.1:" + std::to_string(m_state->port);
}

void SmtpTestServer::set_scripts(std::vector<SmtpScript> scripts) {
  const std::lock_guard lock(m_state->mutex);
  m_state->scripts = std::move(scripts);
}

std::vector<SmtpDelivery> SmtpTestServer::deliveries() const {
  const std::lock_guard lock(m_state->mutex);
  return m_state->deliveries;
}

std::vector<std::string> SmtpTestServer::commands() const {
  const std::lock_guard lock(m_state->mutex);
  return m_state->commands;
}

} // namespace regtrail::testing
