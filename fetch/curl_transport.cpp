#include "fetch/curl_transport.hpp"

#include "fetch/url.hpp"
#include "model/characters.hpp"
#include "model/text.hpp"

#include <curl/curl.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <exception>
#include <new>
#include <optional>
#include <stdexcept>

namespace regtrail::fetch {

namespace {

using std::chrono::microseconds;

struct EasyCleanup {
  void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
};

struct ListFree {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};

using HeaderList = std::unique_ptr<curl_slist, ListFree>;

/// State of one transfer, shared with libcurl's callbacks.
struct Reception {
  explicit Reception(const CurlOptions& given) : options(given) {}

  const CurlOptions& options;
  std::string body;
  bool too_large = false;
  bool cancelled = false;
  std::exception_ptr exception; ///< thrown by CurlOptions' callbacks; must not cross libcurl
};

std::size_t
on_body(char* data, std::size_t /*always one*/, std::size_t count, void* user) noexcept {
  auto& reception = *static_cast<Reception*>(user);
  try {
    reception.too_large = count > reception.options.max_body_bytes - reception.body.size();
    if (reception.too_large) {
      return 0;
    }
    reception.body.append(data, count);
    return count;
  } catch (...) {
    reception.exception = std::current_exception();
    return 0;
  }
}

int on_progress(void* user,
                curl_off_t expected,
                curl_off_t received,
                curl_off_t /**/,
                curl_off_t /**/) noexcept {
  auto& reception = *static_cast<Reception*>(user);
  const CurlOptions& options = reception.options;
  const auto bytes = static_cast<std::uint64_t>(std::max<curl_off_t>(received, 0));
  try {
    if (options.cancelled && options.cancelled()) {
      reception.cancelled = true;
    }
    if (bytes > options.max_body_bytes) { // compressed, yet over the limit
      reception.too_large = true;
    }
    if (reception.cancelled || reception.too_large) {
      return 1;
    }
    if (options.progress) {
      options.progress(bytes, static_cast<std::uint64_t>(std::max<curl_off_t>(expected, 0)));
    }
    return 0;
  } catch (...) {
    reception.exception = std::current_exception();
    return 1;
  }
}

bool is_redirect(int status) {
  return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

std::string_view accept_header(Accept accept) {
  switch (accept) {
  case Accept::json:
    return "Accept: application/json";
  case Accept::xml:
    return "Accept: application/xml, text/xml;q=0.9";
  case Accept::any:
    break;
  }
  return "Accept: */*";
}

void append(HeaderList& list, const std::string& line) {
  curl_slist* longer = curl_slist_append(list.get(), line.c_str());
  if (longer == nullptr) {
    throw std::bad_alloc();
  }
  static_cast<void>(list.release());
  list.reset(longer);
}

/// Validators come from servers: a control character in one would begin another header.
bool is_safe_value(std::string_view value) {
  return !value.empty() && std::none_of(value.begin(), value.end(), [](char c) {
    return static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
  });
}

HeaderList request_headers(const Request& request, const Url& url) {
  const Validators& validators = request.validators;
  HeaderList list;
  append(list, std::string(accept_header(request.accept)));
  if (!validators.sent_to(url.text())) {
    return list;
  }
  if (is_safe_value(validators.etag)) {
    append(list, "If-None-Match: " + validators.etag);
  }
  if (is_safe_value(validators.last_modified)) {
    append(list, "If-Modified-Since: " + validators.last_modified);
  }
  return list;
}

template<typename Number>
Number info(CURL* easy, CURLINFO what) {
  Number value{};
  curl_easy_getinfo(easy, what, &value);
  return value;
}

std::vector<std::pair<std::string, std::string>> answer_headers(CURL* easy) {
  std::vector<std::pair<std::string, std::string>> headers;
  curl_header* header = nullptr;
  while ((header = curl_easy_nextheader(easy, CURLH_HEADER, -1, header)) != nullptr) {
    headers.emplace_back(lowered(header->name), header->value);
  }
  return headers;
}

class CurlTransport final : public Transport {
public:
  explicit CurlTransport(CurlOptions options);

  Result<Response> get(const Request& request) override {
    auto answer = attempt(request);
    return answer ? judge(std::move(*answer), request) : answer;
  }

  Result<Response> attempt(const Request& request) override;

private:
  /// Why `url` may not be asked; nullopt when it may.
  [[nodiscard]] std::optional<std::string> refusal(const Url& url) const;
  [[nodiscard]] Result<Url> follow(const Url& from, const Response& answer) const;
  Result<Response> transfer(const Url& url, const Request& request, microseconds remaining);
  [[nodiscard]] tl::unexpected<Error>
  explain(CURLcode code, const Url& url, const Reception& reception, microseconds remaining) const;
  [[nodiscard]] tl::unexpected<Error> explain_timeout(const std::string& what,
                                                      microseconds remaining) const;

  template<typename Value>
  void set(CURLoption option, Value value) {
    if (const CURLcode code = curl_easy_setopt(m_easy.get(), option, value); code != CURLE_OK) {
      throw std::logic_error(fmt::format(
          "libcurl refused option {}: {}", static_cast<int>(option), curl_easy_strerror(code)));
    }
  }

  CurlOptions m_options;
  std::array<char, CURL_ERROR_SIZE> m_error_text{};
  std::unique_ptr<CURL, EasyCleanup> m_easy;
};

CurlTransport::CurlTransport(CurlOptions options)
    : m_options(std::move(options)),
      m_easy(curl_easy_init()) {
  if (!m_easy) {
    throw std::logic_error("curl_easy_init failed: was curl_global_init called?");
  }
  set(CURLOPT_NOSIGNAL, 1L);
  set(CURLOPT_ERRORBUFFER, m_error_text.data());
  set(CURLOPT_PROTOCOLS_STR, "http,https");
  set(CURLOPT_HTTP_VERSION, long{CURL_HTTP_VERSION_2TLS});
  set(CURLOPT_FOLLOWLOCATION, 0L);
  set(CURLOPT_ACCEPT_ENCODING, "");
  set(CURLOPT_USERAGENT, m_options.user_agent.empty() ? "regtrail" : m_options.user_agent.c_str());

  set(CURLOPT_SSL_VERIFYPEER, 1L);
  set(CURLOPT_SSL_VERIFYHOST, 2L);
  set(CURLOPT_SSLVERSION, long{CURL_SSLVERSION_TLSv1_2});
  if (!m_options.ca_bundle.empty()) {
    set<const char*>(CURLOPT_CAPATH, nullptr);
    set(CURLOPT_CAINFO, m_options.ca_bundle.c_str());
    set<const char*>(CURLOPT_PROXY_CAPATH, nullptr);
    set(CURLOPT_PROXY_CAINFO, m_options.ca_bundle.c_str());
  }

  const auto milliseconds = [](std::chrono::seconds span) {
    return static_cast<long>(std::chrono::milliseconds(span).count());
  };
  set(CURLOPT_CONNECTTIMEOUT_MS, milliseconds(m_options.connect_timeout));
  set(CURLOPT_LOW_SPEED_LIMIT, 1L);
  set(CURLOPT_LOW_SPEED_TIME, static_cast<long>(m_options.stall_timeout.count()));
  set(CURLOPT_TCP_KEEPALIVE, 1L);
  set(CURLOPT_MAXFILESIZE_LARGE, static_cast<curl_off_t>(m_options.max_body_bytes));

  set(CURLOPT_NOPROGRESS, 0L);
  set(CURLOPT_XFERINFOFUNCTION, &on_progress);
  set(CURLOPT_WRITEFUNCTION, &on_body);
}

std::optional<std::string> CurlTransport::refusal(const Url& url) const {
  const std::string host = url.host();
  const auto& allowed = m_options.allowed_hosts;
  if (std::none_of(allowed.begin(), allowed.end(), [&](const std::string& each) {
        return curl_strequal(each.c_str(), host.c_str()) != 0;
      })) {
    return fmt::format("host '{}' is not among the allowed hosts", printable(host));
  }
  if (url.scheme() == "http" && !m_options.plain_http && !url.is_loopback()) {
    return "plain http: is allowed only to loopback and to the host of --mirror: use https:";
  }
  return std::nullopt;
}

Result<Url> CurlTransport::follow(const Url& from, const Response& answer) const {
  const std::string_view location = answer.header("location");
  if (location.empty()) {
    return fail(ErrorKind::http,
                fmt::format("cannot get '{}': status {} (redirect) without a target",
                            printable(from.text()),
                            answer.status));
  }
  auto target = from.resolve(location);
  std::optional<std::string> why = target ? refusal(*target) : target.error().message;
  if (!why && from.scheme() == "https" && target->scheme() == "http") {
    why = "it leads from https: to http:";
  }
  if (why) {
    return fail(ErrorKind::blocked,
                fmt::format("cannot get '{}': refused the redirect to '{}': {}; the services send "
                            "whom they suspect to a block page: wait, or set [http] contact",
                            printable(from.text()),
                            printable(target ? target->text() : std::string(location)),
                            *why));
  }
  return target;
}

Result<Response> CurlTransport::attempt(const Request& request) {
  TRY_ASSIGN(Url url, Url::parse(request.url));
  if (const auto why = refusal(url)) {
    return fail(ErrorKind::usage, fmt::format("cannot get '{}': {}", printable(request.url), *why));
  }

  microseconds remaining = m_options.total_timeout;
  for (int redirects = 0;; ++redirects) {
    auto answer = transfer(url, request, remaining);
    if (!answer || !is_redirect(answer->status)) {
      return answer;
    }
    if (redirects == m_options.max_redirects) {
      return fail(ErrorKind::http,
                  fmt::format("cannot get '{}': redirected more than {} times, last by '{}'",
                              printable(request.url),
                              m_options.max_redirects,
                              printable(url.text())));
    }
    remaining -= microseconds(info<curl_off_t>(m_easy.get(), CURLINFO_TOTAL_TIME_T));
    TRY_ASSIGN(url, follow(url, *answer));
  }
}

Result<Response>
CurlTransport::transfer(const Url& url, const Request& request, microseconds remaining) {
  const HeaderList headers = request_headers(request, url);
  Reception reception(m_options);
  m_error_text.front() = '\0';
  set(CURLOPT_CURLU, url.handle());
  set(CURLOPT_HTTPHEADER, headers.get());
  set(CURLOPT_WRITEDATA, &reception);
  set(CURLOPT_XFERINFODATA, &reception);
  // 0 would mean no limit at all
  const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(remaining);
  set(CURLOPT_TIMEOUT_MS, std::max(1L, static_cast<long>(left.count())));
  // Null leaves the choice to the environment, "" is none.
  const bool by_environment = m_options.proxy.empty() && !url.is_loopback();
  const std::string proxy = url.is_loopback() ? "" : m_options.proxy;
  set(CURLOPT_PROXY, by_environment ? nullptr : proxy.c_str());
  set(CURLOPT_NOPROXY, by_environment ? nullptr : "");

  const CURLcode code = curl_easy_perform(m_easy.get());
  set<curl_slist*>(CURLOPT_HTTPHEADER, nullptr);
  set<CURLU*>(CURLOPT_CURLU, nullptr);
  if (reception.exception) {
    std::rethrow_exception(reception.exception);
  }
  if (code != CURLE_OK) {
    return explain(code, url, reception, remaining);
  }

  Response answer;
  answer.status = static_cast<int>(info<long>(m_easy.get(), CURLINFO_RESPONSE_CODE));
  answer.body = std::move(reception.body);
  answer.final_url = url.text();
  answer.headers = answer_headers(m_easy.get());
  answer.wire_bytes =
      static_cast<std::uint64_t>(info<curl_off_t>(m_easy.get(), CURLINFO_SIZE_DOWNLOAD_T));
  return answer;
}

tl::unexpected<Error> CurlTransport::explain_timeout(const std::string& what,
                                                     microseconds remaining) const {
  const microseconds elapsed(info<curl_off_t>(m_easy.get(), CURLINFO_TOTAL_TIME_T));
  if (elapsed + std::chrono::milliseconds(1) >= remaining) {
    return fail(ErrorKind::too_large,
                fmt::format("{}: not complete after {} s in all: try again later or ask for less "
                            "at a time",
                            what,
                            m_options.total_timeout.count()));
  }
  if (info<curl_off_t>(m_easy.get(), CURLINFO_PRETRANSFER_TIME_T) == 0) {
    return fail(ErrorKind::network,
                fmt::format("{}: no connection within {} s: check the network or [http] proxy",
                            what,
                            m_options.connect_timeout.count()));
  }
  return fail(ErrorKind::network,
              fmt::format("{}: nothing came for {} s: try again later",
                          what,
                          m_options.stall_timeout.count()));
}

tl::unexpected<Error> CurlTransport::explain(CURLcode code,
                                             const Url& url,
                                             const Reception& reception,
                                             microseconds remaining) const {
  const std::string what = fmt::format("cannot get '{}'", printable(url.text()));
  if (reception.cancelled) {
    return fail(ErrorKind::network, what + ": interrupted");
  }
  if (reception.too_large || code == CURLE_FILESIZE_EXCEEDED) {
    return fail(ErrorKind::too_large,
                fmt::format("{}: the body is larger than {} bytes: ask for less at a time",
                            what,
                            m_options.max_body_bytes));
  }
  if (code == CURLE_OPERATION_TIMEDOUT) {
    return explain_timeout(what, remaining);
  }

  // Of a proxy that it cannot use libcurl prints the whole address, with its password.
  const std::string_view said = m_error_text.data();
  const bool sayable = !said.empty() && said.find('@') == std::string_view::npos;
  const std::string detail = printable(sayable ? said : curl_easy_strerror(code));
  std::string_view remedy;
  switch (code) {
  case CURLE_COULDNT_RESOLVE_HOST:
  case CURLE_COULDNT_RESOLVE_PROXY:
  case CURLE_COULDNT_CONNECT:
  case CURLE_PROXY:
    remedy = ": check the network or [http] proxy";
    break;
  case CURLE_SSL_CACERT_BADFILE:
    remedy = ": check [http] ca_bundle";
    break;
  case CURLE_PEER_FAILED_VERIFICATION:
    remedy = ": the peer's certificate is not trusted: if your proxy re-signs TLS, set [http] "
             "ca_bundle";
    break;
  case CURLE_PARTIAL_FILE:
  case CURLE_GOT_NOTHING:
  case CURLE_RECV_ERROR:
  case CURLE_SEND_ERROR:
  case CURLE_HTTP2:
  case CURLE_HTTP2_STREAM:
  case CURLE_BAD_CONTENT_ENCODING:
    remedy = ": the transfer broke off: try again later";
    break;
  default:
    break;
  }
  return fail(ErrorKind::network, fmt::format("{}: {}{}", what, detail, remedy));
}

} // namespace

std::vector<std::string> official_hosts() {
  return {"www.ecfr.gov", "www.federalregister.gov", "www.govinfo.gov"};
}

std::unique_ptr<Transport> make_curl_transport(CurlOptions options) {
  return std::make_unique<CurlTransport>(std::move(options));
}

} // namespace regtrail::fetch
