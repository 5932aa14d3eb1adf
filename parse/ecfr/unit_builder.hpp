// The units of a document in memory, built while it is still being cut, on all processors.
#pragma once

#include "model/error.hpp"
#include "model/node.hpp"
#include "parse/crew.hpp"
#include "parse/ecfr/unit_cutter.hpp"

#include <cstddef>
#include <deque>
#include <functional>
#include <string>
#include <vector>

namespace regtrail::parse {

class UnitBuilder {
public:
  /// Makes a unit of a piece, for which others of the crew may be called in. The hash of the raw
  /// bytes may come later: it stands in `raw` when the crew has finished.
  using Reader = std::function<Result<Unit>(
      const Piece& piece, const std::string& title, Crew& crew, Sha256& raw)>;

  /// Of a document of `size` bytes.
  UnitBuilder(std::size_t size, Crew::Size readers, Reader read);

  /// The place of a part's frame, which is cut behind its units. It may stay empty.
  void reserve_frame();

  /// Bytes other than those of a frame must stay until finish().
  void add(Piece&& piece, const std::string& title);

  /// The units in printed order, or the error of the piece that was cut first.
  [[nodiscard]] Result<std::vector<Unit>> finish();

private:
  struct Job {
    Piece piece;
    std::string title;
    std::string frame;
    Result<Unit> unit;
    Sha256 raw;
    bool is_cut = false;
  };

  Reader m_read;
  std::deque<Job> m_jobs;  ///< tasks hold on to them
  std::vector<Job*> m_cut; ///< in the order in which they were; frames come behind their units
  std::size_t m_frame = 0;
  Crew m_crew;
};

} // namespace regtrail::parse
