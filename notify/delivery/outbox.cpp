// Sends the queued messages and marks each as soon as the server has accepted or refused it.
#include "notify/delivery/mailer.hpp"

#include <fmt/format.h>

namespace regtrail::delivery {

Result<DeliveryReport> deliver_outbox(store::Archive& archive, Mailer& mailer, Timestamp now) {
  TRY_ASSIGN(const std::vector<store::OutboxMessage> queue, archive.queued_messages());
  DeliveryReport report;
  for (std::size_t i = 0; i < queue.size(); ++i) {
    const store::OutboxMessage& message = queue[i];
    const Result<void> sent = mailer.send(message.recipient, message.bytes);
    TRY(sent ? archive.mark_sent(message.id, now)
             : archive.mark_attempt_failed(message.id, now, sent.error().message));
    if (sent) {
      ++report.sent;
      continue;
    }
    ++report.failed;
    report.errors.push_back(fmt::format("{}: {}", message.recipient, sent.error().message));
    const std::size_t waiting = queue.size() - i - 1;
    if (sent.error().kind == ErrorKind::network && waiting > 0) {
      report.errors.push_back(waiting == 1
                                  ? "1 more message waits for the next run"
                                  : fmt::format("{} more messages wait for the next run", waiting));
      break;
    }
  }
  return report;
}

} // namespace regtrail::delivery
