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

  /// Tasks of this weight will be added: a thread that is asked for now is there when they are.
  void expect(std::size_t weight);

  /// True where others would be idle, and are worth waking, while one alone does a work of this
  /// weight.
  [[nodiscard]] bool is_worth_sharing(std::size_t weight) const;

  /// `weight` measures the work to come in bytes of law to be read: the heaviest task is begun
  /// first.
  void add(std::size_t weight, std::function<void()> task);

  /// Returns when all tasks are done; rethrows the first exception that one of them threw.
  void finish();

  /// Calls `part` with 0 to `count` - 1: parts of one piece of work of `weight`, begun in this
  /// order, several at once where that is worth sharing; also from within a task.
  /// Returns when all are done. When one throws, parts that were not begun are left out, and what
  /// the first of those that threw has thrown is rethrown.
  void each(std::size_t count, std::size_t weight, const std::function<void(std::size_t)>& part);

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
