// Composes messages (RFC 5322) and sends them by SMTP.
#pragma once

#include "model/date.hpp"
#include "model/error.hpp"
#include "notify/delivery/digest.hpp"

#include <chrono>
#include <memory>
#include <string>
#include <vector>

namespace regtrail::delivery {

struct MessageHeader {
  std::string from; ///< "regtrail <regtrail@example.co.jp>"
  std::string to;
  std::string subject; ///< UTF-8; encoded by RFC 2047 where needed; line breaks are refused
  std::string message_id;
  Timestamp date{};
};

/// multipart/alternative of text and HTML, both UTF-8 in base64, with CRLF line ends; with
/// attachments the first part of a multipart/mixed. Equal input gives equal bytes: these are
/// stored, printed by --dry-run and sent, the same in every try.
Result<std::string> build_message(const MessageHeader& header,
                                  const std::string& text,
                                  const std::string& html,
                                  const std::vector<Attachment>& attachments = {});

/// Stable: from subscriber and hit ids, so that a recomposed digest keeps its identity. For a
/// digest without hits pass its day in their place, or all of them would be one message.
[[nodiscard]] std::string make_message_id(const std::string& subscriber,
                                          const std::vector<std::string>& hit_ids,
                                          const std::string& domain);

struct SmtpOptions {
  std::string url;  ///< "smtp://mail.example.co.jp:587", "smtps://..."
  std::string from; ///< envelope sender, a bare address
  std::string user;
  std::string password; ///< from the environment or a 0600 file, never logged
  enum class Security { starttls, tls, none } security = Security::starttls;
  std::string ca_file;
  std::chrono::seconds timeout{120}; ///< for one message
};

class Mailer {
public:
  Mailer() = default;
  Mailer(const Mailer&) = delete;
  Mailer& operator=(const Mailer&) = delete;
  virtual ~Mailer() = default;

  /// Returns when the server has accepted the message: QUIT and the end of the connection come
  /// with the next message or the mailer's end, when the caller has noted it. Each message has a
  /// connection of its own. An Error says what would help: `network` and `http` (4xx) time,
  /// everything else a person.
  virtual Result<void> send(const std::string& recipient, const std::string& bytes) = 0;
};

[[nodiscard]] std::unique_ptr<Mailer> make_smtp_mailer(SmtpOptions options);

struct DeliveryReport {
  int sent = 0;
  int failed = 0;
  std::vector<std::string> errors; ///< "<recipient>: <why>", one for each that failed
};

/// Tries each queued message once, oldest first, whatever became of those before it, and marks it
/// at once. An Error is the archive's: what cannot be noted would be sent again.
Result<DeliveryReport> deliver_outbox(store::Archive& archive, Mailer& mailer, Timestamp now);

} // namespace regtrail::delivery
