#include "sync/fr_documents.hpp"

#include "diff/cause/delays.hpp"
#include "federal_register/document_dates.hpp"
#include "federal_register/document_relations.hpp"
#include "parse/fr_xml.hpp"
#include "store/streams.hpp"
#include "sync/causes.hpp"
#include "sync/fr_question.hpp"
#include "sync/measures.hpp"
#include "sync/run.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <optional>
#include <set>
#include <utility>

namespace regtrail::sync {
namespace {

using store::Archive;
using store::DocumentContent;
using store::RawId;
using store::RawRecord;
using store::StoredDocument;

constexpr const char* relate_key = "federal-register.relate";
/// What a rule says of others stands in its preamble.
constexpr std::size_t compared_text = 16 * 1024;

Result<std::optional<StoredDocument>> stored_document(Archive& archive, const std::string& number) {
  TRY_ASSIGN(auto found,
             archive.find_documents(Citation::fr_document(number), DocumentContent::whole));
  return found.empty() ? std::nullopt : std::optional(std::move(found.front()));
}

/// The service names one date of effect; the paragraph that it quotes names all (docs/sources.md,
/// Federal Register: traps).
void read_dates(Document& document) {
  if (document.has_text || document.dates_text.empty()) {
    return;
  }
  federal_register::DocumentDates dates = federal_register::read_document_dates(
      document.dates_text, {document.published, document.filed});
  if (dates.effective.empty()) {
    dates.effective = document.effective;
  }
  if (!dates.comments_close) {
    dates.comments_close = document.comments_close;
  }
  federal_register::apply(dates, document);
}

/// Metadata joined with a text. Whether a document is on file is said by the metadata alone.
Document joined(const Document& metadata, const std::optional<Document>& text) {
  Document document = text ? merge(metadata, *text) : metadata;
  document.on_inspection = metadata.on_inspection;
  document.withdrawn = metadata.withdrawn;
  return document;
}

/// The documents of an answer that its address asks for.
Result<std::vector<Document>> asked_documents(std::vector<Document> documents,
                                              const RawRecord& record) {
  const FrQuestion question = fr_question_of(record.url);
  if (is_from_folder(record)) {
    std::erase_if(documents, [&](const Document& each) { return !is_asked_for(question, each); });
    return documents;
  }
  const auto foreign = [&](const Document& each) { return !why_foreign(question, each).empty(); };
  const auto count = std::count_if(documents.begin(), documents.end(), foreign);
  if (count > 0) {
    const auto first = std::find_if(documents.begin(), documents.end(), foreign);
    return fail(ErrorKind::malformed,
                fmt::format("'{}' answers another question: {} of {} documents were not asked for "
                            "({} {}); none of them is kept and the next sync asks again",
                            record.url.substr(0, record.url.find('?')),
                            count,
                            documents.size(),
                            first->number,
                            why_foreign(question, *first)));
  }
  return documents;
}

/// The metadata of one document in a stored page, or in a list of what is on file.
Result<std::optional<Document>>
described_in(Archive& archive, RawId raw, const std::string& number) {
  TRY_ASSIGN(const auto record, archive.raw_record(raw));
  TRY_ASSIGN(const auto bytes, archive.raw_bytes(raw));
  const bool filings = record.stream == store::fr_inspection_stream;
  TRY_ASSIGN(auto page,
             filings ? parse::parse_fr_public_inspection(bytes, record.url)
                     : parse::parse_fr_documents(bytes, record.url));
  for (Document& document : page.documents) {
    if (document.number == number) {
      return std::move(document);
    }
  }
  return std::nullopt;
}

Result<Document> read_text(const std::string& bytes,
                           const std::string& url,
                           const std::string& number,
                           const std::optional<Document>& metadata) {
  parse::FrOptions options;
  options.source_name = url;
  if (metadata) {
    options.volume = metadata->volume;
    options.published = metadata->published;
  }
  std::optional<Document> found;
  if (parse::is_fr_raw_text(bytes)) {
    TRY_ASSIGN(auto document, parse::parse_fr_raw_text(bytes, options));
    found = std::move(document);
    if (is_of_filing(url)) {
      found->not_understood.emplace_back(
          "provisional: read from the text of the filing, until the printed one is there");
    }
  } else {
    TRY_ASSIGN(auto documents, parse::parse_fr_xml(bytes, options));
    for (Document& document : documents) {
      if (document.number == number || (documents.size() == 1 && document.number.empty())) {
        found = std::move(document);
        break;
      }
    }
  }
  if (!found) {
    return fail(
        ErrorKind::malformed,
        fmt::format("'{}' does not hold document {}; the answer is kept aside", url, number));
  }
  found->number = number;
  return *std::move(found);
}

Result<std::optional<Document>> text_in(Archive& archive,
                                        std::optional<RawId> raw,
                                        const std::string& number,
                                        const std::optional<Document>& metadata) {
  if (!raw) {
    return std::nullopt;
  }
  TRY_ASSIGN(const auto record, archive.raw_record(*raw));
  TRY_ASSIGN(const auto bytes, archive.raw_bytes(*raw));
  return read_text(bytes, record.url, number, metadata);
}

int problems_of(const Document& document) {
  const auto unread =
      std::count_if(document.instructions.begin(),
                    document.instructions.end(),
                    [](const Instruction& instruction) { return !instruction.understood; });
  return static_cast<int>(unread) + static_cast<int>(document.not_understood.size());
}

Result<bool> names_held_part(Archive& archive, const Document& document) {
  TRY_ASSIGN(const auto planned, archive.planned_parts());
  return document.type == DocumentType::rule &&
         std::any_of(planned.begin(), planned.end(), [&](const auto& part) {
           const CfrPart wanted{std::to_string(part.first), part.second};
           return std::find(document.cfr.begin(), document.cfr.end(), wanted) != document.cfr.end();
         });
}

/// Stores a document and marks what follows from it; within a transaction.
Result<DocumentNews> put(Archive& archive, const StoredDocument& stored) {
  TRY_ASSIGN(const auto changed, archive.put_document(stored));
  DocumentNews news;
  if (!changed) {
    return news;
  }
  TRY(mark_causes_of(archive, stored.document));
  TRY(archive.put_setting(relate_key, "1"));
  TRY_ASSIGN(const auto amends, names_held_part(archive, stored.document));
  news.changed = 1;
  news.amending = amends ? 1 : 0;
  news.not_understood = problems_of(stored.document);
  return news;
}

/// One document of a page, joined with the text that is here. A page older than the one that the
/// stored document is from says nothing new.
Result<DocumentNews> take_metadata(Archive& archive, RawId raw, const Document& metadata) {
  TRY_ASSIGN(const auto stored, stored_document(archive, metadata.number));
  const bool known = stored && !stored->document.on_inspection && !stored->document.withdrawn;
  if (known && stored->metadata_raw && raw < *stored->metadata_raw) {
    return DocumentNews{};
  }
  if (known) {
    Document again = joined(metadata, stored->document);
    read_dates(again);
    if (again == stored->document) {
      return DocumentNews{};
    }
  }
  // The text of a filing stays until the printed one comes.
  StoredDocument fresh{metadata, raw, stored ? stored->text_raw : std::nullopt};
  TRY_ASSIGN(const auto text, text_in(archive, fresh.text_raw, metadata.number, metadata));
  fresh.document = joined(metadata, text);
  read_dates(fresh.document);
  return put(archive, fresh);
}

/// The parts of a document that a comparison with others looks at.
Document compared(Document document) {
  if (document.type != DocumentType::presidential && document.body.size() > compared_text) {
    document.body.resize(compared_text);
  }
  for (Instruction& instruction : document.instructions) {
    instruction.set_out.clear();
  }
  return document;
}

bool is_inverse(RelationKind kind) {
  return to_string(kind).ends_with(" by");
}

} // namespace

DocumentNews& DocumentNews::operator+=(const DocumentNews& other) {
  changed += other.changed;
  amending += other.amending;
  not_understood += other.not_understood;
  return *this;
}

Result<PageTaken> take_page(Archive& archive, RawId raw) {
  TRY_ASSIGN(const auto record, archive.raw_record(raw));
  TRY_ASSIGN(const auto bytes, archive.raw_bytes(raw));
  TRY_ASSIGN(auto page, parse::parse_fr_documents(bytes, record.url));
  TRY_ASSIGN(const auto asked, asked_documents(page.documents, record));
  PageTaken taken;
  TRY(archive.in_transaction([&]() -> Result<void> {
    for (const Document& metadata : asked) {
      TRY_ASSIGN(const auto news, take_metadata(archive, raw, metadata));
      taken.news += news;
    }
    return {};
  }));
  taken.page = std::move(page);
  return taken;
}

Result<DocumentNews> take_text(Archive& archive, RawId raw, const std::string& number) {
  TRY_ASSIGN(const auto stored, stored_document(archive, number));
  std::optional<Document> metadata;
  if (stored && stored->metadata_raw) {
    TRY_ASSIGN(metadata, described_in(archive, *stored->metadata_raw, number));
  }
  TRY_ASSIGN(const auto text, text_in(archive, raw, number, metadata));
  StoredDocument fresh;
  fresh.metadata_raw = stored ? stored->metadata_raw : std::nullopt;
  fresh.text_raw = raw;
  fresh.document = metadata ? joined(*metadata, text) : *text;
  DocumentNews news;
  TRY(archive.in_transaction([&]() -> Result<void> {
    TRY_ASSIGN(news, put(archive, fresh));
    return {};
  }));
  return news;
}

namespace {

/// A document that is on file; a printed one stays as it is.
Result<DocumentNews> take_filing(Archive& archive, RawId raw, const Document& filing) {
  TRY_ASSIGN(const auto stored, stored_document(archive, filing.number));
  const bool filed = stored && (stored->document.on_inspection || stored->document.withdrawn);
  if (stored && (!filed || joined(filing, stored->document) == stored->document)) {
    return DocumentNews{};
  }
  StoredDocument fresh{filing, raw, filed ? stored->text_raw : std::nullopt};
  TRY_ASSIGN(const auto text, text_in(archive, fresh.text_raw, filing.number, filing));
  fresh.document = joined(filing, text);
  return put(archive, fresh);
}

/// What was on file stays known with what was read of it; `notes` say why it was withdrawn.
Result<DocumentNews> take_withdrawal(Archive& archive,
                                     const std::string& number,
                                     const std::vector<std::string>& notes) {
  TRY_ASSIGN(auto stored, stored_document(archive, number));
  if (!stored || !stored->document.on_inspection) {
    return DocumentNews{};
  }
  Document& document = stored->document;
  document.on_inspection = false;
  document.withdrawn = true;
  document.published.reset();
  for (const std::string& note : notes) {
    if (std::find(document.editorial_notes.begin(), document.editorial_notes.end(), note) ==
        document.editorial_notes.end()) {
      document.editorial_notes.push_back(note);
    }
  }
  return put(archive, *stored);
}

/// Whether a filing that is not among those of a list of `day` was withdrawn: before its day of
/// publication it was taken off, and some days later it would be known as published.
bool went_unpublished(const Document& filing, Date day) {
  constexpr std::chrono::days published_by{3};
  return filing.published && (day < *filing.published || day > *filing.published + published_by);
}

/// Documents that were on file when last seen, of those that may still be.
Result<std::vector<Document>> known_filings(Archive& archive, Date day) {
  constexpr std::chrono::days longest{60}; // no filing waits longer for its day
  store::DocumentQuery query;
  query.published_since = day - longest;
  TRY_ASSIGN(auto stored, archive.documents(query));
  std::vector<Document> filings;
  for (StoredDocument& each : stored) {
    if (each.document.on_inspection) {
      filings.push_back(std::move(each.document));
    }
  }
  return filings;
}

} // namespace

Result<InspectionTaken> take_inspection(Archive& archive, RawId raw) {
  TRY_ASSIGN(const auto record, archive.raw_record(raw));
  TRY_ASSIGN(const auto bytes, archive.raw_bytes(raw));
  TRY_ASSIGN(auto page, parse::parse_fr_public_inspection(bytes, record.url));
  // When these bytes came first: a rebuild knows no other day of them.
  const Date day = date_of(record.fetched_at);
  InspectionTaken taken;
  TRY(archive.in_transaction([&]() -> Result<void> {
    std::set<std::string> listed;
    for (const Document& filing : page.documents) {
      listed.insert(filing.number);
      if (filing.withdrawn) {
        TRY_ASSIGN(const auto news,
                   take_withdrawal(archive, filing.number, filing.editorial_notes));
        taken.news += news;
      } else if (is_of_bis(filing)) {
        TRY_ASSIGN(const auto news, take_filing(archive, raw, filing));
        taken.news += news;
      }
    }
    TRY_ASSIGN(const auto known, known_filings(archive, day));
    for (const Document& filing : known) {
      // A row that cannot be read may be that of any filing.
      if (listed.count(filing.number) == 0 && page.unreadable.empty() &&
          went_unpublished(filing, day)) {
        TRY_ASSIGN(const auto news, take_withdrawal(archive, filing.number, {}));
        taken.news += news;
      }
    }
    return {};
  }));
  taken.unreadable = std::move(page.unreadable);
  return taken;
}

Result<void> relate_stored(Archive& archive) {
  TRY_ASSIGN(const auto wanted, archive.setting(relate_key));
  if (wanted.empty()) {
    return {};
  }
  TRY_ASSIGN(auto stored, archive.documents({}));
  std::vector<Document> documents;
  for (const StoredDocument& each : stored) {
    if (each.document.type == DocumentType::measure) {
      continue;
    }
    TRY_ASSIGN(auto whole, stored_document(archive, each.document.number));
    if (!whole) {
      return {};
    }
    documents.push_back(compared(std::move(whole->document)));
  }
  const auto related = federal_register::relate(documents);
  std::vector<std::pair<std::string, Relation>> inferred;
  for (std::size_t i = 0; i < documents.size(); ++i) {
    const auto& own = documents[i].relations;
    for (const Relation& relation : related[i]) {
      // Inverses follow from the other document; what the document says is stored with it.
      if (!is_inverse(relation.kind) && std::find(own.begin(), own.end(), relation) == own.end()) {
        inferred.emplace_back(documents[i].number, relation);
      }
    }
  }
  std::vector<const Document*> all;
  for (std::size_t i = 0; i < documents.size(); ++i) {
    documents[i].relations = related[i];
    all.push_back(&documents[i]);
  }
  return archive.in_transaction([&]() -> Result<void> {
    TRY(archive.replace_inferred_relations(inferred));
    for (const Document& document : documents) {
      TRY(archive.replace_days(diff::with_delays(document, all)));
    }
    return archive.put_setting(relate_key, "");
  });
}

namespace {

/// The document in a raw record, if its stream holds documents.
Result<DocumentNews> take_record(Archive& archive, const RawRecord& record) {
  const std::string_view stream = record.stream;
  const std::string_view text_stream = store::fr_text_stream;
  if (stream == store::fr_documents_stream || stream == store::fr_orders_stream ||
      stream.starts_with(store::fr_watch_stream)) {
    TRY_ASSIGN(const auto taken, take_page(archive, record.id));
    return taken.news;
  }
  if (stream == store::fr_inspection_stream) {
    TRY_ASSIGN(const auto taken, take_inspection(archive, record.id));
    return taken.news;
  }
  if (stream.starts_with(text_stream)) {
    return take_text(archive, record.id, std::string(stream.substr(text_stream.size())));
  }
  DocumentNews news;
  if (stream == store::measure_stream) {
    TRY_ASSIGN(const auto bytes, archive.raw_bytes(record.id));
    TRY_ASSIGN(const auto measure, read_measure(bytes));
    TRY_ASSIGN(const bool changed, archive.put_document({measure, record.id, std::nullopt}));
    news.changed = changed ? 1 : 0;
  }
  return news;
}

} // namespace

Result<DocumentNews> rebuild_documents(Archive& archive) {
  TRY_ASSIGN(const auto records, archive.raw_records(""));
  DocumentNews news;
  for (const RawRecord& record : records) {
    if (record.quarantine.empty()) {
      TRY_ASSIGN(const auto taken, take_record(archive, record));
      news += taken;
    }
  }
  TRY(relate_stored(archive));
  return news;
}

} // namespace regtrail::sync
