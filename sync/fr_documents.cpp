#include "sync/fr_documents.hpp"

#include "federal_register/document_dates.hpp"
#include "federal_register/document_relations.hpp"
#include "parse/fr_xml.hpp"
#include "store/streams.hpp"
#include "sync/causes.hpp"
#include "sync/measures.hpp"

#include <fmt/format.h>

#include <algorithm>
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

/// The metadata of one document in a stored page.
Result<std::optional<Document>>
described_in(Archive& archive, RawId raw, const std::string& number) {
  TRY_ASSIGN(const auto record, archive.raw_record(raw));
  TRY_ASSIGN(const auto bytes, archive.raw_bytes(raw));
  TRY_ASSIGN(auto page, parse::parse_fr_documents(bytes, record.url));
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
  const bool known = stored.has_value() && !stored->document.on_inspection;
  if (known && stored->metadata_raw && raw < *stored->metadata_raw) {
    return DocumentNews{};
  }
  if (known) {
    Document again = merge(metadata, stored->document);
    read_dates(again);
    if (again == stored->document) {
      return DocumentNews{};
    }
  }
  StoredDocument fresh{metadata, raw, known ? stored->text_raw : std::nullopt};
  TRY_ASSIGN(const auto text, text_in(archive, fresh.text_raw, metadata.number, metadata));
  if (text) {
    fresh.document = merge(metadata, *text);
  }
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

bool is_of_bis(const Document& document) {
  return std::any_of(
      document.agencies.begin(), document.agencies.end(), [](const std::string& agency) {
        return agency.find("Industry and Security") != std::string::npos ||
               agency.find("INDUSTRY AND SECURITY") != std::string::npos;
      });
}

Result<PageTaken> take_page(Archive& archive, RawId raw) {
  TRY_ASSIGN(const auto record, archive.raw_record(raw));
  TRY_ASSIGN(const auto bytes, archive.raw_bytes(raw));
  TRY_ASSIGN(auto page, parse::parse_fr_documents(bytes, record.url));
  PageTaken taken;
  TRY(archive.in_transaction([&]() -> Result<void> {
    for (const Document& metadata : page.documents) {
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
  fresh.document = metadata ? merge(*metadata, *text) : *text;
  DocumentNews news;
  TRY(archive.in_transaction([&]() -> Result<void> {
    TRY_ASSIGN(news, put(archive, fresh));
    return {};
  }));
  return news;
}

Result<DocumentNews> take_inspection(Archive& archive, RawId raw) {
  TRY_ASSIGN(const auto record, archive.raw_record(raw));
  TRY_ASSIGN(const auto bytes, archive.raw_bytes(raw));
  TRY_ASSIGN(const auto page, parse::parse_fr_public_inspection(bytes, record.url));
  TRY_ASSIGN(const auto stored, archive.documents({}));
  DocumentNews news;
  TRY(archive.in_transaction([&]() -> Result<void> {
    std::set<std::string> on_file;
    for (const Document& document : page.documents) {
      if (!is_of_bis(document) || !document.published) {
        continue;
      }
      on_file.insert(document.number);
      TRY_ASSIGN(const auto known, stored_document(archive, document.number));
      if (known && (!known->document.on_inspection || known->document == document)) {
        continue;
      }
      TRY_ASSIGN(const auto put_one, put(archive, {document, raw, std::nullopt}));
      news += put_one;
    }
    for (const StoredDocument& each : stored) {
      if (each.document.on_inspection && on_file.count(each.document.number) == 0) {
        TRY(archive.remove_document(each.document.number));
        ++news.changed;
      }
    }
    return {};
  }));
  return news;
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
  return archive.in_transaction([&]() -> Result<void> {
    TRY(archive.replace_inferred_relations(inferred));
    return archive.put_setting(relate_key, "");
  });
}

namespace {

/// The document in a raw record, if its stream holds documents.
Result<DocumentNews> take_record(Archive& archive, const RawRecord& record) {
  const std::string_view stream = record.stream;
  const std::string_view text_stream = store::fr_text_stream;
  if (stream == store::fr_documents_stream || stream == store::fr_orders_stream) {
    TRY_ASSIGN(const auto taken, take_page(archive, record.id));
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
  std::optional<RawId> inspection;
  DocumentNews news;
  for (const RawRecord& record : records) {
    if (!record.quarantine.empty()) {
      continue;
    }
    if (record.stream == store::fr_inspection_stream) {
      inspection = record.id;
      continue;
    }
    TRY_ASSIGN(const auto taken, take_record(archive, record));
    news += taken;
  }
  if (inspection) {
    TRY_ASSIGN(const auto taken, take_inspection(archive, *inspection));
    news += taken;
  }
  TRY(relate_stored(archive));
  return news;
}

} // namespace regtrail::sync
