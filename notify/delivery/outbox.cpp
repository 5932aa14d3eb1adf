// Sends the queued messages and marks each as soon as the server has accepted or refused it.
#include "notify/delivery/mailer.hpp"

#include <fmt/format.h>

namespace regtrail::delivery {

Result<DeliveryReport> deliver_outbox(store::Archive& archive, Mailer& mailer, Timestamp now) {
  TRY_ASSIGN(const std::vector<store::OutboxMessage> queue, archive.queued_messages());
  DeliveryReport report;
  for (const store::OutboxMessage& message : queue) {
    const Result<void> sent = mailer.send(message.recipient, message.bytes);
    TRY(sent ? archive.mark_sent(message.id, now)
             : archive.mark_attempt_failed(message.id, now, sent.error().message));
    if (sent) {
      ++report.sent;
    } else {
      ++report.failed;
      report.errors.push_back(fmt::format("{}: {}", message.recipient, sent.error().message));
    }
  }
  return report;
}

} // namespace regtrail::delivery
