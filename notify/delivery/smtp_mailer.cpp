// Sends composed messages by libcurl.
#include "model/text.hpp"
#include "model/web_address.hpp"
#include "notify/delivery/mailer.hpp"

#include <curl/curl.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <memory>
#include <new>
#include <string_view>
#include <sys/socket.h>

namespace regtrail::delivery {

namespace {

struct CurlFree {
  /// Says QUIT and does not wait for the answer, which libcurl would do for two minutes.
  void operator()(CURL* handle) const {
    curl_socket_t socket = CURL_SOCKET_BAD;
    curl_easy_getinfo(handle, CURLINFO_ACTIVESOCKET, &socket);
    if (socket != CURL_SOCKET_BAD) {
      ::shutdown(socket, SHUT_RD);
    }
    curl_easy_cleanup(handle);
  }

  void operator()(curl_slist* list) const { curl_slist_free_all(list); }

  void operator()(CURLU* url) const { curl_url_cleanup(url); }
};

using CurlEasy = std::unique_ptr<CURL, CurlFree>;
using CurlList = std::unique_ptr<curl_slist, CurlFree>;
using CurlUrl = std::unique_ptr<CURLU, CurlFree>;

/// Takes from the front of the std::string_view that `data` points to.
std::size_t read_upload(char* buffer, std::size_t size, std::size_t count, void* data) {
  auto& left = *static_cast<std::string_view*>(data);
  const std::size_t bytes = left.copy(buffer, size * count);
  left.remove_prefix(bytes);
  return bytes;
}

/// The server's answers arrive as header lines; keeps the last one that is 4xx or 5xx.
std::size_t keep_refusal(char* line, std::size_t size, std::size_t count, void* data) {
  constexpr std::size_t longest = 200;
  const std::string_view answer(line, std::min(size * count, longest));
  if (!answer.empty() && (answer[0] == '4' || answer[0] == '5')) {
    *static_cast<std::string*>(data) = answer.substr(0, answer.find_last_not_of("\r\n ") + 1);
  }
  return size * count;
}

struct Server {
  std::string url; ///< with the scheme that the security asks for
  std::string host;
};

std::string url_part(CURLU* url, CURLUPart part) {
  char* text = nullptr;
  if (curl_url_get(url, part, &text, 0) != CURLUE_OK || text == nullptr) {
    return {};
  }
  std::string out(text);
  curl_free(text);
  return out;
}

Result<Server> read_server(const SmtpOptions& options) {
  const CurlUrl url(curl_url());
  if (curl_url_set(url.get(), CURLUPART_URL, options.url.c_str(), 0) != CURLUE_OK) {
    return fail(ErrorKind::usage,
                "cannot read [smtp] url, expected 'smtp://host:587' or 'smtps://host:465'");
  }
  const std::string scheme = url_part(url.get(), CURLUPART_SCHEME);
  if (scheme != "smtp" && scheme != "smtps") {
    return fail(ErrorKind::usage,
                fmt::format("[smtp] url has the scheme '{}', expected smtp or smtps", scheme));
  }
  if (!url_part(url.get(), CURLUPART_PASSWORD).empty()) {
    return fail(ErrorKind::usage, "[smtp] url holds a password, use password_env or password_file");
  }
  if (options.security == SmtpOptions::Security::tls) {
    curl_url_set(url.get(), CURLUPART_SCHEME, "smtps", 0);
  }
  Server out{url_part(url.get(), CURLUPART_URL), url_part(url.get(), CURLUPART_HOST)};
  const bool bare = options.security == SmtpOptions::Security::none && scheme == "smtp";
  if (bare && !options.user.empty() && !is_loopback_host(out.host)) {
    return fail(ErrorKind::usage,
                fmt::format("refused to log in to '{}' without TLS, set [smtp] security "
                            "to \"starttls\" or \"tls\"",
                            out.host));
  }
  return out;
}

class SmtpMailer final : public Mailer {
public:
  explicit SmtpMailer(SmtpOptions options) : m_options(std::move(options)) {}

  Result<void> send(const std::string& recipient, const std::string& bytes) override {
    m_accepted.reset();
    TRY_ASSIGN(const Server server, read_server(m_options));
    CurlEasy easy(curl_easy_init());
    const CurlList recipients(curl_slist_append(nullptr, ("<" + recipient + ">").c_str()));
    if (!easy || !recipients) {
      throw std::bad_alloc();
    }
    const std::string sender = "<" + m_options.from + ">";
    std::string_view upload = bytes;
    std::string answer;
    std::array<char, CURL_ERROR_SIZE> detail{};
    set_connection(easy.get(), server);
    curl_easy_setopt(easy.get(), CURLOPT_MAIL_FROM, sender.c_str());
    curl_easy_setopt(easy.get(), CURLOPT_MAIL_RCPT, recipients.get());
    curl_easy_setopt(easy.get(), CURLOPT_UPLOAD, 1L);
    curl_easy_setopt(easy.get(), CURLOPT_READFUNCTION, read_upload);
    curl_easy_setopt(easy.get(), CURLOPT_READDATA, &upload);
    curl_easy_setopt(easy.get(), CURLOPT_INFILESIZE_LARGE, static_cast<curl_off_t>(bytes.size()));
    curl_easy_setopt(easy.get(), CURLOPT_HEADERFUNCTION, keep_refusal);
    curl_easy_setopt(easy.get(), CURLOPT_HEADERDATA, &answer);
    curl_easy_setopt(easy.get(), CURLOPT_ERRORBUFFER, detail.data());
    const CURLcode code = curl_easy_perform(easy.get());
    if (code != CURLE_OK) {
      return failure(easy.get(), code, server.host, answer, detail.data());
    }
    curl_easy_reset(easy.get()); // keeps the connection, forgets what refers to this message
    m_accepted = std::move(easy);
    return {};
  }

private:
  void set_connection(CURL* easy, const Server& server) const {
    curl_easy_setopt(easy, CURLOPT_URL, server.url.c_str());
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    curl_easy_setopt(easy, CURLOPT_PROXY, ""); // none, of the environment neither
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT, 30L);
    curl_easy_setopt(easy, CURLOPT_TIMEOUT, static_cast<long>(m_options.timeout.count()));
    // Also for the answer to QUIT behind a refusal, to which CURLOPT_TIMEOUT does not apply.
    curl_easy_setopt(
        easy, CURLOPT_SERVER_RESPONSE_TIMEOUT, static_cast<long>(m_options.timeout.count()));
    if (m_options.security == SmtpOptions::Security::starttls) {
      curl_easy_setopt(easy, CURLOPT_USE_SSL, static_cast<long>(CURLUSESSL_ALL));
    }
    curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, 1L);
    curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, 2L);
    curl_easy_setopt(easy, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    if (!m_options.ca_file.empty()) {
      curl_easy_setopt(easy, CURLOPT_CAINFO, m_options.ca_file.c_str());
    }
    if (!m_options.user.empty()) {
      curl_easy_setopt(easy, CURLOPT_USERNAME, m_options.user.c_str());
      curl_easy_setopt(easy, CURLOPT_PASSWORD, m_options.password.c_str());
    }
  }

  /// A 4xx answer or a broken connection is worth another try; a 5xx answer, a refused login and
  /// a certificate that does not verify are final: somebody must act.
  static tl::unexpected<Error> failure(CURL* easy,
                                       CURLcode code,
                                       const std::string& host,
                                       const std::string& answer,
                                       const char* detail) {
    long status = 0;
    curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status);
    const std::string said =
        answer.empty() ? "" : fmt::format(" (the server said '{}')", printable(answer));
    const std::string what =
        fmt::format("cannot send mail by '{}': {}{}",
                    host,
                    printable(*detail != '\0' ? detail : curl_easy_strerror(code)),
                    said);
    switch (code) {
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CACERT_BADFILE:
      return fail(ErrorKind::usage,
                  what + ", set [smtp] ca_file if the server has a certificate of your own");
    case CURLE_USE_SSL_FAILED:
      return fail(ErrorKind::usage, what + ", the server offers no STARTTLS: set [smtp] security");
    default:
      break;
    }
    if (status >= 500) {
      return fail(ErrorKind::usage, what);
    }
    if (code == CURLE_LOGIN_DENIED && status < 400) {
      return fail(ErrorKind::usage, what + ", check [smtp] user and the password");
    }
    return fail(status >= 400 ? ErrorKind::http : ErrorKind::network, what);
  }

  SmtpOptions m_options;
  CurlEasy m_accepted; ///< the connection of the last message that was accepted
};

} // namespace

std::unique_ptr<Mailer> make_smtp_mailer(SmtpOptions options) {
  return std::make_unique<SmtpMailer>(std::move(options));
}

} // namespace regtrail::delivery
