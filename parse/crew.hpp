// Independent pieces of one computation on all processors: the units of a document, the sides of a
// comparison.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>

namespace regtrail::parse {

/// Runs tasks on a few threads and, in finish(), on the caller's. Tasks must not share what they
/// write. A thread is asked for when enough work waits to be worth one; where none can be had, the
/// caller does everything. The process keeps its threads for the next crew.
class Crew {
public:
  enum class Size { caller_only, all_processors };

  explicit Crew(Size size);
  Crew(const Crew&) = delete;
  Crew& operator=(const Crew&) = delete;
  ~Crew(); ///< drops what was not begun, waits for the rest

  /// True where tasks only wait for finish().
  [[nodiscard]] bool is_caller_only() const { return m_alone; }

  /// Work of this weight will come: a thread that is asked for now is there when it does.
  void expect(std::size_t weight);

  /// `weight` measures the work to come in bytes of law to be read: the heaviest task is begun
  /// first.
  void add(std::size_t weight, std::function<void()> task);

  /// Returns when all tasks are done; rethrows the first exception that one of them threw.
  void finish();

  /// Two halves of one piece of work, at once where another thread is free or worth having, else
  /// one after the other; also from within a task. `weight` is that of both. Returns when both are
  /// done; rethrows what the first threw, in which case the second may have been left out, else
  /// what the second threw.
  void
  both(std::size_t weight, const std::function<void()>& first, const std::function<void()>& second);

private:
  struct State;

  void put(std::size_t weight, std::function<void()> task);
  void hire();

  std::size_t m_most_threads = 0;
  bool m_alone = false;
  std::size_t m_hired = 0;
  std::shared_ptr<State> m_state; ///< a thread that comes late finds it when we are gone
};

} // namespace regtrail::parse
