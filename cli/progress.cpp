#include "cli/progress.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace regtrail::cli {
namespace {

constexpr std::chrono::milliseconds redraw_interval{100};
constexpr int bar_width = 28;

std::string bar(int fetched, int planned) {
  const int filled = planned > 0 ? std::clamp(bar_width * fetched / planned, 0, bar_width) : 0;
  std::string text;
  for (int i = 0; i < bar_width; ++i) {
    text += i < filled ? "█" : "░";
  }
  return text;
}

std::string estimate(std::chrono::seconds left) {
  if (left <= std::chrono::seconds(0)) {
    return "";
  }
  if (left < std::chrono::seconds(90)) {
    return fmt::format("   about {} s left", left.count());
  }
  return fmt::format("   about {} min left", (left.count() + 59) / 60);
}

} // namespace

std::string shown_size(std::uint64_t bytes) {
  constexpr double thousand = 1000.0;
  const auto size = static_cast<double>(bytes);
  if (bytes < 1000) {
    return fmt::format("{} bytes", bytes);
  }
  if (bytes < 1'000'000) {
    return fmt::format("{:.0f} kB", size / thousand);
  }
  return fmt::format("{:.1f} MB", size / thousand / thousand);
}

std::string progress_line(const std::string& part,
                          int fetched,
                          int planned,
                          std::uint64_t bytes,
                          std::chrono::seconds left) {
  return fmt::format("  part {}  {}  {}/{} dates   {}{}",
                     part,
                     bar(fetched, planned),
                     fetched,
                     planned,
                     shown_size(bytes),
                     estimate(left));
}

SyncProgress::SyncProgress(const Session& session)
    : m_host(session.host()),
      m_console(session.console()),
      m_shown(m_console.err_is_terminal() && !session.options().quiet && !session.json()) {}

void SyncProgress::on_part_progress(const std::string& part,
                                    int fetched,
                                    int planned,
                                    std::uint64_t bytes) {
  if (!m_shown) {
    return;
  }
  const auto now = m_host.waiter().now();
  if (part != m_part) {
    m_part = part;
    m_started = now;
    m_first_fetched = fetched;
  } else if (now - m_drawn < redraw_interval && fetched < planned) {
    return;
  }
  m_drawn = now;
  std::chrono::seconds left{0};
  const int done = fetched - m_first_fetched;
  if (done > 0 && fetched < planned) {
    left = std::chrono::duration_cast<std::chrono::seconds>((now - m_started) / done *
                                                            (planned - fetched));
  }
  m_console.progress("\r" + progress_line(part, fetched, planned, bytes, left) + "\x1b[K");
  m_line = true;
}

void SyncProgress::clear() {
  if (m_line) {
    m_console.progress("\r\x1b[K");
    m_line = false;
  }
}

} // namespace regtrail::cli
