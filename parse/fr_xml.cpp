#include "parse/fr_xml.hpp"

#include "parse/crew.hpp"
#include "parse/file_window.hpp"
#include "parse/fr/document_cutter.hpp"
#include "parse/fr/document_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <deque>
#include <memory>
#include <mutex>
#include <utility>

namespace regtrail::parse {
namespace {

/// Calls `current` for the tree to load a document into, and `take` with what was loaded.
Result<void> cut(ByteWindow& window,
                 const FrOptions& options,
                 const std::function<LoadedDocument&()>& current,
                 const std::function<Result<void>(const FrPiece&, const FrIssue&)>& take) {
  FrPieceHandler handler;
  handler.load = [&](const FrPiece& piece, std::size_t depth) {
    const auto deepest = static_cast<std::size_t>(std::max(options.limits.max_depth, 1));
    return load_document(
        current(), piece, deepest - std::min(depth - 1, deepest), options.source_name);
  };
  handler.take = take;
  return cut_fr(
      window, options.limits, options.source_name, {options.volume, options.published}, handler);
}

/// Reads the documents of an issue in memory while it is still being cut, on all processors.
class IssueReader {
public:
  explicit IssueReader(std::size_t size)
      : m_crew(size < worth_sharing ? Crew::Size::caller_only : Crew::Size::all_processors) {}

  /// The tree that the next read() is about.
  LoadedDocument& current() {
    if (!m_current) {
      const std::lock_guard lock(m_mutex);
      if (m_spare.empty()) {
        m_current = std::make_unique<LoadedDocument>();
      } else {
        m_current = std::move(m_spare.back());
        m_spare.pop_back();
      }
    }
    return *m_current;
  }

  void read(const FrPiece& piece, const FrIssue& issue) {
    Job& job = m_jobs.emplace_back();
    job.piece = piece;
    job.issue = issue;
    job.loaded = std::move(m_current);
    if (m_crew.is_caller_only() || m_waiting > most_waiting) {
      run(job); // at once, before its tree leaves the processor's memory
      return;
    }
    m_waiting += piece.bytes.size();
    m_crew.add(piece.bytes.size(), [this, &job] {
      run(job);
      m_waiting -= job.piece.bytes.size();
    });
  }

  std::vector<Document> finish() {
    m_crew.finish();
    std::vector<Document> documents;
    documents.reserve(m_jobs.size());
    for (Job& job : m_jobs) {
      documents.push_back(std::move(job.document));
    }
    return documents;
  }

private:
  static constexpr std::size_t worth_sharing = std::size_t{64} << 10U;
  static constexpr std::size_t most_waiting = std::size_t{16} << 20U; ///< trees are larger

  struct Job {
    FrPiece piece;
    FrIssue issue;
    std::unique_ptr<LoadedDocument> loaded;
    Document document;
  };

  void run(Job& job) {
    job.document = read_document(*job.loaded, job.piece, job.issue);
    const std::lock_guard lock(m_mutex);
    m_spare.push_back(std::move(job.loaded));
  }

  std::unique_ptr<LoadedDocument> m_current;
  std::mutex m_mutex;
  std::vector<std::unique_ptr<LoadedDocument>> m_spare; ///< read, to be filled again
  std::deque<Job> m_jobs;                               ///< tasks hold on to them
  std::atomic<std::size_t> m_waiting = 0;               ///< bytes that are loaded and not read
  Crew m_crew;
};

/// "2.a.i" lies below "2.a" and "2".
bool lies_below(std::string_view ordinal, std::string_view above) {
  return ordinal.size() > above.size() && ordinal.starts_with(above) &&
         ordinal[above.size()] == '.';
}

} // namespace

Result<std::vector<Document>> parse_fr_xml(std::string_view bytes, const FrOptions& options) {
  if (bytes.size() > options.limits.max_bytes) {
    return fail(
        ErrorKind::too_large,
        fmt::format("'{}' is larger than {} bytes", options.source_name, options.limits.max_bytes));
  }
  IssueReader reader(bytes.size());
  ByteWindow window(bytes);
  auto done = cut(
      window,
      options,
      [&]() -> LoadedDocument& { return reader.current(); },
      [&](const FrPiece& piece, const FrIssue& issue) -> Result<void> {
        reader.read(piece, issue);
        return {};
      });
  if (!done) {
    return tl::unexpected<Error>(std::move(done.error()));
  }
  return reader.finish();
}

Result<void> stream_fr_file(const std::string& path,
                            const FrOptions& options,
                            const std::function<Result<void>(Document&&)>& on_document) {
  auto file = FileWindow::open(path, options.limits.max_bytes);
  if (!file) {
    return tl::unexpected<Error>(std::move(file.error()));
  }
  LoadedDocument loaded;
  auto done = cut(
      file->window(),
      options,
      [&]() -> LoadedDocument& { return loaded; },
      [&](const FrPiece& piece, const FrIssue& issue) {
        return on_document(read_document(loaded, piece, issue));
      });
  if (auto trouble = file->trouble(); !trouble) {
    return trouble;
  }
  return done;
}

std::vector<const SetOutText*> set_out_for(const Document& document, std::size_t index) {
  const Instruction& wanted = document.instructions.at(index);
  std::vector<const SetOutText*> texts;
  for (std::size_t i = index + 1; i-- > 0 && texts.empty();) {
    const Instruction& instruction = document.instructions[i];
    if (i != index && !lies_below(wanted.ordinal, instruction.ordinal)) {
      continue;
    }
    for (const SetOutText& text : instruction.set_out) {
      texts.push_back(&text);
    }
  }
  return texts;
}

} // namespace regtrail::parse
