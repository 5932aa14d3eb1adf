// RFC 5322 messages with a multipart/alternative body (RFC 2046).
#include "model/digest.hpp"
#include "notify/delivery/address.hpp"
#include "notify/delivery/mailer.hpp"
#include "notify/render/summary.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <nettle/base64.h>
#include <vector>

namespace regtrail::delivery {

namespace {

constexpr std::size_t longest_line = 76; ///< columns of encoded words and of base64
constexpr std::string_view word_begin = "=?UTF-8?B?";
constexpr std::string_view word_end = "?=";

bool is_plain(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c <= '~'; });
}

bool has_control(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) {
    return static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
  });
}

std::string base64(std::string_view bytes) {
  std::string out(BASE64_ENCODE_RAW_LENGTH(bytes.size()), '\0');
  base64_encode_raw(out.data(), bytes.size(), reinterpret_cast<const std::uint8_t*>(bytes.data()));
  return out;
}

/// RFC 2047 words of whole characters, folded so that no line is longer than 76 columns; `used`
/// columns are taken on the first.
std::string encoded_words(std::string_view text, std::size_t used) {
  std::string out;
  while (!text.empty()) {
    const std::size_t room = longest_line - used - word_begin.size() - word_end.size();
    const std::string_view word = render::first_bytes(text, room / 4 * 3);
    out += out.empty() ? "" : "\r\n ";
    out += word_begin;
    out += base64(word);
    out += word_end;
    text.remove_prefix(word.size());
    used = 1;
  }
  return out;
}

/// Whether `text` can stand on a line as it is, behind `used` columns.
bool needs_no_encoding(std::string_view text, std::size_t used) {
  return is_plain(text) && text.find("=?") == std::string_view::npos &&
         used + text.size() <= longest_line;
}

std::string unstructured(std::string_view text, std::size_t used) {
  return needs_no_encoding(text, used) ? std::string(text) : encoded_words(text, used);
}

/// A display name as atoms, as a quoted string or as encoded words (RFC 5322 section 3.2.5).
std::string phrase(std::string_view name, std::size_t used) {
  constexpr std::string_view atoms =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_ ";
  if (name.find_first_not_of(atoms) == std::string_view::npos) {
    return unstructured(name, used);
  }
  std::string quoted = "\"";
  for (const char c : name) {
    quoted += c == '"' || c == '\\' ? "\\" : "";
    quoted += c;
  }
  quoted += '"';
  return needs_no_encoding(quoted, used) ? quoted : encoded_words(name, used);
}

std::string mailbox_field(std::string_view field, const Mailbox& mailbox) {
  if (mailbox.name.empty()) {
    return fmt::format("{}: {}\r\n", field, mailbox.address);
  }
  const std::string name = phrase(mailbox.name, field.size() + 2);
  const std::size_t length = field.size() + name.size() + mailbox.address.size() + 5;
  return fmt::format(
      "{}: {}{}<{}>\r\n", field, name, length <= longest_line ? " " : "\r\n ", mailbox.address);
}

/// The canonical form of text in mail: CRLF line ends.
std::string with_crlf(std::string_view text) {
  std::string out;
  out.reserve(text.size() + text.size() / 32);
  for (const char c : text) {
    if (c == '\n') {
      out += "\r\n";
    } else if (c != '\r') {
      out += c;
    }
  }
  return out;
}

void add_part(std::string& out,
              std::string_view boundary,
              std::string_view type,
              std::string_view more_headers,
              std::string_view bytes) {
  out += fmt::format("--{}\r\n"
                     "Content-Type: {}\r\n"
                     "Content-Transfer-Encoding: base64\r\n"
                     "{}\r\n",
                     boundary,
                     type,
                     more_headers);
  const std::string encoded = base64(bytes);
  for (std::size_t i = 0; i < encoded.size(); i += longest_line) {
    out.append(encoded, i, longest_line);
    out += "\r\n";
  }
}

/// A parameter of RFC 2231: "filename*=UTF-8''parties.csv".
std::string extended(std::string_view name, std::string_view value) {
  std::string out = fmt::format("{}*=UTF-8''", name);
  for (const char c : value) {
    const auto byte = static_cast<unsigned char>(c);
    const bool kept = byte < 0x80 && (std::isalnum(byte) != 0 || c == '-' || c == '.' || c == '_');
    out += kept ? std::string(1, c) : fmt::format("%{:02X}", byte);
  }
  return out;
}

} // namespace

Result<std::string> build_message(const MessageHeader& header,
                                  const std::string& text,
                                  const std::string& html,
                                  const std::vector<Attachment>& attachments) {
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
  TRY_ASSIGN(const Mailbox from, parse_mailbox(header.from));
  TRY_ASSIGN(const Mailbox to, parse_mailbox(header.to));
  // "=_" occurs in no base64, so the boundary occurs in no part.
  const std::string boundary = "=_regtrail_" + to_hex(hash128(id + "\n" + text + "\n" + html));
  const std::string alternative =
      fmt::format("multipart/alternative;\r\n boundary=\"{}\"", boundary);
  const std::string outer = boundary + "_mixed";
  std::string out =
      fmt::format("Content-Type: {}\r\n"
                  "Mime-Version: 1.0\r\n"
                  "Date: {:%a, %d %b %Y %H:%M:%S +0000}\r\n",
                  attachments.empty() ? alternative
                                      : fmt::format("multipart/mixed;\r\n boundary=\"{}\"", outer),
                  header.date);
  out += mailbox_field("From", from);
  out += mailbox_field("To", to);
  out += fmt::format("Subject: {}\r\n"
                     "Message-ID: {}\r\n"
                     "Auto-Submitted: auto-generated\r\n"
                     "\r\n",
                     unstructured(header.subject, std::string_view("Subject: ").size()),
                     id);
  if (!attachments.empty()) {
    out += fmt::format("--{}\r\nContent-Type: {}\r\n\r\n", outer, alternative);
  }
  add_part(out, boundary, "text/plain; charset=utf-8", "", with_crlf(text));
  add_part(out, boundary, "text/html; charset=utf-8", "", with_crlf(html));
  out += "--" + boundary + "--\r\n";
  for (const Attachment& file : attachments) {
    add_part(
        out,
        outer,
        file.type,
        fmt::format("Content-Disposition: attachment;\r\n {}\r\n", extended("filename", file.name)),
        file.bytes);
  }
  return attachments.empty() ? out : out + "--" + outer + "--\r\n";
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
