#include "parse/ecfr/unit_builder.hpp"

#include <utility>

namespace regtrail::parse {

UnitBuilder::UnitBuilder(std::size_t size, Crew::Size readers, Reader read)
    : m_read(std::move(read)),
      m_crew(readers) {
  m_crew.expect(size);
}

void UnitBuilder::reserve_frame() {
  m_frame = m_jobs.size();
  m_jobs.emplace_back();
}

void UnitBuilder::add(Piece&& piece, const std::string& title) {
  const bool frame = piece.kind == Piece::Kind::frame;
  Job& job = frame ? m_jobs[m_frame] : m_jobs.emplace_back();
  m_cut.push_back(&job);
  job.is_cut = true;
  job.piece = std::move(piece);
  job.title = title;
  if (frame) {
    job.frame = job.piece.bytes; // not bytes of the document: pieced together by the cutter
    job.piece.bytes = job.frame;
  }
  m_crew.add(job.piece.bytes.size(),
             [this, &job] { job.unit = m_read(job.piece, job.title, m_crew, job.raw); });
}

Result<std::vector<Unit>> UnitBuilder::finish() {
  m_crew.finish();
  for (Job* job : m_cut) {
    if (!job->unit) {
      return tl::unexpected<Error>(std::move(job->unit.error()));
    }
  }
  std::vector<Unit> units;
  units.reserve(m_jobs.size());
  for (Job& job : m_jobs) {
    if (job.is_cut) {
      units.push_back(std::move(*job.unit));
      units.back().raw = job.raw;
    }
  }
  return units;
}

} // namespace regtrail::parse
