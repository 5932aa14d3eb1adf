#include "parse/crew.hpp"

#include <algorithm>
#include <system_error>
#include <utility>

#if defined(__linux__)
#include <sched.h>
#endif

namespace regtrail::parse {
namespace {

constexpr unsigned most_threads = 4; ///< the caller's included: documents have few large units

/// What must wait beside the heaviest task before another thread is made, which costs about thirty
/// microseconds.
constexpr std::size_t worth_a_thread = std::size_t{16} << 10U;

constexpr auto lighter = [](const auto& left, const auto& right) {
  return left.weight < right.weight;
};

/// Those that we may run on: threads that share one only take turns.
unsigned processors_of_ours() {
#if defined(__linux__)
  cpu_set_t ours;
  if (sched_getaffinity(0, sizeof ours, &ours) == 0) {
    return std::max(1U, static_cast<unsigned>(CPU_COUNT(&ours)));
  }
#endif
  return std::max(1U, std::thread::hardware_concurrency());
}

} // namespace

Crew::Crew(Size size)
    : m_most_threads(size == Size::caller_only ? 0
                                               : std::min(processors_of_ours(), most_threads) - 1) {
}

Crew::~Crew() {
  {
    const std::lock_guard lock(m_mutex);
    m_tasks.clear();
    m_ended = true;
  }
  m_changed.notify_all();
  for (std::thread& thread : m_threads) {
    thread.join();
  }
}

void Crew::add(std::size_t weight, std::function<void()> task) {
  {
    const std::lock_guard lock(m_mutex);
    m_tasks.push_back({weight, std::move(task)});
    std::push_heap(m_tasks.begin(), m_tasks.end(), lighter);
    m_waiting += weight;
    if (m_waiting - m_tasks.front().weight >= worth_a_thread) {
      hire();
    }
  }
  m_changed.notify_one();
}

void Crew::hire() {
  if (m_threads.size() == m_most_threads) {
    return;
  }
  try {
    m_threads.emplace_back([this] { work(); });
  } catch (const std::system_error&) {
    m_most_threads = m_threads.size(); // those that there are do it
  }
}

void Crew::finish() {
  std::unique_lock lock(m_mutex);
  while (!m_tasks.empty()) {
    run_one(lock);
  }
  m_changed.wait(lock, [this] { return m_running == 0; });
  if (m_trouble) {
    std::rethrow_exception(std::exchange(m_trouble, nullptr));
  }
}

void Crew::work() {
  std::unique_lock lock(m_mutex);
  while (true) {
    m_changed.wait(lock, [this] { return m_ended || !m_tasks.empty(); });
    if (m_tasks.empty()) {
      return;
    }
    run_one(lock);
  }
}

void Crew::run_one(std::unique_lock<std::mutex>& lock) {
  std::pop_heap(m_tasks.begin(), m_tasks.end(), lighter);
  const Task task = std::move(m_tasks.back());
  m_tasks.pop_back();
  m_waiting -= task.weight;
  ++m_running;
  lock.unlock();
  std::exception_ptr trouble;
  try {
    task.run();
  } catch (...) {
    trouble = std::current_exception();
  }
  lock.lock();
  --m_running;
  if (trouble && !m_trouble) {
    m_trouble = trouble;
  }
  if (m_running == 0) {
    m_changed.notify_all();
  }
}

} // namespace regtrail::parse
