-- The archive (docs/archive.md). Dates are ISO text (2026-09-04), instants likewise in UTC
-- (2026-09-04T06:00:00Z), citations and enumerations the words that the commands print, digests
-- hexadecimal, lists JSON, yes and no 1 and 0. NULL is unknown or none; so is '' in a column that is
-- NOT NULL, and 0 of a page or a volume. Comments within a statement are kept by SQLite, so that a
-- shell's .schema shows them.

CREATE TABLE about (
  name  TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Facts: what the sources answered.

CREATE TABLE raw_bodies (
  id      INTEGER PRIMARY KEY,
  sha256  TEXT NOT NULL UNIQUE, -- of the body as received
  size    INTEGER NOT NULL, -- bytes of the body
  base    INTEGER REFERENCES raw_bodies, -- an earlier body that `data` was made against
  -- For who adds a body: this one stands `steps` after a key body (0: is one), which stands `keys`
  -- key bodies after `root`, the first of the run (NULL: is it).
  root    INTEGER REFERENCES raw_bodies,
  keys    INTEGER NOT NULL,
  steps   INTEGER NOT NULL,
  damaged TEXT, -- why `data` no longer gives the body
  data    BLOB NOT NULL -- a zstd frame: zstd -d, with a base zstd -d --long=27 --patch-from=BASE
) STRICT;

CREATE INDEX raw_bodies_damaged ON raw_bodies (id) WHERE damaged IS NOT NULL;

CREATE TRIGGER raw_bodies_stay BEFORE UPDATE OF sha256, size ON raw_bodies
BEGIN SELECT raise(ABORT, 'raw bodies are facts and never change'); END;

CREATE TRIGGER raw_bodies_are_kept BEFORE DELETE ON raw_bodies
BEGIN SELECT raise(ABORT, 'raw bodies are facts and never go'); END;

CREATE TABLE raw_records (
  id         INTEGER PRIMARY KEY,
  source     TEXT NOT NULL, -- ecfr, federal-register, govinfo, hand
  stream     TEXT NOT NULL, -- the question; its answers are versions of one thing
  url        TEXT NOT NULL,
  body       INTEGER NOT NULL REFERENCES raw_bodies,
  quarantine TEXT NOT NULL DEFAULT '' -- why it is held back
) STRICT;

CREATE INDEX raw_records_by_url ON raw_records (url);
CREATE INDEX raw_records_by_stream ON raw_records (stream);
CREATE INDEX raw_records_by_body ON raw_records (body);

CREATE TABLE fetches (
  -- Every time the answer was received; the first of them (number 0) made the record.
  raw        INTEGER NOT NULL REFERENCES raw_records,
  number     INTEGER NOT NULL,
  fetched_at TEXT NOT NULL,
  final_url  TEXT NOT NULL,
  status     INTEGER NOT NULL, -- of HTTP; 304: not modified, 404: the part is gone
  headers    TEXT NOT NULL, -- [[name, value], ...]
  PRIMARY KEY (raw, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE planned_dates (
  -- Which issue dates of which parts exist, by the sources' own lists.
  title      INTEGER NOT NULL,
  part       TEXT NOT NULL,
  issue_date TEXT NOT NULL,
  edition    TEXT NOT NULL, -- ecfr, or annual: an edition of the CFR as revised on that day
  PRIMARY KEY (title, part, issue_date)
) STRICT, WITHOUT ROWID;

CREATE TABLE answers (
  -- Which answer was taken for the text of a part on a date, and while which time; in the order in
  -- which it was.
  id          INTEGER PRIMARY KEY,
  title       INTEGER NOT NULL,
  part        TEXT NOT NULL,
  issue_date  TEXT NOT NULL,
  raw         INTEGER NOT NULL REFERENCES raw_records,
  known_from  TEXT NOT NULL,
  known_until TEXT,
  FOREIGN KEY (title, part, issue_date) REFERENCES planned_dates
) STRICT;

CREATE INDEX answers_by_date ON answers (title, part, issue_date);
CREATE INDEX answers_by_raw ON answers (raw);

CREATE TABLE sources (
  source            TEXT PRIMARY KEY,
  health            TEXT NOT NULL,
  newest_issue_date TEXT,
  valid_through     TEXT, -- up to which day nothing was missed
  last_success      TEXT,
  last_attempt      TEXT,
  message           TEXT NOT NULL -- the last trouble
) STRICT, WITHOUT ROWID;

CREATE TABLE settings (
  key   TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Facts: what was sent.

CREATE TABLE outbox (
  id              INTEGER PRIMARY KEY,
  subscriber      TEXT NOT NULL,
  recipient       TEXT NOT NULL,
  subject         TEXT NOT NULL,
  message_id      TEXT NOT NULL UNIQUE,
  message         TEXT NOT NULL, -- whole, RFC 5322
  queued_at       TEXT NOT NULL,
  attempts        INTEGER NOT NULL DEFAULT 0,
  last_attempt_at TEXT,
  last_error      TEXT NOT NULL DEFAULT '',
  sent_at         TEXT
) STRICT;

CREATE TABLE told (
  -- In words and not by ids of changes, so that what is derived anew is not sent anew.
  subscriber  TEXT NOT NULL,
  unit        TEXT NOT NULL, -- or the number of an item's document
  issue_date  TEXT NOT NULL, -- or the day of an item's step
  at          TEXT NOT NULL, -- or the number of the document that brought the step
  step        TEXT NOT NULL, -- changed, an event of status_events, or a step of an item
  message     INTEGER NOT NULL REFERENCES outbox,
  known_from  TEXT NOT NULL,
  known_until TEXT,
  PRIMARY KEY (subscriber, unit, issue_date, at, step)
) STRICT, WITHOUT ROWID;

CREATE INDEX told_by_message ON told (message);

-- Facts: what people said of items.

CREATE TABLE judgements (
  id       INTEGER PRIMARY KEY,
  item     TEXT NOT NULL,
  relevant INTEGER NOT NULL, -- 1: relevant, 0: not
  note     TEXT NOT NULL,
  who      TEXT NOT NULL,
  given_at TEXT NOT NULL
) STRICT;

CREATE INDEX judgements_by_item ON judgements (item);

-- Derived: the law as read from the facts.

CREATE TABLE units (
  id       INTEGER PRIMARY KEY,
  citation TEXT NOT NULL UNIQUE,
  title    INTEGER NOT NULL,
  part     TEXT NOT NULL
) STRICT;

CREATE INDEX units_by_part ON units (title, part);

CREATE TABLE texts (
  -- All that a unit was on some date, read from bytes of the body of `raw`.
  id         INTEGER PRIMARY KEY,
  unit       INTEGER NOT NULL REFERENCES units,
  raw        INTEGER NOT NULL REFERENCES raw_records,
  ranges     TEXT NOT NULL, -- of its bytes: [[offset, length], ...]
  sha256     TEXT NOT NULL, -- of these bytes
  digest     TEXT NOT NULL, -- SHA-256 of all that was read: equal ones are one version
  published  TEXT NOT NULL, -- hash of the tree as printed
  normalised TEXT NOT NULL, -- hash of the tree with dashes, quotes, blanks and markup folded
  reserved   INTEGER NOT NULL, -- 1: only "[Reserved]"
  rows       INTEGER NOT NULL, -- of lists, with entries and definitions
  notes      TEXT NOT NULL -- [{"field", "text"}, ...]: what stands beside the law
) STRICT;

CREATE INDEX texts_by_unit ON texts (unit);
CREATE INDEX texts_by_raw ON texts (raw);

CREATE TABLE not_understood (
  text     INTEGER NOT NULL REFERENCES texts ON DELETE CASCADE,
  position INTEGER NOT NULL, -- from 1
  at       TEXT NOT NULL,
  what     TEXT NOT NULL, -- is wrong, in English
  words    TEXT NOT NULL, -- of the law, at most 200 bytes
  PRIMARY KEY (text, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE text_days (
  -- Days that a text prints as the end of something, or by which something is due.
  text     INTEGER NOT NULL REFERENCES texts ON DELETE CASCADE,
  position INTEGER NOT NULL, -- from 1
  at       TEXT NOT NULL,
  day      TEXT NOT NULL,
  kind     TEXT NOT NULL, -- text_ends, expires, compliance; stay_ends by a note about a stay
  words    TEXT NOT NULL, -- as printed, at most 240 bytes
  place    TEXT NOT NULL, -- text of the place, at most 4,000 bytes
  PRIMARY KEY (text, position)
) STRICT, WITHOUT ROWID;

CREATE INDEX text_days_by_place ON text_days (at, day);

CREATE TABLE issue_dates (
  -- Dates of parts whose texts were read.
  title        INTEGER NOT NULL,
  part         TEXT NOT NULL,
  issue_date   TEXT NOT NULL,
  seen         TEXT NOT NULL, -- when the answer was first received
  kept_because TEXT, -- why the date could not be derived again: its rows are those of before
  PRIMARY KEY (title, part, issue_date)
) STRICT, WITHOUT ROWID;

CREATE TABLE issue_units (
  -- What stood in a part on a date, in printed order from 1.
  title      INTEGER NOT NULL,
  part       TEXT NOT NULL,
  issue_date TEXT NOT NULL,
  position   INTEGER NOT NULL,
  text       INTEGER NOT NULL REFERENCES texts,
  PRIMARY KEY (title, part, issue_date, position),
  FOREIGN KEY (title, part, issue_date) REFERENCES issue_dates ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE INDEX issue_units_by_text ON issue_units (text);

CREATE TABLE versions (
  -- Runs of neighbouring dates with equal texts of a unit: those with known_until NULL are what is
  -- known now, the others what was known before.
  id          INTEGER PRIMARY KEY,
  unit        INTEGER NOT NULL REFERENCES units,
  from_date   TEXT NOT NULL, -- the first issue date with this text
  until_date  TEXT, -- the first without it
  text        INTEGER NOT NULL REFERENCES texts, -- as on from_date
  first_seen  TEXT NOT NULL, -- when an answer with it was first received
  baseline    INTEGER NOT NULL, -- 1: from the oldest date held, so its beginning is unknown
  known_from  TEXT NOT NULL,
  known_until TEXT
) STRICT;

CREATE INDEX versions_by_unit ON versions (unit, from_date);
CREATE INDEX versions_by_text ON versions (text);

CREATE TABLE transitions (
  -- Comparisons of two neighbouring dates of a part.
  id            INTEGER PRIMARY KEY,
  title         INTEGER NOT NULL,
  part          TEXT NOT NULL,
  before_date   TEXT NOT NULL,
  after_date    TEXT NOT NULL,
  before_sha256 TEXT NOT NULL, -- of the whole answer for the part
  after_sha256  TEXT NOT NULL,
  known_from    TEXT NOT NULL,
  known_until   TEXT
) STRICT;

CREATE INDEX transitions_by_dates ON transitions (title, part, after_date, before_date);

CREATE TABLE changes (
  id          INTEGER PRIMARY KEY,
  transition  INTEGER NOT NULL REFERENCES transitions ON DELETE CASCADE,
  position    INTEGER NOT NULL, -- legal order, from 1
  change      TEXT NOT NULL, -- its id, the same after a rebuild
  after_date  TEXT NOT NULL,
  kind        TEXT NOT NULL, -- added, removed, revised, redesignated, moved, cosmetic
  node_kind   TEXT NOT NULL,
  unit        TEXT NOT NULL, -- after; of a removal before
  at          TEXT NOT NULL,
  was_unit    TEXT, -- before, where it was another
  was         TEXT,
  before      TEXT NOT NULL,
  after       TEXT NOT NULL,
  words       TEXT NOT NULL, -- [[sign, text], ...]: "=" and "-" give before, "=" and "+" after
  typed       TEXT NOT NULL, -- what it means: [{"type", "subject", "before", "after", ...}, ...]
  replacement TEXT NOT NULL, -- hash shared by changes that replace the same words by the same
  divided_into TEXT NOT NULL, -- [at, ...]: of a text that was divided with its words kept
  known_from  TEXT NOT NULL,
  known_until TEXT
) STRICT;

CREATE INDEX changes_by_transition ON changes (transition, position);
CREATE INDEX changes_by_unit ON changes (unit, after_date);
CREATE INDEX changes_by_was_unit ON changes (was_unit, after_date) WHERE was_unit IS NOT NULL;
CREATE INDEX changes_by_date ON changes (after_date);

CREATE TABLE causes (
  change      INTEGER NOT NULL REFERENCES changes ON DELETE CASCADE,
  position    INTEGER NOT NULL, -- 0: the answer, then candidates
  document    TEXT NOT NULL, -- its number
  citation    TEXT NOT NULL, -- its page: "91 FR 52501"
  confidence  REAL NOT NULL, -- 0 to 1
  evidence    TEXT NOT NULL, -- [word, ...]
  instruction TEXT NOT NULL, -- its ordinal in the document: "2.a"
  PRIMARY KEY (change, position)
) STRICT, WITHOUT ROWID;

CREATE INDEX causes_by_document ON causes (document);

CREATE TABLE hits (
  change   INTEGER NOT NULL REFERENCES changes ON DELETE CASCADE,
  position INTEGER NOT NULL, -- best first, from 0
  hit      TEXT NOT NULL, -- its id, the same after a rebuild
  entry    TEXT NOT NULL, -- kind of the entry: category, product, party, procedure, destination
  category TEXT NOT NULL, -- its id in the register
  score    REAL NOT NULL, -- 0 to 1
  severity INTEGER NOT NULL, -- 1 information to 5 critical
  near     INTEGER NOT NULL, -- 1: a near miss
  -- [{"signal", "words", "at", "weight"}, ...], with "own", "effect", "likeness" and "distance"
  -- where they say something
  reasons  TEXT NOT NULL,
  PRIMARY KEY (change, position)
) STRICT, WITHOUT ROWID;

CREATE INDEX hits_by_category ON hits (category);

CREATE TABLE note_changes (
  transition INTEGER NOT NULL REFERENCES transitions ON DELETE CASCADE,
  position   INTEGER NOT NULL,
  at         TEXT NOT NULL,
  field      TEXT NOT NULL, -- cita, auth, source, ednote, effdnot, pending_link
  before     TEXT NOT NULL,
  after      TEXT NOT NULL,
  PRIMARY KEY (transition, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE status_events (
  transition INTEGER NOT NULL REFERENCES transitions ON DELETE CASCADE,
  position   INTEGER NOT NULL,
  at         TEXT NOT NULL,
  extent     TEXT NOT NULL, -- what of the place, in the note's words; '': all of it
  event      TEXT NOT NULL, -- stayed, lifted, expired, reverted, not_incorporated
  date       TEXT,
  until      TEXT,
  PRIMARY KEY (transition, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE comparison_problems (
  -- What of the later side of a comparison was not understood.
  transition INTEGER NOT NULL REFERENCES transitions ON DELETE CASCADE,
  position   INTEGER NOT NULL,
  at         TEXT NOT NULL,
  what       TEXT NOT NULL,
  words      TEXT NOT NULL,
  PRIMARY KEY (transition, position)
) STRICT, WITHOUT ROWID;

-- Derived: the Federal Register's documents, and measures entered by hand.

CREATE TABLE documents (
  id              INTEGER PRIMARY KEY,
  number          TEXT NOT NULL UNIQUE,
  type            TEXT NOT NULL,
  subtype         TEXT NOT NULL, -- Executive Order; kind of a measure
  action          TEXT NOT NULL,
  title           TEXT NOT NULL,
  abstract        TEXT NOT NULL,
  agencies        TEXT NOT NULL, -- [name, ...]
  volume          INTEGER NOT NULL,
  start_page      INTEGER NOT NULL,
  end_page        INTEGER NOT NULL,
  published       TEXT,
  filed           TEXT, -- for public inspection
  signed_on       TEXT,
  effective       TEXT NOT NULL, -- [day, ...]
  compliance      TEXT NOT NULL, -- [day, ...]
  applicable      TEXT NOT NULL, -- [day, ...]
  comments_close  TEXT,
  dates_text      TEXT NOT NULL, -- the DATES paragraph
  clauses         TEXT NOT NULL, -- of it: [{"kind", "date", "instruction", "words"}, ...]
  unread_dates    TEXT NOT NULL, -- of it: [{"kind", "words"}, ...]
  rins            TEXT NOT NULL, -- [Regulation Identifier Number, ...]
  dockets         TEXT NOT NULL, -- [name, ...]
  cfr             TEXT NOT NULL, -- [{"title", "part"}, ...]
  executive_order TEXT NOT NULL, -- its number: 14110
  order_notes     TEXT NOT NULL, -- the service's, on what it revokes and amends
  deadlines       TEXT NOT NULL, -- tasks of an order: [{"days", "date", "text"}, ...]
  editorial_notes TEXT NOT NULL, -- [text, ...]
  not_understood  TEXT NOT NULL, -- [text, ...]
  body            TEXT NOT NULL, -- without instructions and what they print
  text_url        TEXT NOT NULL,
  raw_text_url    TEXT NOT NULL, -- where its plain text is to be had
  on_inspection   INTEGER NOT NULL, -- 1: filed, not yet published
  withdrawn       INTEGER NOT NULL, -- 1: taken off public inspection and not published
  has_text        INTEGER NOT NULL, -- 0: only its description was read
  metadata_raw    INTEGER REFERENCES raw_records, -- its description
  text_raw        INTEGER REFERENCES raw_records, -- its full text
  matched         INTEGER NOT NULL DEFAULT 0 -- 1: document_hits are those of what is stored
) STRICT;

CREATE INDEX documents_by_page ON documents (volume, start_page);
CREATE INDEX documents_by_order ON documents (executive_order) WHERE executive_order <> '';
CREATE INDEX documents_by_day ON documents (published);
CREATE INDEX documents_to_match ON documents (id) WHERE NOT matched;

CREATE TABLE instructions (
  document   INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
  position   INTEGER NOT NULL, -- from 0
  ordinal    TEXT NOT NULL, -- as printed: "2.a"; "#n" counted
  text       TEXT NOT NULL,
  page       INTEGER NOT NULL, -- of the Federal Register
  title      TEXT NOT NULL, -- of the CFR
  part       TEXT NOT NULL,
  understood INTEGER NOT NULL,
  reason     TEXT NOT NULL, -- why not, or what was mended
  effective  TEXT, -- its own day, where it is not the document's
  until      TEXT,
  indefinite INTEGER NOT NULL, -- 1: delayed without a day
  operations TEXT NOT NULL, -- [{"verb", "targets", "to", "old_words", "new_words", "note"}, ...]
  set_out    TEXT NOT NULL, -- text printed under it: [{"unit", "root"}, ...]
  PRIMARY KEY (document, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE document_hits (
  -- As hits, of a document by itself.
  document INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
  position INTEGER NOT NULL,
  hit      TEXT NOT NULL,
  entry    TEXT NOT NULL,
  category TEXT NOT NULL,
  score    REAL NOT NULL,
  severity INTEGER NOT NULL,
  near     INTEGER NOT NULL,
  reasons  TEXT NOT NULL,
  PRIMARY KEY (document, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE document_parts (
  -- Parts that a document names or amends.
  title    TEXT NOT NULL,
  part     TEXT NOT NULL,
  document INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
  PRIMARY KEY (title, part, document)
) STRICT, WITHOUT ROWID;

CREATE INDEX document_parts_by_document ON document_parts (document);

CREATE TABLE document_dates (
  -- Publication and every day of effect, those of single instructions included; 9999-12-31 stands
  -- for a delay without a day.
  date     TEXT NOT NULL,
  what     TEXT NOT NULL, -- published, effective, until
  document INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
  PRIMARY KEY (date, document, what)
) STRICT, WITHOUT ROWID;

CREATE INDEX document_dates_by_document ON document_dates (document);

CREATE TABLE document_rins (
  rin      TEXT NOT NULL,
  document INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
  PRIMARY KEY (rin, document)
) STRICT, WITHOUT ROWID;

CREATE INDEX document_rins_by_document ON document_rins (document);

CREATE TABLE relations (
  -- What documents say of others, and with `inferred` what their comparison says.
  document INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
  inferred INTEGER NOT NULL,
  position INTEGER NOT NULL, -- from 0
  kind     TEXT NOT NULL,
  -- A number, an order ("EO 14110"), a page, which is in volume and page as well, or, of a measure,
  -- a place of the law.
  target   TEXT NOT NULL,
  volume   INTEGER NOT NULL,
  page     INTEGER NOT NULL,
  in_part  INTEGER NOT NULL,
  source   TEXT NOT NULL, -- text, notes, metadata, inferred
  words    TEXT NOT NULL, -- that say so
  PRIMARY KEY (document, inferred, position)
) STRICT, WITHOUT ROWID;

CREATE INDEX relations_by_target ON relations (target);
CREATE INDEX relations_by_page ON relations (volume, page) WHERE volume > 0;

-- Derived: what can be searched.

CREATE TABLE search_places (
  -- One row a place of the newest law, or a document.
  id       INTEGER PRIMARY KEY,
  unit     INTEGER REFERENCES units,
  text_id  INTEGER REFERENCES texts,
  document INTEGER REFERENCES documents,
  at       TEXT NOT NULL, -- place, or number of the document
  text     TEXT NOT NULL,
  codes    TEXT NOT NULL -- words with digits or writing without blanks, found by three characters
) STRICT;

CREATE INDEX search_places_by_unit ON search_places (unit, text_id) WHERE unit IS NOT NULL;
CREATE INDEX search_places_by_text ON search_places (text_id) WHERE text_id IS NOT NULL;
CREATE INDEX search_places_by_document ON search_places (document) WHERE document IS NOT NULL;

CREATE VIRTUAL TABLE search_words USING fts5 (
  text, content = 'search_places', content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 2'
);

CREATE VIRTUAL TABLE search_codes USING fts5 (
  codes, content = 'search_places', content_rowid = 'id', tokenize = 'trigram'
);

-- What the tables held when they were last written (docs/archive.md, Digests).

CREATE TABLE table_digests (
  name   TEXT PRIMARY KEY,
  rows   INTEGER NOT NULL,
  digest TEXT NOT NULL -- the sum of the digests of all rows, modulo 2 to the 128th
) STRICT, WITHOUT ROWID;

CREATE TABLE row_digests (
  -- Of tables that nobody can fill again.
  name   TEXT NOT NULL, -- of the table
  key    TEXT NOT NULL, -- of the row: its primary key, columns joined by " / "
  digest TEXT NOT NULL,
  PRIMARY KEY (name, key)
) STRICT, WITHOUT ROWID;

-- Views: the questions that people ask (docs/archive.md).

CREATE VIEW versions_v AS
  SELECT u.citation AS unit, u.title, u.part, v.from_date, v.until_date, v.first_seen,
         v.baseline, t.sha256, t.published, t.normalised, t.reserved, t.notes, r.url
  FROM versions v JOIN units u ON u.id = v.unit JOIN texts t ON t.id = v.text
  JOIN raw_records r ON r.id = t.raw WHERE v.known_until IS NULL;

CREATE VIEW changes_v AS
  SELECT c.change AS id, t.title, t.part, t.before_date, t.after_date, c.kind, c.node_kind, c.unit,
         c.at, c.was, c.before, c.after, c.words, c.typed, c.replacement, c.divided_into,
         k.document, k.citation, k.confidence, k.evidence, k.instruction
  FROM changes c JOIN transitions t ON t.id = c.transition
  LEFT JOIN causes k ON k.change = c.id AND k.position = 0 WHERE c.known_until IS NULL;

CREATE VIEW hits_v AS
  SELECT h.hit AS id, h.entry, h.category, h.score, h.severity, h.near, h.reasons, c.change,
         c.after_date, c.kind, c.unit, c.at, c.before, c.after,
         k.document, k.citation
  FROM hits h JOIN changes c ON c.id = h.change
  LEFT JOIN causes k ON k.change = c.id AND k.position = 0 WHERE c.known_until IS NULL;

CREATE VIEW documents_v AS
  SELECT d.number, d.type, d.subtype, d.action, d.title,
         CASE WHEN d.volume > 0 AND d.start_page > 0 THEN d.volume || ' FR ' || d.start_page END
           AS citation,
         d.published, d.filed,
         -- after the delays that other documents order
         (SELECT json_group_array(e.date) FROM (SELECT date FROM document_dates
            WHERE document = d.id AND what = 'effective' AND date < '9999-12-31' ORDER BY date) e)
           AS effective,
         d.compliance, d.applicable, d.comments_close, d.agencies, d.rins,
         d.dockets, d.cfr, d.executive_order, d.on_inspection, d.has_text,
         (SELECT count(*) FROM instructions i WHERE i.document = d.id) AS instructions,
         (SELECT count(*) FROM instructions i WHERE i.document = d.id AND NOT i.understood)
           AS instructions_not_understood
  FROM documents d;

-- One row a day that a place of the law prints, where that stands on the newest date held or stood
-- on that day.
CREATE VIEW law_days_v AS
  SELECT t.day AS date, t.kind, t.at, t.words, t.place, u.title, u.part, max(v.from_date) AS from_date,
         (SELECT min(w.first_seen) FROM text_days s JOIN versions w ON w.text = s.text
            WHERE s.at = t.at AND s.day = t.day AND w.unit = v.unit AND w.known_until IS NULL)
           AS first_seen
  FROM text_days t JOIN versions v ON v.text = t.text JOIN units u ON u.id = v.unit
  WHERE v.known_until IS NULL AND (v.until_date IS NULL OR v.until_date > t.day)
  GROUP BY v.unit, t.at, t.day;

-- One row a day that a document names, or the law (law_days_v).
CREATE VIEW deadlines_v AS
  WITH named (document, date, what, words) AS (
    SELECT e.document, e.date, e.what, NULL FROM document_dates e
    WHERE e.what <> 'published' AND e.date < '9999-12-31'
    UNION ALL
    SELECT d.id, j.value, 'compliance', NULL FROM documents d, json_each(d.compliance) j
    UNION ALL
    SELECT d.id, j.value, 'applicable', NULL FROM documents d, json_each(d.applicable) j
    UNION ALL
    SELECT d.id, j.value ->> 'date', 'expires', j.value ->> 'words'
    FROM documents d, json_each(d.clauses) j WHERE j.value ->> 'kind' = 'expires'
    UNION ALL
    SELECT d.id, d.comments_close, 'comments_close', NULL
    FROM documents d WHERE d.comments_close IS NOT NULL
    UNION ALL
    SELECT d.id, j.value ->> 'date', 'deadline', j.value ->> 'text'
    FROM documents d, json_each(d.deadlines) j)
  SELECT n.date, n.what, d.number, d.type, d.title, ifnull(n.words, d.action) AS action, d.cfr,
         NULL AS at,
         coalesce(n.words, (SELECT j.value ->> 'words' FROM json_each(d.clauses) j
                            WHERE j.value ->> 'date' = n.date LIMIT 1)) AS words,
         (SELECT min(f.fetched_at) FROM fetches f WHERE f.raw IN (d.metadata_raw, d.text_raw))
           AS first_seen
  FROM named n JOIN documents d ON d.id = n.document
  UNION ALL
  SELECT date, CASE kind WHEN 'stay_ends' THEN 'end of a stay' ELSE kind END, NULL, NULL, NULL,
         at || ': ' || words, NULL, at, words, first_seen
  FROM law_days_v;

INSERT INTO about (name, value) VALUES
  ('schema', '1'),
  ('what this is', 'an archive of regtrail: U.S. export law as received, and what was read from it'),
  ('how to read it', 'docs/archive.md of regtrail; the views ending in _v answer common questions'),
  ('source: ecfr', 'https://www.ecfr.gov, an editorial compilation of the CFR by the Office of the Federal Register and the Government Publishing Office; not an official legal edition; works of the U.S. Government are not under copyright'),
  ('source: federal-register', 'https://www.federalregister.gov, an unofficial edition of the Federal Register; works of the U.S. Government are not under copyright'),
  ('source: govinfo', 'https://www.govinfo.gov, annual editions of the CFR and issues of the Federal Register; works of the U.S. Government are not under copyright');
