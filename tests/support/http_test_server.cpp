#include "tests/support/http_test_server.hpp"

#include <algorithm>
#include <condition_variable>
#include <httplib.h>
#include <mutex>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <stdexcept>
#include <strings.h>
#include <thread>

namespace regtrail::testing {

struct TestCertificate::State {
  std::unique_ptr<EVP_PKEY, void (*)(EVP_PKEY*)> key{EVP_EC_gen("P-256"), &EVP_PKEY_free};
  std::unique_ptr<X509, void (*)(X509*)> certificate{X509_new(), &X509_free};
};

namespace {

void add_extension(X509* certificate, int nid, const std::string& value) {
  X509V3_CTX context;
  X509V3_set_ctx(&context, certificate, certificate, nullptr, nullptr, 0);
  const std::unique_ptr<X509_EXTENSION, void (*)(X509_EXTENSION*)> extension(
      X509V3_EXT_conf_nid(nullptr, &context, nid, value.c_str()), &X509_EXTENSION_free);
  if (!extension || X509_add_ext(certificate, extension.get(), -1) != 1) {
    throw std::runtime_error("cannot make a test certificate for " + value);
  }
}

} // namespace

TestCertificate::TestCertificate(const std::string& name) : m_state(std::make_unique<State>()) {
  X509* certificate = m_state->certificate.get();
  X509_set_version(certificate, X509_VERSION_3);
  ASN1_INTEGER_set(X509_get_serialNumber(certificate), 1);
  X509_gmtime_adj(X509_getm_notBefore(certificate), -86400L);
  X509_gmtime_adj(X509_getm_notAfter(certificate), 86400L);
  X509_set_pubkey(certificate, m_state->key.get());
  X509_NAME* subject = X509_get_subject_name(certificate);
  const std::string common_name = "regtrail test";
  X509_NAME_add_entry_by_NID(subject,
                             NID_commonName,
                             MBSTRING_UTF8,
                             reinterpret_cast<const unsigned char*>(common_name.data()),
                             static_cast<int>(common_name.size()),
                             -1,
                             0);
  X509_set_issuer_name(certificate, subject);
  add_extension(certificate, NID_basic_constraints, "critical,CA:TRUE");
  add_extension(certificate, NID_subject_alt_name, name);
  if (X509_sign(certificate, m_state->key.get(), EVP_sha256()) == 0) {
    throw std::runtime_error("cannot sign a test certificate");
  }
}

TestCertificate::~TestCertificate() = default;

namespace {

using Memory = std::unique_ptr<BIO, int (*)(BIO*)>;

std::string drain(const Memory& memory) {
  std::string text(BIO_ctrl_pending(memory.get()), '\0');
  BIO_read(memory.get(), text.data(), static_cast<int>(text.size()));
  return text;
}

} // namespace

std::string TestCertificate::pem() const {
  const Memory memory(BIO_new(BIO_s_mem()), &BIO_free);
  PEM_write_bio_X509(memory.get(), m_state->certificate.get());
  return drain(memory);
}

std::string TestCertificate::key_pem() const {
  const Memory memory(BIO_new(BIO_s_mem()), &BIO_free);
  PEM_write_bio_PrivateKey(memory.get(), m_state->key.get(), nullptr, nullptr, 0, nullptr, nullptr);
  return drain(memory);
}

std::string ServedRequest::header(std::string_view name) const {
  const std::string wanted(name);
  const auto found = std::find_if(headers.begin(), headers.end(), [&](const auto& field) {
    return strcasecmp(field.first.c_str(), wanted.c_str()) == 0;
  });
  return found == headers.end() ? std::string() : found->second;
}

struct HttpTestServer::State {
  std::unique_ptr<httplib::Server> server;
  std::string scheme;
  Handler handler;
  int port = 0;
  std::thread thread;

  mutable std::mutex mutex;
  std::condition_variable stopped;
  bool stopping = false;
  std::vector<ServedRequest> requests;

  void serve(const httplib::Request& request, httplib::Response& response);
  void start();
  void wait_for_stop();
};

void HttpTestServer::State::wait_for_stop() {
  std::unique_lock lock(mutex);
  stopped.wait(lock, [&] { return stopping; });
}

void HttpTestServer::State::serve(const httplib::Request& request, httplib::Response& response) {
  ServedRequest served;
  served.target = request.target;
  served.headers.assign(request.headers.begin(), request.headers.end());
  served.client_port = request.remote_port;
  {
    const std::lock_guard lock(mutex);
    requests.push_back(served);
  }
  Answer answer = handler(served);
  response.status = answer.status;
  for (const auto& [name, value] : answer.headers) {
    response.set_header(name.c_str(), value);
  }
  if (answer.body.empty()) {
    response.set_content("", answer.content_type.c_str());
    return;
  }
  // a provider: contents that are given whole would be compressed by httplib's own choice
  const std::size_t size = answer.body.size();
  const std::string type = answer.content_type;
  response.set_content_provider(
      size,
      type,
      [this, answer = std::move(answer)](
          std::size_t offset, std::size_t length, httplib::DataSink& sink) {
        const std::size_t end = answer.only_bytes.value_or(answer.body.size());
        if (offset < end) {
          return sink.write(answer.body.data() + offset, std::min(length, end - offset));
        }
        if (answer.after == Answer::After::stall) {
          wait_for_stop();
        }
        return false;
      });
}

void HttpTestServer::State::start() {
  server->set_pre_routing_handler([this](const auto& request, auto& response) {
    serve(request, response);
    return httplib::Server::HandlerResponse::Handled;
  });
  server->set_keep_alive_max_count(1000);
  server->set_keep_alive_timeout(1);
  port = server->bind_to_any_port("127.0.0.1");
  if (port < 0) {
    throw std::runtime_error("cannot bind a test server to 127.0.0.1");
  }
  thread = std::thread([this] { server->listen_after_bind(); });
  while (!server->is_running()) {
    std::this_thread::yield();
  }
}

HttpTestServer::HttpTestServer(Handler handler) : m_state(std::make_unique<State>()) {
  m_state->server = std::make_unique<httplib::Server>();
  m_state->scheme = "http";
  m_state->handler = std::move(handler);
  m_state->start();
}

HttpTestServer::HttpTestServer(Handler handler, const TestCertificate& certificate)
    : m_state(std::make_unique<State>()) {
  m_state->server = std::make_unique<httplib::SSLServer>(certificate.m_state->certificate.get(),
                                                         certificate.m_state->key.get());
  m_state->scheme = "https";
  m_state->handler = std::move(handler);
  m_state->start();
}

HttpTestServer::~HttpTestServer() {
  {
    const std::lock_guard lock(m_state->mutex);
    m_state->stopping = true;
  }
  m_state->stopped.notify_all();
  m_state->server->stop();
  m_state->thread.join();
}

std::string HttpTestServer::url(std::string_view target) const {
  return m_state->scheme + "://127.0.0.1:" + std::to_string(m_state->port) + std::string(target);
}

int HttpTestServer::port() const {
  return m_state->port;
}

std::vector<ServedRequest> HttpTestServer::requests() const {
  const std::lock_guard lock(m_state->mutex);
  return m_state->requests;
}

} // namespace regtrail::testing
