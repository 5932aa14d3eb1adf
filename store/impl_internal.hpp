// What the archive's .cpp files share: the connection, the stores over it, and the one place where
// trouble becomes an Error.
#pragma once

#include "store/archive.hpp"
#include "store/bodies_internal.hpp"
#include "store/database_internal.hpp"
#include "store/trouble_internal.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace regtrail::store {

class SearchIndex;

/// A unit and what it held on a date; ids of `units` and `texts`.
struct UnitText {
  std::int64_t unit = 0;
  std::int64_t text = 0;
};

/// A row of `texts`.
struct TextRow {
  std::int64_t id = 0;
  std::int64_t unit = 0;
  RawId raw = 0;
  std::string ranges; ///< as JSON
  Sha256 sha256;
  std::string digest;
  Hash128 published;
  Hash128 normalised;
};

/// What hits are of: the rows of `changes` or of `documents`.
enum class HitsOf { change, document };

/// The citation and title of a row of `units`: an appendix is written without its title.
[[nodiscard]] Citation unit_citation_of(const std::string& text, const std::string& title);

struct Archive::Impl {
  Impl(Database connection, UnitReader unit_reader)
      : db(std::move(connection)),
        bodies(db),
        reader(std::move(unit_reader)) {}

  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  Database db;
  Bodies bodies;
  UnitReader reader;
  std::map<std::string, std::int64_t> unit_ids; ///< by citation
  std::map<std::int64_t, Unit> recent_units;    ///< by text
  std::size_t recent_bytes = 0;
  std::int64_t seen_data_version = 0;
  int open_calls = 0;

  /// Runs `work` on one state of the file. `doing` completes "cannot <doing> 'file'".
  template<typename Work>
  auto read(std::string_view doing, const Work& work) -> Result<std::invoke_result_t<Work>> {
    return guarded(doing, "BEGIN", work);
  }

  /// The same, all or nothing and committed, unless the caller's transaction does that.
  template<typename Work>
  auto write(std::string_view doing, const Work& work) -> Result<std::invoke_result_t<Work>> {
    return guarded(doing, "BEGIN IMMEDIATE", work);
  }

  void begin(const char* how);

  /// Ids and units that were remembered may mean something else now.
  void forget();

  std::vector<std::int64_t> ids(std::string_view sql);

  // In raw.cpp and plan.cpp.
  std::int64_t body_of(RawId raw);
  bool is_damaged(RawId raw);
  RawRecord record(RawId raw);
  std::optional<RawId> answer(const PartDate& date);
  void end_answer(const PartDate& date, Timestamp when);

  // In texts.cpp.
  std::int64_t unit_id(const Citation& unit, const PartDate& date);
  std::optional<std::int64_t> known_unit(const Citation& unit);
  Citation unit_citation(std::int64_t unit);
  TextRow text(std::int64_t id);
  Unit load(const TextRow& row);
  /// Of a text; valid until the next is asked for.
  const Unit& recent(std::int64_t text);
  const Unit& remember(std::int64_t text, Unit unit, const std::vector<ByteRange>& ranges);
  /// Refuses what a rebuild took away.
  void check_held(const UnitVersion& version);
  std::vector<NotUnderstood> problems_of(std::int64_t text);
  /// The row of the unit, made when none of its rows holds the same.
  std::int64_t
  put_text(std::int64_t unit_row, RawId raw, const Unit& unit, const TextDayReader& days);

  // In versions.cpp.
  class Digests;
  std::optional<std::vector<UnitText>> snapshot(const PartDate& date);
  void update_versions(int title, const std::string& part, Timestamp when);
  std::vector<Citation> units(const std::string& part);

  // In transitions.cpp.
  void end_transition(std::int64_t id, Timestamp when);
  std::optional<std::int64_t>
  transition_id(int title, const std::string& part, Date before, Date after);
  void put_causes(std::int64_t change, const std::vector<Cause>& causes);

  // In hits.cpp.
  std::vector<Hit> hits(HitsOf table, std::int64_t row);
  /// Writes only what is different.
  void put_hits(HitsOf table, std::int64_t row, const std::vector<Hit>& hits);

  // In changes.cpp.
  std::vector<std::pair<Change, std::vector<Hit>>> changes_of(std::int64_t transition);

  // In documents.cpp.
  StoredDocument read_document(const Query& row, DocumentContent content);
  std::pair<std::int64_t, Document> document(const std::string& number);

  // In search.cpp.
  class IndexRefresh;
  void unindex_document(const std::string& number);
  void fill_day(SearchIndex& index, Date day);
  void refresh_about();

  // In rebuild.cpp.
  bool is_readable(RawId raw); ///< marks the body of one that is not

  // In verify.cpp.
  class Verification;

private:
  template<typename Work>
  auto guarded(std::string_view doing, const char* how, const Work& work)
      -> Result<std::invoke_result_t<Work>> {
    try {
      begin(how);
      const Scope scope(*this);
      if constexpr (std::is_void_v<std::invoke_result_t<Work>>) {
        work();
        scope.commit();
        return {};
      } else {
        auto value = work();
        scope.commit();
        return value;
      }
    } catch (const Trouble& trouble) {
      return tl::unexpected(trouble.error());
    } catch (const Damage& damage) {
      return tl::unexpected(db.explain(doing, damage));
    } catch (const SQLite::Exception& exception) {
      return tl::unexpected(db.explain(doing, exception));
    }
  }

  /// Rolls back whatever was not committed when the call ends, by whichever way.
  class Scope {
  public:
    explicit Scope(Impl& impl) : m_impl(impl) {}

    Scope(const Scope&) = delete;
    Scope& operator=(const Scope&) = delete;

    ~Scope() {
      if (!m_committed) {
        m_impl.db.roll_back();
        m_impl.forget();
      }
    }

    void commit() const {
      m_impl.db.commit();
      m_committed = true;
    }

  private:
    Impl& m_impl;
    mutable bool m_committed = false;
  };
};

} // namespace regtrail::store
