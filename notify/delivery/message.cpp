// RFC 5322 messages: header fields of our own, the MIME body by libcurl.
#include "model/digest.hpp"
#include "notify/delivery/curl_internal.hpp"
#include "notify/delivery/mailer.hpp"
#include "notify/delivery/message_sink_internal.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <new>
#include <vector>

namespace regtrail::delivery {

namespace {

constexpr std::size_t longest_plain_field = 76;
constexpr std::string_view word_begin = "=?UTF-8?B?";
constexpr std::string_view word_end = "?=";

bool is_plain(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c <= '~'; });
}

bool has_control(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x20 || byte == 0x7F;
  });
}

std::string base64(std::string_view bytes) {
  constexpr std::string_view alphabet =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    const std::size_t count = std::min<std::size_t>(3, bytes.size() - i);
    std::uint32_t group = 0;
    for (std::size_t k = 0; k < 3; ++k) {
      group = (group << 8U) | (k < count ? static_cast<unsigned char>(bytes[i + k]) : 0U);
    }
    for (std::size_t k = 0; k < 4; ++k) {
      out += k <= count ? alphabet[(group >> (18U - 6U * k)) & 63U] : '=';
    }
  }
  return out;
}

/// RFC 2047 words of whole characters, folded so that no line is longer than 76 columns; `used`
/// columns are taken on the first.
std::string encoded_words(std::string_view text, std::size_t used) {
  std::string out;
  while (!text.empty()) {
    const std::size_t room = longest_plain_field - used - word_begin.size() - word_end.size();
    std::size_t size = std::min(text.size(), room / 4 * 3);
    while (size < text.size() && size > 1 &&
           (static_cast<unsigned char>(text[size]) & 0xC0U) == 0x80U) {
      --size;
    }
    out += out.empty() ? "" : "\r\n ";
    out += word_begin;
    out += base64(text.substr(0, size));
    out += word_end;
    text.remove_prefix(size);
    used = 1;
  }
  return out;
}

std::string unstructured(std::string_view name, std::string_view text) {
  const bool plain = is_plain(text) && text.find("=?") == std::string_view::npos &&
                     name.size() + 2 + text.size() <= longest_plain_field;
  return fmt::format(
      "{}: {}", name, plain ? std::string(text) : encoded_words(text, name.size() + 2));
}

/// "Name <address>" or "address".
struct Mailbox {
  std::string name;
  std::string address;
};

bool is_address(std::string_view address) {
  const std::size_t at = address.rfind('@');
  return is_plain(address) && at != std::string_view::npos && at > 0 && at + 1 < address.size() &&
         address.find_first_of(" <>,;\"()") == std::string_view::npos;
}

Result<Mailbox> parse_mailbox(const std::string& text) {
  Mailbox out;
  const std::size_t open = text.find('<');
  if (open == std::string::npos) {
    out.address = text;
  } else if (text.back() == '>') {
    out.address = text.substr(open + 1, text.size() - open - 2);
    out.name = text.substr(0, open);
    out.name.erase(out.name.find_last_not_of(' ') + 1);
    if (out.name.size() >= 2 && out.name.front() == '"' && out.name.back() == '"') {
      out.name = out.name.substr(1, out.name.size() - 2);
    }
  }
  if (!is_address(out.address)) {
    return fail(
        ErrorKind::usage,
        fmt::format("'{}' is not a mail address, expected 'name@host' or 'Name <name@host>'",
                    text));
  }
  return out;
}

std::string mailbox_field(std::string_view name, const Mailbox& mailbox) {
  if (mailbox.name.empty()) {
    return fmt::format("{}: {}", name, mailbox.address);
  }
  const bool atoms = std::all_of(mailbox.name.begin(), mailbox.name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == ' ' ||
           c == '-' || c == '_';
  });
  const std::string shown = atoms && mailbox.name.size() < 60
                                ? mailbox.name
                                : encoded_words(mailbox.name, name.size() + 2);
  const std::size_t length = name.size() + shown.size() + mailbox.address.size() + 5;
  return fmt::format(
      "{}: {}{}<{}>", name, shown, length <= longest_plain_field ? " " : "\r\n ", mailbox.address);
}

/// "Wed, 02 Sep 2026 07:30:11 +0000".
std::string date_field(Timestamp when) {
  constexpr std::string_view days[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  constexpr std::string_view months[] = {
      "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const auto midnight = std::chrono::floor<std::chrono::days>(when);
  const std::chrono::year_month_day day(midnight);
  const std::chrono::hh_mm_ss time(when - midnight);
  return fmt::format("Date: {}, {:02} {} {} {:02}:{:02}:{:02} +0000",
                     days[std::chrono::weekday(midnight).c_encoding()],
                     static_cast<unsigned>(day.day()),
                     months[static_cast<unsigned>(day.month()) - 1],
                     static_cast<int>(day.year()),
                     time.hours().count(),
                     time.minutes().count(),
                     time.seconds().count());
}

/// The canonical form of text in mail: CRLF line ends.
std::string with_crlf(std::string_view text) {
  std::string out;
  out.reserve(text.size() + text.size() / 32);
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\n') {
      out += "\r\n";
    } else if (text[i] != '\r') {
      out += text[i];
    }
  }
  return out;
}

/// Quoted-printable keeps mostly English text readable; Japanese is shorter in base64.
const char* encoding_for(std::string_view text) {
  const auto wide = std::count_if(
      text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
  return static_cast<std::size_t>(wide) > text.size() / 6 ? "base64" : "quoted-printable";
}

Result<void> check(CURLcode code) {
  if (code != CURLE_OK) {
    return fail(ErrorKind::network,
                fmt::format("cannot compose a message: {}", curl_easy_strerror(code)));
  }
  return {};
}

CURLcode add_part(curl_mime* mime, const std::string& text, const char* type) {
  curl_mimepart* part = curl_mime_addpart(mime);
  if (part == nullptr) {
    return CURLE_OUT_OF_MEMORY;
  }
  CURLcode code = curl_mime_data(part, text.data(), text.size());
  code = code != CURLE_OK ? code : curl_mime_type(part, type);
  return code != CURLE_OK ? code : curl_mime_encoder(part, encoding_for(text));
}

/// libcurl's boundary is random; ours follows from the content, so that equal digests are equal
/// bytes. "=_" cannot occur in quoted-printable or base64 bodies.
Result<std::string> with_boundary(std::string message, const std::string& boundary) {
  constexpr std::string_view mark = " boundary=";
  const std::size_t at = message.find(mark);
  if (at == std::string::npos) {
    return fail(ErrorKind::network, "cannot compose a message: libcurl wrote no boundary");
  }
  const std::size_t begin = at + mark.size();
  const std::string random = message.substr(begin, message.find("\r\n", begin) - begin);
  message.replace(begin, random.size(), "\"" + boundary + "\"");
  message.replace(at, 1, "\r\n "); // the field would be longer than 78 columns
  const std::string delimiter = "\r\n--" + random;
  for (std::size_t i = message.find(delimiter); i != std::string::npos;
       i = message.find(delimiter, i + 1)) {
    message.replace(i + 4, random.size(), boundary);
  }
  return message;
}

Result<std::string>
compose(const CurlList& fields, const std::string& text, const std::string& html) {
  auto sink = MessageSink::open();
  if (!sink) {
    return tl::unexpected(sink.error());
  }
  const CurlEasy easy(curl_easy_init());
  if (!easy) {
    throw std::bad_alloc();
  }
  CurlMime mime(curl_mime_init(easy.get()));
  CURLcode code = add_part(mime.get(), text, "text/plain; charset=utf-8");
  code = code != CURLE_OK ? code : add_part(mime.get(), html, "text/html; charset=utf-8");
  if (auto ok = check(code); !ok) {
    return tl::unexpected(ok.error());
  }
  CurlList recipients;
  append(recipients, "<outbox@localhost>");
  curl_easy_setopt(easy.get(), CURLOPT_URL, "smtp://localhost/localhost");
  curl_easy_setopt(easy.get(), CURLOPT_ABSTRACT_UNIX_SOCKET, (*sink)->name().c_str());
  curl_easy_setopt(easy.get(), CURLOPT_PROXY, "");
  curl_easy_setopt(easy.get(), CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(easy.get(), CURLOPT_TIMEOUT, 30L);
  curl_easy_setopt(easy.get(), CURLOPT_SERVER_RESPONSE_TIMEOUT, 10L);
  curl_easy_setopt(easy.get(), CURLOPT_MAIL_FROM, "<outbox@localhost>");
  curl_easy_setopt(easy.get(), CURLOPT_MAIL_RCPT, recipients.get());
  curl_easy_setopt(easy.get(), CURLOPT_HTTPHEADER, fields.get());
  curl_easy_setopt(easy.get(), CURLOPT_MIMEPOST, mime.get());
  curl_easy_setopt(easy.get(), CURLOPT_FORBID_REUSE, 1L);
  if (auto ok = check(curl_easy_perform(easy.get())); !ok) {
    return tl::unexpected(ok.error());
  }
  return (*sink)->take();
}

} // namespace

Result<std::string>
build_message(const MessageHeader& header, const std::string& text, const std::string& html) {
  for (const std::string* field : {&header.from, &header.to, &header.subject, &header.message_id}) {
    if (has_control(*field)) {
      return fail(ErrorKind::usage, "a mail header holds a line break or control character");
    }
  }
  const std::string& id = header.message_id;
  if (!is_plain(id) || id.size() < 5 || id.front() != '<' || id.back() != '>' ||
      id.find(' ') != std::string::npos) {
    return fail(ErrorKind::usage, fmt::format("'{}' is not a message id", id));
  }
  const Result<Mailbox> from = parse_mailbox(header.from);
  const Result<Mailbox> to = parse_mailbox(header.to);
  if (!from || !to) {
    return tl::unexpected(!from ? from.error() : to.error());
  }
  CurlList fields;
  append(fields, date_field(header.date));
  append(fields, mailbox_field("From", *from));
  append(fields, mailbox_field("To", *to));
  append(fields, unstructured("Subject", header.subject));
  append(fields, "Message-ID: " + id);
  append(fields, "Auto-Submitted: auto-generated");
  append(fields, "Content-Type: multipart/alternative");
  Result<std::string> message = compose(fields, with_crlf(text), with_crlf(html));
  if (!message) {
    return message;
  }
  if (message->empty()) {
    return fail(ErrorKind::network, "cannot compose a message: libcurl sent none");
  }
  return with_boundary(std::move(*message),
                       "=_regtrail_" + to_hex(hash128(id + "\n" + text + "\n" + html)));
}

std::string make_message_id(const std::string& subscriber,
                            const std::vector<std::string>& hit_ids,
                            const std::string& domain) {
  std::vector<std::string> sorted = hit_ids;
  std::sort(sorted.begin(), sorted.end());
  const std::string digest =
      to_hex(sha256(fmt::format("{}\n{}", subscriber, fmt::join(sorted, "\n"))));
  return fmt::format("<{}@{}>", digest.substr(0, 40), domain);
}

} // namespace regtrail::delivery
