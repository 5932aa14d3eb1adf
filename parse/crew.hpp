// Independent pieces of one computation on all processors: the units of a document, the sides of a
// comparison.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <exception>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace regtrail::parse {

/// Runs tasks on a few threads and, in finish(), on the caller's. Tasks must not share what they
/// write. A thread is made when enough work waits to be worth one; where none can be had, the
/// caller does everything.
class Crew {
public:
  enum class Size { caller_only, all_processors };

  explicit Crew(Size size);
  Crew(const Crew&) = delete;
  Crew& operator=(const Crew&) = delete;
  ~Crew(); ///< drops what was not begun, waits for the rest

  /// True where tasks only wait for finish().
  [[nodiscard]] bool is_caller_only() const { return m_most_threads == 0; }

  /// `weight` measures the work to come in bytes of law to be read: the heaviest task is begun
  /// first.
  void add(std::size_t weight, std::function<void()> task);

  /// Returns when all tasks are done; rethrows the first exception that one of them threw.
  void finish();

private:
  struct Task {
    std::size_t weight = 0;
    std::function<void()> run;
  };

  void hire();
  void work();
  void run_one(std::unique_lock<std::mutex>& lock);

  std::mutex m_mutex;
  std::condition_variable m_changed;
  std::vector<Task> m_tasks; ///< a heap, the heaviest in front
  std::size_t m_waiting = 0; ///< weight of m_tasks
  std::size_t m_running = 0;
  bool m_ended = false;
  std::exception_ptr m_trouble;
  std::size_t m_most_threads = 0;
  std::vector<std::thread> m_threads;
};

} // namespace regtrail::parse
