#include "parse/crew.hpp"

#include <algorithm>
#include <condition_variable>
#include <csignal>
#include <deque>
#include <exception>
#include <mutex>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

#if defined(__linux__)
#include <sched.h>
#endif

namespace regtrail::parse {
namespace {

constexpr unsigned most_threads = 4; ///< the caller's included: documents have few large units

/// What must wait beside the heaviest task before a thread is asked for: one that has to be made
/// costs about thirty microseconds.
constexpr std::size_t worth_a_thread = std::size_t{16} << 10U;

/// What half of a work must weigh to be shared with a thread that is there, which has to be woken.
constexpr std::size_t worth_waking = std::size_t{4} << 10U;

/// How often one who waits looks again before it sleeps: somewhat longer than to be woken takes.
/// It does not yield in between, which can leave both on one processor for the rest of the work.
constexpr int looks = 60;
constexpr int pauses_between_looks = 64;

void pause() {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  asm volatile("isb");
#endif
}

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

/// The threads of this process that crews share.
class Threads {
public:
  static Threads& of_this_process() {
    static Threads threads;
    return threads;
  }

  Threads() = default;
  Threads(const Threads&) = delete;
  Threads& operator=(const Threads&) = delete;

  ~Threads() {
    {
      const std::lock_guard lock(m_mutex);
      m_ended = true;
    }
    m_changed.notify_all();
    for (std::thread& thread : m_threads) {
      thread.join();
    }
  }

  /// Has `work` done by an idle thread or a new one; false where none can be had.
  bool lend(std::function<void()> work) {
    {
      const std::lock_guard lock(m_mutex);
      if (m_idle <= m_waiting.size() && m_threads.size() < most_threads - 1) {
        try {
          m_threads.emplace_back([this] { serve(); });
        } catch (const std::system_error&) {
          // those that there are do it
        }
      }
      if (m_threads.empty()) {
        return false;
      }
      m_waiting.push_back(std::move(work));
    }
    m_changed.notify_one();
    return true;
  }

private:
  void serve() {
    // A signal is for the thread that may be waiting for something else; we outlive the work.
    sigset_t all;
    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, nullptr);
    std::unique_lock lock(m_mutex);
    while (true) {
      ++m_idle;
      m_changed.wait(lock, [this] { return m_ended || !m_waiting.empty(); });
      --m_idle;
      if (m_waiting.empty()) {
        return;
      }
      std::function<void()> work = std::move(m_waiting.front());
      m_waiting.pop_front();
      lock.unlock();
      work();
      work = nullptr;
      lock.lock();
    }
  }

  std::mutex m_mutex;
  std::condition_variable m_changed;
  std::deque<std::function<void()>> m_waiting;
  std::size_t m_idle = 0;
  bool m_ended = false;
  std::vector<std::thread> m_threads;
};

} // namespace

struct Crew::State {
  struct Task {
    std::size_t weight = 0;
    std::function<void()> run;

    friend bool operator<(const Task& left, const Task& right) {
      return left.weight < right.weight;
    }
  };

  std::mutex mutex;
  std::condition_variable changed;
  std::vector<Task> tasks; ///< a heap, the heaviest in front
  std::size_t waiting = 0; ///< weight of tasks
  std::size_t coming = 0;  ///< weight of those that were announced and did not come yet
  std::size_t running = 0;
  bool ended = false;
  std::exception_ptr trouble;

  /// Waits until `holds`, which is asked with the lock held. To be woken takes as long as some
  /// tasks, so we look a few times ourselves before we sleep.
  template<typename Condition>
  void wait(std::unique_lock<std::mutex>& lock, Condition holds) {
    for (int looked = 0; looked < looks && !holds(); ++looked) {
      lock.unlock();
      for (int i = 0; i < pauses_between_looks; ++i) {
        pause();
      }
      lock.lock();
    }
    changed.wait(lock, holds);
  }

  /// What a thread does until the crew has ended.
  void work() {
    std::unique_lock lock(mutex);
    while (true) {
      wait(lock, [this] { return ended || !tasks.empty(); });
      if (tasks.empty()) {
        return;
      }
      run_one(lock);
    }
  }

  void run_one(std::unique_lock<std::mutex>& lock) {
    std::pop_heap(tasks.begin(), tasks.end());
    Task task = std::move(tasks.back());
    tasks.pop_back();
    waiting -= task.weight;
    ++running;
    lock.unlock();
    std::exception_ptr thrown;
    try {
      task.run();
    } catch (...) {
      thrown = std::current_exception();
    }
    task.run = nullptr; // what it holds is gone before we say so
    lock.lock();
    --running;
    if (thrown && !trouble) {
      trouble = thrown;
    }
    if (running == 0) {
      changed.notify_all();
    }
  }
};

Crew::Crew(Size size)
    : m_most_threads(size == Size::caller_only ? 0
                                               : std::min(processors_of_ours(), most_threads) - 1),
      m_alone(m_most_threads == 0),
      m_state(std::make_shared<State>()) {}

Crew::~Crew() {
  std::unique_lock lock(m_state->mutex);
  m_state->tasks.clear();
  m_state->ended = true;
  m_state->changed.notify_all();
  m_state->changed.wait(lock, [this] { return m_state->running == 0; });
}

void Crew::expect(std::size_t weight) {
  const std::lock_guard lock(m_state->mutex);
  m_state->coming += weight;
  if (weight >= 2 * worth_a_thread) {
    hire();
  }
}

bool Crew::is_worth_sharing(std::size_t weight) const {
  if (m_alone || weight / 2 < worth_waking) {
    return false;
  }
  const std::lock_guard lock(m_state->mutex);
  return m_state->waiting + m_state->coming < weight * m_most_threads;
}

void Crew::add(std::size_t weight, std::function<void()> task) {
  const std::lock_guard lock(m_state->mutex);
  m_state->coming -= std::min(m_state->coming, weight);
  put(weight, std::move(task));
  if (m_state->waiting - m_state->tasks.front().weight >= worth_a_thread) {
    hire();
  }
}

/// With the lock held.
void Crew::put(std::size_t weight, std::function<void()> task) {
  m_state->tasks.push_back({weight, std::move(task)});
  std::push_heap(m_state->tasks.begin(), m_state->tasks.end());
  m_state->waiting += weight;
  if (m_hired != 0) {
    m_state->changed.notify_all(); // one alone might be somebody who waits for something else
  }
}

/// With the lock held.
void Crew::hire() {
  if (m_hired == m_most_threads) {
    return;
  }
  if (Threads::of_this_process().lend([state = m_state] { state->work(); })) {
    ++m_hired;
  } else {
    m_most_threads = m_hired;
  }
}

void Crew::finish() {
  std::unique_lock lock(m_state->mutex);
  m_state->coming = 0;
  while (!m_state->tasks.empty() || m_state->running != 0) {
    if (m_state->tasks.empty()) { // one that runs may add others
      m_state->wait(lock, [this] { return m_state->running == 0 || !m_state->tasks.empty(); });
    } else {
      m_state->run_one(lock);
    }
  }
  if (m_state->trouble) {
    std::rethrow_exception(std::exchange(m_state->trouble, nullptr));
  }
}

void Crew::each(std::size_t count,
                std::size_t weight,
                const std::function<void(std::size_t)>& part) {
  if (count < 2 || !is_worth_sharing(weight)) {
    for (std::size_t index = 0; index < count; ++index) {
      part(index);
    }
    return;
  }

  // Outlives this call: a thread that finds all parts taken may come when we are gone.
  struct Parts {
    std::size_t next = 0;
    std::size_t running = 0;
    std::size_t thrown_by = 0;
    std::exception_ptr trouble;
  };

  const auto shared = std::make_shared<Parts>();
  const auto take = [shared, count, state = m_state.get(), run = &part] {
    std::unique_lock lock(state->mutex);
    while (shared->next < count) {
      const std::size_t index = shared->next++;
      ++shared->running;
      lock.unlock();
      std::exception_ptr thrown;
      try {
        (*run)(index);
      } catch (...) {
        thrown = std::current_exception();
      }
      lock.lock();
      --shared->running;
      if (thrown && (!shared->trouble || index < shared->thrown_by)) {
        shared->trouble = std::move(thrown);
        shared->thrown_by = index;
        shared->next = count;
      }
    }
    if (shared->running == 0) {
      state->changed.notify_all();
    }
  };
  {
    const std::lock_guard lock(m_state->mutex);
    if (weight / 2 >= worth_a_thread) {
      hire();
    }
    for (std::size_t others = std::min(count - 1, m_hired); others > 0; --others) {
      put(weight / 2, take);
    }
  }
  take();
  std::unique_lock lock(m_state->mutex);
  m_state->wait(lock, [&] { return shared->running == 0; });
  if (shared->trouble) { // whose last holder may be a thread that comes late
    std::rethrow_exception(std::exchange(shared->trouble, nullptr));
  }
}

} // namespace regtrail::parse
