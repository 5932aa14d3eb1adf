-- Dates are days since 1970-01-01, instants seconds since then, UTC. Blobs called `citation`, `at`,
-- `was`, `detail`, `root`, `units`, `reasons` and `headers` are packed by records.cpp and pack.cpp.

-- Facts: what the sources answered.

CREATE TABLE raw_streams (
  id   INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE
) STRICT;

-- A body is compressed against `base`; the chain ends at a body without one (delta_chain_internal.hpp).
CREATE TABLE raw_bodies (
  id         INTEGER PRIMARY KEY,
  sha256     BLOB NOT NULL UNIQUE,
  base       INTEGER REFERENCES raw_bodies,
  keyframe   INTEGER REFERENCES raw_bodies,
  links      INTEGER NOT NULL,
  generation INTEGER NOT NULL,
  size       INTEGER NOT NULL,
  data       BLOB NOT NULL
) STRICT;

CREATE TRIGGER raw_bodies_stay BEFORE UPDATE ON raw_bodies
BEGIN SELECT raise(ABORT, 'raw bodies are facts and never change'); END;

CREATE TRIGGER raw_bodies_are_kept BEFORE DELETE ON raw_bodies
BEGIN SELECT raise(ABORT, 'raw bodies are facts and never go'); END;

CREATE TABLE raw_records (
  id         INTEGER PRIMARY KEY,
  stream     INTEGER NOT NULL REFERENCES raw_streams,
  source     TEXT NOT NULL,
  url        TEXT NOT NULL,
  body       INTEGER NOT NULL REFERENCES raw_bodies,
  quarantine TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE INDEX raw_records_by_url ON raw_records (url);
CREATE INDEX raw_records_by_stream ON raw_records (stream);

-- Every time the answer was received; the first of them (number 0) made the record. An empty
-- final_url is the record's url.
CREATE TABLE raw_fetches (
  raw        INTEGER NOT NULL REFERENCES raw_records,
  number     INTEGER NOT NULL,
  fetched_at INTEGER NOT NULL,
  final_url  TEXT NOT NULL,
  status     INTEGER NOT NULL,
  headers    BLOB NOT NULL,
  PRIMARY KEY (raw, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE planned_dates (
  title      INTEGER NOT NULL,
  part       TEXT NOT NULL,
  issue_date INTEGER NOT NULL,
  raw        INTEGER REFERENCES raw_records,
  PRIMARY KEY (title, part, issue_date)
) STRICT, WITHOUT ROWID;

CREATE TABLE sources (
  source            TEXT PRIMARY KEY,
  health            INTEGER NOT NULL,
  newest_issue_date INTEGER,
  valid_through     INTEGER,
  last_success      INTEGER,
  last_attempt      INTEGER,
  message           TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE settings (
  key   TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Derived: the law as read from the facts.

CREATE TABLE units (
  id       INTEGER PRIMARY KEY,
  citation BLOB NOT NULL UNIQUE,
  title    INTEGER NOT NULL,
  part     TEXT NOT NULL,
  name     TEXT NOT NULL
) STRICT;

CREATE INDEX units_by_part ON units (title, part);

-- A node with its small descendants, or a run of a long list's entries; compressed like raw bodies.
-- No foreign keys on the chain: they would make dropping the table quadratic.
CREATE TABLE nodes (
  id         INTEGER PRIMARY KEY,
  identity   INTEGER NOT NULL,
  base       INTEGER,
  keyframe   INTEGER,
  links      INTEGER NOT NULL,
  generation INTEGER NOT NULL,
  size       INTEGER NOT NULL,
  data       BLOB NOT NULL
) STRICT;

CREATE INDEX nodes_by_identity ON nodes (identity);

-- All that a unit was on some date. Equal digests are equal trees, notes and problems; the last two
-- are kept as `extra`, a row of nodes.
CREATE TABLE contents (
  id       INTEGER PRIMARY KEY,
  unit     INTEGER NOT NULL REFERENCES units,
  digest   BLOB NOT NULL,
  raw      BLOB NOT NULL,
  root     BLOB NOT NULL,
  extra    INTEGER NOT NULL,
  problems INTEGER NOT NULL
) STRICT;

CREATE INDEX contents_by_unit ON contents (unit);

-- `units` lists (unit, content) in printed order.
CREATE TABLE snapshots (
  title      INTEGER NOT NULL,
  part       TEXT NOT NULL,
  issue_date INTEGER NOT NULL,
  seen       INTEGER NOT NULL,
  units      BLOB NOT NULL,
  PRIMARY KEY (title, part, issue_date)
) STRICT, WITHOUT ROWID;

CREATE TABLE versions (
  unit       INTEGER NOT NULL REFERENCES units,
  from_date  INTEGER NOT NULL,
  until_date INTEGER,
  content    INTEGER NOT NULL REFERENCES contents,
  first_seen INTEGER NOT NULL,
  baseline   INTEGER NOT NULL,
  PRIMARY KEY (unit, from_date)
) STRICT, WITHOUT ROWID;

CREATE TABLE transitions (
  id          INTEGER PRIMARY KEY,
  title       INTEGER NOT NULL,
  part        TEXT NOT NULL,
  before_date INTEGER NOT NULL,
  after_date  INTEGER NOT NULL,
  detail      BLOB NOT NULL,
  UNIQUE (title, part, before_date, after_date)
) STRICT;

CREATE INDEX transitions_by_date ON transitions (after_date);

CREATE TABLE changes (
  id         INTEGER PRIMARY KEY,
  transition INTEGER NOT NULL REFERENCES transitions ON DELETE CASCADE,
  kind       INTEGER NOT NULL,
  unit       INTEGER NOT NULL REFERENCES units,
  was_unit   INTEGER REFERENCES units,
  at         BLOB NOT NULL,
  was        BLOB,
  detail     BLOB NOT NULL
) STRICT;

CREATE INDEX changes_by_transition ON changes (transition);
CREATE INDEX changes_by_unit ON changes (unit);
CREATE INDEX changes_by_was_unit ON changes (was_unit) WHERE was_unit IS NOT NULL;

CREATE TABLE hits (
  change   INTEGER NOT NULL REFERENCES changes ON DELETE CASCADE,
  position INTEGER NOT NULL,
  id       TEXT NOT NULL,
  category TEXT NOT NULL,
  score    REAL NOT NULL,
  severity INTEGER NOT NULL,
  near     INTEGER NOT NULL,
  reasons  BLOB NOT NULL,
  PRIMARY KEY (change, position)
) STRICT, WITHOUT ROWID;

-- What was sent is a fact again. A hit is named by its stable id, not by a derived row, so that a
-- rebuild sends nothing twice.

CREATE TABLE outbox (
  id              INTEGER PRIMARY KEY AUTOINCREMENT,
  subscriber      TEXT NOT NULL,
  recipient       TEXT NOT NULL,
  subject         TEXT NOT NULL,
  message_id      TEXT NOT NULL UNIQUE,
  bytes           BLOB NOT NULL,
  hit_ids         BLOB NOT NULL,
  queued_at       INTEGER NOT NULL,
  attempts        INTEGER NOT NULL DEFAULT 0,
  last_attempt_at INTEGER,
  last_error      TEXT NOT NULL DEFAULT '',
  sent_at         INTEGER
) STRICT;

CREATE TABLE deliveries (
  subscriber TEXT NOT NULL,
  hit        TEXT NOT NULL,
  message    INTEGER NOT NULL REFERENCES outbox,
  PRIMARY KEY (subscriber, hit)
) STRICT, WITHOUT ROWID;
