// Documents of the Federal Register, measures entered by hand, and how they relate.
#include "store/impl_internal.hpp"
#include "store/json_columns_internal.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <set>

namespace regtrail::store {

namespace {

constexpr std::string_view document_columns =
    "SELECT d.id, d.number, d.type, d.subtype, d.action, d.title, d.abstract, d.agencies, "
    "d.volume, "
    "d.start_page, d.end_page, d.published, d.filed, d.signed_on, d.effective, d.compliance, "
    "d.comments_close, d.dates_text, d.clauses, d.rins, d.dockets, d.cfr, d.executive_order, "
    "d.order_notes, d.deadlines, d.editorial_notes, d.not_understood, d.text_url, d.on_inspection, "
    "d.has_text, d.metadata_raw, d.text_raw, d.body, d.applicable, d.unread_dates, "
    "d.raw_text_url, d.withdrawn FROM documents d ";

int number_in(const std::string& text) {
  int value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

/// Stands for the day of what is delayed without a date: after every day that is asked for.
const Date some_day(9999, 12, 31);

using DateAndWord = std::pair<Date, std::string>;

/// Publication, and every day on which all or a part of it takes effect or ends.
std::set<DateAndWord> dates_of(const Document& document) {
  std::set<DateAndWord> dates;
  const auto add = [&](std::optional<Date> date, const char* what) {
    if (date) {
      dates.emplace(*date, what);
    }
  };
  add(document.published, "published");
  for (const Date date : document.effective) {
    add(date, "effective");
  }
  for (const Instruction& instruction : document.instructions) {
    add(instruction.effective, "effective");
    add(instruction.until, "until");
    if (instruction.indefinite) {
      add(some_day, "effective");
    }
  }
  return dates;
}

/// The parts that it names, and those that its instructions amend though it does not name them.
std::set<CfrPart> parts_of(const Document& document) {
  std::set<CfrPart> parts(document.cfr.begin(), document.cfr.end());
  for (const Instruction& instruction : document.instructions) {
    if (!instruction.part.empty()) {
      parts.insert({instruction.title, instruction.part});
    }
  }
  return parts;
}

void put_relation(
    Database& db, std::int64_t document, int inferred, std::size_t position, const Relation& each) {
  const bool is_page = each.target.kind() == CitationKind::fr_page;
  db.run(
      "INSERT INTO relations (document, inferred, position, kind, target, volume, page, in_part, "
      "source, words) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      document,
      inferred,
      static_cast<std::int64_t>(position),
      to_string(each.kind),
      each.target,
      is_page ? number_in(each.target.volume()) : 0,
      is_page ? number_in(each.target.name()) : 0,
      each.in_part,
      each.source,
      each.words);
}

void put_instruction(Database& db,
                     std::int64_t document,
                     std::size_t position,
                     const Instruction& instruction) {
  db.run("INSERT INTO instructions (document, position, ordinal, text, page, title, part, "
         "understood, reason, effective, until, indefinite, operations, set_out) "
         "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
         document,
         static_cast<std::int64_t>(position),
         instruction.ordinal,
         instruction.text,
         instruction.page,
         instruction.title,
         instruction.part,
         instruction.understood,
         instruction.reason,
         instruction.effective,
         instruction.until,
         instruction.indefinite,
         to_json(instruction.operations),
         to_json(instruction.set_out));
}

void put_days(Database& db, std::int64_t id, const Document& document) {
  const std::set<DateAndWord> wanted = dates_of(document);
  std::set<DateAndWord> stored;
  {
    Query query = db.query("SELECT date, what FROM document_dates WHERE document = ?", id);
    while (query.next()) {
      stored.emplace(query.date(0), query.text(1));
    }
  }
  if (stored == wanted) {
    return;
  }
  db.run("DELETE FROM document_dates WHERE document = ?", id);
  for (const auto& [date, what] : wanted) {
    db.run("INSERT INTO document_dates (date, what, document) VALUES (?, ?, ?)", date, what, id);
  }
}

/// The rows that hang on a document.
void put_rows(Database& db, std::int64_t id, const Document& document) {
  for (const char* sql : {"DELETE FROM instructions WHERE document = ?",
                          "DELETE FROM document_parts WHERE document = ?",
                          "DELETE FROM document_rins WHERE document = ?",
                          "DELETE FROM relations WHERE document = ? AND NOT inferred"}) {
    db.run(sql, id);
  }
  for (const CfrPart& part : parts_of(document)) {
    db.run("INSERT INTO document_parts (title, part, document) VALUES (?, ?, ?)",
           part.title,
           part.part,
           id);
  }
  put_days(db, id, document);
  for (const std::string& rin : std::set(document.rins.begin(), document.rins.end())) {
    db.run("INSERT INTO document_rins (rin, document) VALUES (?, ?)", rin, id);
  }
  for (std::size_t i = 0; i < document.relations.size(); ++i) {
    put_relation(db, id, 0, i, document.relations[i]);
  }
  for (std::size_t i = 0; i < document.instructions.size(); ++i) {
    put_instruction(db, id, i, document.instructions[i]);
  }
}

std::optional<std::int64_t> document_id(Database& db, const std::string& number) {
  Query query = db.query("SELECT id FROM documents WHERE number = ?", number);
  return query.next() ? std::optional(query.integer(0)) : std::nullopt;
}

Citation target_of(const std::string& text, int volume, int page) {
  if (volume > 0) {
    return Citation::fr_page(std::to_string(volume), std::to_string(page));
  }
  constexpr std::string_view order = "EO ";
  if (text.starts_with(order)) {
    return Citation::executive_order(text.substr(order.size()));
  }
  // A measure is about places of the law.
  const auto place = Citation::parse(text);
  return place && place->kind() <= CitationKind::eccn ? *place : Citation::fr_document(text);
}

std::vector<Relation> stated_relations(Database& db, std::int64_t document) {
  std::vector<Relation> relations;
  Query query = db.query("SELECT kind, target, volume, page, in_part, source, words FROM relations "
                         "WHERE document = ? AND NOT inferred ORDER BY position",
                         document);
  while (query.next()) {
    relations.push_back({query.word<RelationKind>(0),
                         target_of(query.text(1), query.small(2), query.small(3)),
                         query.flag(4),
                         query.text(5),
                         query.text(6)});
  }
  return relations;
}

std::vector<Instruction> instructions_of(Database& db, std::int64_t document) {
  std::vector<Instruction> instructions;
  Query query =
      db.query("SELECT ordinal, text, page, title, part, understood, reason, effective, until, "
               "indefinite, operations, set_out FROM instructions WHERE document = ? "
               "ORDER BY position",
               document);
  while (query.next()) {
    Instruction& instruction = instructions.emplace_back();
    instruction.ordinal = query.text(0);
    instruction.text = query.text(1);
    instruction.page = query.small(2);
    instruction.title = query.text(3);
    instruction.part = query.text(4);
    instruction.understood = query.flag(5);
    instruction.reason = query.text(6);
    instruction.effective = query.maybe_date(7);
    instruction.until = query.maybe_date(8);
    instruction.indefinite = query.flag(9);
    instruction.operations = from_json<std::vector<Operation>>(query.text(10));
    instruction.set_out = from_json<std::vector<SetOutText>>(query.text(11));
  }
  return instructions;
}

} // namespace

Result<bool> Archive::put_document(const StoredDocument& stored) {
  Impl& impl = *m_impl;
  return impl.write("store a document in", [&] {
    Database& db = impl.db;
    const Document& document = stored.document;
    if (document.number.empty()) {
      refuse(ErrorKind::malformed, "a document without a number cannot be stored");
    }
    static const std::string by_number = fmt::format("{}WHERE d.number = ?", document_columns);
    std::optional<StoredDocument> known;
    {
      Query query = db.query(by_number, document.number);
      if (query.next()) {
        known = impl.read_document(query, DocumentContent::whole);
      }
    }
    if (known && *known == stored) {
      return false;
    }
    impl.unindex_document(document.number);
    // What others inferred of it stays, so the row does.
    db.run(
        "INSERT INTO documents (number, type, subtype, action, title, abstract, agencies, volume, "
        "start_page, end_page, published, filed, signed_on, effective, compliance, "
        "comments_close, dates_text, clauses, rins, dockets, cfr, executive_order, order_notes, "
        "deadlines, editorial_notes, not_understood, body, text_url, on_inspection, has_text, "
        "metadata_raw, text_raw, applicable, unread_dates, raw_text_url, withdrawn) VALUES (?, ?, "
        "?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, "
        "?, ?, ?, ?) ON CONFLICT (number) DO UPDATE SET "
        "(type, subtype, action, title, abstract, agencies, volume, start_page, end_page, "
        "published, filed, signed_on, effective, compliance, comments_close, dates_text, "
        "clauses, rins, dockets, cfr, executive_order, order_notes, deadlines, editorial_notes, "
        "not_understood, body, text_url, on_inspection, has_text, metadata_raw, text_raw, "
        "applicable, unread_dates, raw_text_url, withdrawn, matched) "
        "= (excluded.type, excluded.subtype, excluded.action, excluded.title, "
        "excluded.abstract, excluded.agencies, excluded.volume, excluded.start_page, "
        "excluded.end_page, excluded.published, excluded.filed, excluded.signed_on, "
        "excluded.effective, excluded.compliance, excluded.comments_close, excluded.dates_text, "
        "excluded.clauses, excluded.rins, excluded.dockets, excluded.cfr, "
        "excluded.executive_order, excluded.order_notes, excluded.deadlines, "
        "excluded.editorial_notes, excluded.not_understood, excluded.body, excluded.text_url, "
        "excluded.on_inspection, excluded.has_text, excluded.metadata_raw, "
        "excluded.text_raw, excluded.applicable, excluded.unread_dates, excluded.raw_text_url, "
        "excluded.withdrawn, 0)",
        document.number,
        to_string(document.type),
        document.subtype,
        document.action,
        document.title,
        document.abstract,
        to_json(document.agencies),
        document.volume,
        document.start_page,
        document.end_page,
        document.published,
        document.filed,
        document.signed_on,
        to_json(document.effective),
        to_json(document.compliance),
        document.comments_close,
        document.dates_text,
        to_json(document.clauses),
        to_json(document.rins),
        to_json(document.dockets),
        to_json(document.cfr),
        document.executive_order,
        document.order_notes,
        to_json(document.deadlines),
        to_json(document.editorial_notes),
        to_json(document.not_understood),
        document.body,
        document.text_url,
        document.on_inspection,
        document.has_text,
        stored.metadata_raw,
        stored.text_raw,
        to_json(document.applicable),
        to_json(document.unread_dates),
        document.raw_text_url,
        document.withdrawn);
    put_rows(db, document_id(db, document.number).value(), document);
    return true;
  });
}

Result<void> Archive::remove_document(const std::string& number) {
  Impl& impl = *m_impl;
  return impl.write("remove a document from", [&] {
    const auto id = document_id(impl.db, number);
    if (!id) {
      return;
    }
    impl.unindex_document(number);
    impl.db.run("DELETE FROM documents WHERE id = ?", *id);
  });
}

Result<int>
Archive::match_documents(MatchedDocuments which,
                         const std::function<std::vector<Hit>(const Document&)>& match) {
  static const std::string by_id = fmt::format("{}WHERE d.id = ?", document_columns);
  Impl& impl = *m_impl;
  return impl.write("store hits in", [&] {
    int fresh = 0;
    const auto ids = impl.ids(which == MatchedDocuments::all
                                  ? "SELECT id FROM documents ORDER BY id"
                                  : "SELECT id FROM documents WHERE NOT matched ORDER BY id");
    for (const std::int64_t id : ids) {
      Document document;
      {
        Query query = impl.db.query(by_id, id);
        query.next();
        document = impl.read_document(query, DocumentContent::whole).document;
      }
      const std::vector<Hit> before = impl.hits(HitsOf::document, id);
      const std::vector<Hit> hits = match(document);
      fresh += static_cast<int>(std::count_if(hits.begin(), hits.end(), [&](const Hit& hit) {
        return !hit.near && std::none_of(before.begin(), before.end(), [&](const Hit& known) {
          return known.id == hit.id && !known.near;
        });
      }));
      impl.put_hits(HitsOf::document, id, hits);
      impl.db.run("UPDATE documents SET matched = 1 WHERE id = ? AND NOT matched", id);
    }
    return fresh;
  });
}

Result<std::map<std::string, std::vector<Hit>>> Archive::document_hits() {
  Impl& impl = *m_impl;
  return impl.read("read hits from", [&] {
    std::map<std::string, std::vector<Hit>> found;
    Query query = impl.db.query("SELECT DISTINCT d.number, d.id FROM documents d JOIN "
                                "document_hits h ON h.document = d.id");
    while (query.next()) {
      found.emplace(query.text(0), impl.hits(HitsOf::document, query.integer(1)));
    }
    return found;
  });
}

Result<void> Archive::replace_days(const Document& document) {
  Impl& impl = *m_impl;
  return impl.write("store the days of a document in", [&] {
    if (const auto id = document_id(impl.db, document.number)) {
      put_days(impl.db, *id, document);
    }
  });
}

Result<std::vector<StoredDocument>> Archive::documents(const DocumentQuery& query) {
  static const std::string all = fmt::format(
      "{}WHERE (?1 IS NULL OR d.id IN (SELECT document FROM document_parts WHERE title = ?1 AND "
      "part = ?2)) AND ((?3 IS NULL AND ?4 IS NULL) OR d.id IN (SELECT document FROM "
      "document_dates WHERE date BETWEEN ifnull(?3, '0000') AND ifnull(?4, '9999-99'))) "
      "AND (?5 IS NULL OR d.published >= ?5) AND (?6 IS NULL OR d.published <= ?6) "
      "AND (?7 IS NULL OR d.type = ?7) AND (?8 = '' OR d.id IN (SELECT document FROM "
      "document_rins WHERE rin = ?8)) ORDER BY d.published IS NULL, d.published, d.number "
      "LIMIT ?9",
      document_columns);
  Impl& impl = *m_impl;
  return impl.read("read documents from", [&] {
    std::vector<StoredDocument> found;
    Query select = impl.db.query(all,
                                 query.part ? std::optional(query.part->title) : std::nullopt,
                                 query.part ? std::optional(query.part->part) : std::nullopt,
                                 query.since,
                                 query.until,
                                 query.published_since,
                                 query.published_until,
                                 query.type ? std::optional(std::string(to_string(*query.type)))
                                            : std::nullopt,
                                 query.rin,
                                 query.limit > 0 ? query.limit : -1);
    while (select.next()) {
      found.push_back(impl.read_document(select, query.content));
    }
    return found;
  });
}

StoredDocument Archive::Impl::read_document(const Query& row, DocumentContent content) {
  using Strings = std::vector<std::string>;
  StoredDocument stored;
  const std::int64_t id = row.integer(0);
  Document& document = stored.document;
  document.number = row.text(1);
  document.type = row.word<DocumentType>(2);
  document.subtype = row.text(3);
  document.action = row.text(4);
  document.title = row.text(5);
  document.abstract = row.text(6);
  document.agencies = from_json<Strings>(row.text(7));
  document.volume = row.small(8);
  document.start_page = row.small(9);
  document.end_page = row.small(10);
  document.published = row.maybe_date(11);
  document.filed = row.maybe_date(12);
  document.signed_on = row.maybe_date(13);
  document.effective = from_json<std::vector<Date>>(row.text(14));
  document.compliance = from_json<std::vector<Date>>(row.text(15));
  document.comments_close = row.maybe_date(16);
  document.dates_text = row.text(17);
  document.clauses = from_json<std::vector<DatedClause>>(row.text(18));
  document.rins = from_json<Strings>(row.text(19));
  document.dockets = from_json<Strings>(row.text(20));
  document.cfr = from_json<std::vector<CfrPart>>(row.text(21));
  document.executive_order = row.text(22);
  document.order_notes = row.text(23);
  document.deadlines = from_json<std::vector<Deadline>>(row.text(24));
  document.editorial_notes = from_json<Strings>(row.text(25));
  document.not_understood = from_json<Strings>(row.text(26));
  document.text_url = row.text(27);
  document.on_inspection = row.flag(28);
  document.has_text = row.flag(29);
  stored.metadata_raw = row.maybe_integer(30);
  stored.text_raw = row.maybe_integer(31);
  document.applicable = from_json<std::vector<Date>>(row.text(33));
  document.unread_dates = from_json<std::vector<UnreadDate>>(row.text(34));
  document.raw_text_url = row.text(35);
  document.withdrawn = row.flag(36);
  document.relations = stated_relations(db, id);
  if (content == DocumentContent::whole) {
    document.body = row.text(32);
    document.instructions = instructions_of(db, id);
  }
  return stored;
}

std::pair<std::int64_t, Document> Archive::Impl::document(const std::string& number) {
  static const std::string by_number = fmt::format("{}WHERE d.number = ?", document_columns);
  Query query = db.query(by_number, number);
  if (!query.next()) {
    throw Damage(fmt::format("no document '{}', though something refers to it", number));
  }
  return {query.integer(0), read_document(query, DocumentContent::whole).document};
}

Result<std::vector<StoredDocument>> Archive::find_documents(const Citation& id,
                                                            DocumentContent content) {
  static const std::string by_number = fmt::format("{}WHERE d.number = ?", document_columns);
  static const std::string by_order = fmt::format(
      "{}WHERE d.executive_order = ?1 AND ?1 <> '' ORDER BY d.number", document_columns);
  static const std::string by_page =
      fmt::format("{}WHERE d.volume = ?1 AND d.start_page <= ?2 AND "
                  "max(d.end_page, d.start_page) >= ?2 ORDER BY d.start_page, d.number",
                  document_columns);
  Impl& impl = *m_impl;
  return impl.read("read documents from", [&] {
    std::vector<StoredDocument> found;
    const auto collect = [&](Query select) {
      while (select.next()) {
        found.push_back(impl.read_document(select, content));
      }
    };
    if (id.kind() == CitationKind::fr_document) {
      collect(impl.db.query(by_number, id.name()));
    } else if (id.kind() == CitationKind::executive_order) {
      collect(impl.db.query(by_order, id.name()));
    } else if (id.kind() == CitationKind::fr_page) {
      collect(impl.db.query(by_page, number_in(id.volume()), number_in(id.name())));
    }
    return found;
  });
}

Result<void> Archive::replace_inferred_relations(
    const std::vector<std::pair<std::string, Relation>>& relations) {
  Impl& impl = *m_impl;
  return impl.write("store relations in", [&] {
    using Key = std::tuple<std::int64_t, std::size_t>;
    std::map<Key, Relation> wanted;
    std::map<std::int64_t, std::size_t> count;
    for (const auto& [number, relation] : relations) {
      if (const auto id = document_id(impl.db, number)) {
        wanted.emplace(Key{*id, count[*id]++}, relation);
      }
    }
    std::map<Key, Relation> stored;
    {
      Query query = impl.db.query("SELECT document, position, kind, target, volume, page, in_part, "
                                  "source, words FROM relations WHERE inferred");
      while (query.next()) {
        stored.emplace(Key{query.integer(0), static_cast<std::size_t>(query.integer(1))},
                       Relation{query.word<RelationKind>(2),
                                target_of(query.text(3), query.small(4), query.small(5)),
                                query.flag(6),
                                query.text(7),
                                query.text(8)});
      }
    }
    if (stored == wanted) {
      return;
    }
    impl.db.run("DELETE FROM relations WHERE inferred");
    for (const auto& [key, relation] : wanted) {
      put_relation(impl.db, std::get<0>(key), 1, std::get<1>(key), relation);
    }
  });
}

Result<std::vector<Relation>> Archive::relations_of(const std::string& number) {
  Impl& impl = *m_impl;
  return impl.read("read relations from", [&] {
    std::vector<Relation> found;
    const auto add = [&](Relation relation) {
      const bool known = std::any_of(found.begin(), found.end(), [&](const Relation& other) {
        return other.kind == relation.kind && other.target == relation.target;
      });
      if (!known) {
        found.push_back(std::move(relation));
      }
    };
    {
      Query own =
          impl.db.query("SELECT r.kind, r.target, r.volume, r.page, r.in_part, r.source, r.words "
                        "FROM documents d JOIN relations r ON r.document = d.id "
                        "WHERE d.number = ? ORDER BY r.inferred, r.position",
                        number);
      while (own.next()) {
        add({own.word<RelationKind>(0),
             target_of(own.text(1), own.small(2), own.small(3)),
             own.flag(4),
             own.text(5),
             own.text(6)});
      }
    }
    // An order is named by its number, as people know it.
    Query others = impl.db.query(
        "SELECT o.number, o.executive_order, r.kind, r.in_part, r.source, r.words FROM documents d "
        "JOIN relations r ON (r.volume = 0 AND (r.target = d.number OR (d.executive_order <> '' "
        "AND "
        "r.target = 'EO ' || d.executive_order))) OR (r.volume > 0 AND r.volume = d.volume AND "
        "r.page BETWEEN d.start_page AND max(d.start_page, d.end_page)) "
        "JOIN documents o ON o.id = r.document WHERE d.number = ?1 AND o.number <> ?1 "
        "ORDER BY o.published, o.number, r.inferred, r.position",
        number);
    while (others.next()) {
      const std::string order = others.text(1);
      add({inverse(others.word<RelationKind>(2)),
           order.empty() ? Citation::fr_document(others.text(0)) : Citation::executive_order(order),
           others.flag(3),
           others.text(4),
           others.text(5)});
    }
    return found;
  });
}

} // namespace regtrail::store
