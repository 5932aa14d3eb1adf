// What the archive's .cpp files share: the connection, the stores over it, and the one place where
// trouble becomes an Error.
#pragma once

#include "store/archive.hpp"
#include "store/database_internal.hpp"
#include "store/delta_chain_internal.hpp"
#include "store/dictionary_internal.hpp"
#include "store/nodes_internal.hpp"
#include "store/records_internal.hpp"
#include "store/search_places_internal.hpp"
#include "store/transitions_internal.hpp"
#include "store/trouble_internal.hpp"
#include "store/zstd_internal.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace regtrail::store {

class SearchIndex;

/// A unit and what it held on a date; ids of `units` and `contents`.
struct UnitContent {
  std::int64_t unit = 0;
  std::int64_t content = 0;
};

/// A row of `contents`.
struct ContentRow {
  std::int64_t id = 0;
  std::int64_t unit = 0;
  Sha256 digest;
  Sha256 raw;
  std::string root;
  std::int64_t extra = 0; ///< a text of the node store
};

struct Archive::Impl {
  explicit Impl(Database connection)
      : db(std::move(connection)),
        bodies(db, zstd, select_raw_body),
        dictionaries(db, zstd, bodies),
        nodes(db, zstd, dictionaries),
        transition_table(db, zstd, bodies) {}

  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  Database db;
  Zstd zstd;
  DeltaChain bodies;
  BodyDictionaries dictionaries;
  NodeStore nodes;
  TransitionTable transition_table;
  std::map<std::string, std::int64_t> unit_ids; ///< by packed citation
  std::int64_t seen_data_version = 0;
  bool in_callers_transaction = false; ///< of in_transaction()

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
  void commit();
  void roll_back() noexcept;

  /// Ids that were remembered may mean something else now.
  void forget();

  // In contents.cpp.
  static Sha256 digest_of(const Unit& unit);
  std::int64_t unit_id(const Citation& unit, int title, const std::string& part);
  std::optional<std::int64_t> known_unit(const Citation& unit);
  Citation unit_citation(std::int64_t unit);
  ContentRow content(std::int64_t id);
  Unit load(const ContentRow& row);
  std::pair<Unit, Unit> load_pair(const ContentRow& before, const ContentRow& after);
  /// The row of `unit`, made when none of its rows holds the same; `near` are the rows to look at
  /// first, one of them most like it.
  std::int64_t
  put_content(std::int64_t id, const Unit& unit, const std::vector<std::int64_t>& near);

  // In versions.cpp.
  std::optional<std::vector<UnitContent>> snapshot(const PartDate& date);
  std::optional<std::int64_t> dictionary_of(const PartDate& date);
  ContentRow content_of(const UnitVersion& version);
  std::vector<Citation> units(const std::string& part);
  std::vector<UnitVersion> versions(const Citation& unit);

  // In documents.cpp.
  std::vector<StoredDocument> documents(const DocumentQuery& query);
  StoredDocument read_document(const Query& row, DocumentContent content);
  std::vector<Relation> relations_of(const std::string& number);

  // In search.cpp.
  class IndexRefresh;
  Document document(std::int64_t id);
  /// Takes a document out of the search index while its text is still at hand.
  void unindex_document(std::int64_t id);
  PlaceRun indexed_places(std::int64_t unit);
  std::optional<std::int64_t> newest_dictionary_of(std::int64_t unit);
  class RowReader;
  void fill_day(SearchIndex& index, RowReader& reader, Date day);
  SearchResult document_found(std::int64_t id);
  SearchResult place_found(std::int64_t unit, std::string_view steps, std::optional<Date> day);

  // In sources.cpp.
  std::vector<NotUnderstoodRecord> problems();

  // In changes.cpp.
  class ChangeReader;
  std::vector<StoredChange> changes(const ChangeQuery& query);
  std::vector<Transition> transitions(int title, const std::string& part);
  Transition transition(const Query& row);

  // In housekeeping.cpp.
  void export_snapshots(std::string& out, int title, const std::string& part);
  void export_versions(std::string& out);
  void export_transitions(std::string& out, int title, const std::string& part);
  void export_documents(std::string& out);

  // In verify.cpp.
  void verify_file(std::vector<std::string>& problems);
  void verify_raw(std::vector<std::string>& problems);
  void verify_contents(std::vector<std::string>& problems);

  /// A small text with its size in front; for columns that are not chained.
  std::string squeeze(std::string_view bytes);
  std::string unsqueeze(std::string_view bytes);

private:
  template<typename Work>
  auto guarded(std::string_view doing, const char* how, const Work& work)
      -> Result<std::invoke_result_t<Work>> {
    const Scope scope(*this);
    try {
      begin(how);
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
        m_impl.roll_back();
      }
    }

    void commit() const {
      m_impl.commit();
      m_committed = true;
    }

  private:
    Impl& m_impl;
    mutable bool m_committed = false;
  };
};

} // namespace regtrail::store
