-- Derived: the Federal Register's documents, and the search index over them and the newest law.
-- `unread` counts instructions that were not understood.
-- `detail` and `content` are packed by document_records.cpp; content is instructions and body.

CREATE TABLE documents (
  id              INTEGER PRIMARY KEY,
  number          TEXT NOT NULL UNIQUE,
  type            INTEGER NOT NULL,
  volume          INTEGER NOT NULL,
  start_page      INTEGER NOT NULL,
  end_page        INTEGER NOT NULL,
  published       INTEGER,
  executive_order TEXT NOT NULL,
  on_inspection   INTEGER NOT NULL,
  metadata_raw    INTEGER REFERENCES raw_records,
  text_raw        INTEGER REFERENCES raw_records,
  unread          INTEGER NOT NULL,
  digest          BLOB NOT NULL,
  detail          BLOB NOT NULL,
  content         BLOB NOT NULL
) STRICT;

CREATE INDEX documents_by_page ON documents (volume, start_page);
CREATE INDEX documents_by_order ON documents (executive_order) WHERE executive_order <> '';
CREATE INDEX documents_by_day ON documents (published);

CREATE TABLE document_parts (
  title    TEXT NOT NULL,
  part     TEXT NOT NULL,
  document INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
  PRIMARY KEY (title, part, document)
) STRICT, WITHOUT ROWID;

CREATE INDEX document_parts_by_document ON document_parts (document);

-- Publication and every day of effect, those of single instructions included.
CREATE TABLE document_dates (
  date     INTEGER NOT NULL,
  document INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
  PRIMARY KEY (date, document)
) STRICT, WITHOUT ROWID;

CREATE INDEX document_dates_by_document ON document_dates (document);

CREATE TABLE document_rins (
  rin      TEXT NOT NULL,
  document INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
  PRIMARY KEY (rin, document)
) STRICT, WITHOUT ROWID;

CREATE INDEX document_rins_by_document ON document_rins (document);

-- What documents say of others, and with `inferred` what their comparison says. A target is a
-- number, an order ("EO 14110") or a page, which is in volume and page as well.
CREATE TABLE relations (
  document INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
  inferred INTEGER NOT NULL,
  position INTEGER NOT NULL,
  kind     INTEGER NOT NULL,
  target   TEXT NOT NULL,
  volume   INTEGER NOT NULL,
  page     INTEGER NOT NULL,
  in_part  INTEGER NOT NULL,
  source   TEXT NOT NULL,
  words    TEXT NOT NULL,
  PRIMARY KEY (document, inferred, position)
) STRICT, WITHOUT ROWID;

CREATE INDEX relations_by_target ON relations (target);
CREATE INDEX relations_by_page ON relations (volume, page) WHERE volume > 0;

-- The index holds no text: a hit's text is read from the law. `digest` is of what was indexed.

CREATE TABLE search_units (
  unit    INTEGER PRIMARY KEY REFERENCES units,
  content INTEGER NOT NULL,
  digest  BLOB NOT NULL
) STRICT;

CREATE TABLE search_documents (
  document INTEGER PRIMARY KEY REFERENCES documents,
  digest   BLOB NOT NULL
) STRICT;

-- `at` are the steps below the unit.
CREATE TABLE search_rows (
  id       INTEGER PRIMARY KEY,
  unit     INTEGER,
  document INTEGER,
  at       BLOB NOT NULL
) STRICT;

CREATE INDEX search_rows_by_unit ON search_rows (unit) WHERE unit IS NOT NULL;
CREATE INDEX search_rows_by_document ON search_rows (document) WHERE document IS NOT NULL;

CREATE VIRTUAL TABLE search_words USING fts5 (
  text, content = '', tokenize = 'unicode61 remove_diacritics 2'
);

-- Words with digits and words of scripts without blanks, found by any three characters of them.
CREATE VIRTUAL TABLE search_codes USING fts5 (text, content = '', tokenize = 'trigram');
