-- The same law in fewer bytes. The tables ending in _2 hold what convert.cpp writes anew before it
-- drops them, in the transaction of this migration.

DROP INDEX transitions_by_date;
DROP INDEX changes_by_transition;
DROP INDEX changes_by_unit;
DROP INDEX changes_by_was_unit;
ALTER TABLE transitions RENAME TO transitions_2;
ALTER TABLE changes RENAME TO changes_2;
ALTER TABLE hits RENAME TO hits_2;

-- A row holds all changes and hits between two dates, so that they share their words; `changes` and
-- `hits` count them, `units` are those that they name. before_body and after_body are the answers
-- the dates were read from, where their digests are the sides'; the keyframe of the latter, with the
-- first `samples` of the samples, is the `dictionary` of `data` (transitions_internal.hpp,
-- transition_pack_internal.hpp, dictionary_internal.hpp).
CREATE TABLE transitions (
  id          INTEGER PRIMARY KEY,
  title       INTEGER NOT NULL,
  part        TEXT NOT NULL,
  before_date INTEGER NOT NULL,
  after_date  INTEGER NOT NULL,
  changes     INTEGER NOT NULL,
  hits        INTEGER NOT NULL,
  units       BLOB NOT NULL,
  before_body INTEGER REFERENCES raw_bodies,
  after_body  INTEGER REFERENCES raw_bodies,
  dictionary  INTEGER REFERENCES raw_bodies,
  samples     INTEGER NOT NULL,
  size        INTEGER NOT NULL,
  data        BLOB NOT NULL,
  UNIQUE (title, part, before_date, after_date)
) STRICT;

CREATE TABLE transition_samples (
  id   INTEGER PRIMARY KEY,
  size INTEGER NOT NULL,
  data BLOB NOT NULL
) STRICT;

CREATE INDEX transitions_by_date ON transitions (after_date);

-- The raw body that holds the words of a text without a base.
ALTER TABLE nodes ADD COLUMN dictionary INTEGER;

-- The search index is filled again when the archive has been migrated. Its rows from `first` on, at
-- most `room` of them, are places of the unit (search_places_internal.hpp).
DROP TABLE search_rows;
DROP TABLE search_units;
DELETE FROM search_documents;
INSERT INTO search_words (search_words) VALUES ('delete-all');
INSERT INTO search_codes (search_codes) VALUES ('delete-all');

CREATE TABLE search_units (
  unit       INTEGER PRIMARY KEY REFERENCES units,
  content    INTEGER NOT NULL,
  digest     BLOB NOT NULL,
  first      INTEGER NOT NULL UNIQUE,
  room       INTEGER NOT NULL,
  dictionary INTEGER REFERENCES raw_bodies,
  size       INTEGER NOT NULL,
  places     BLOB NOT NULL
) STRICT;

-- Rows that come newest first fill half of each page of a table without rowid.
ALTER TABLE snapshots RENAME TO snapshots_2;

CREATE TABLE snapshots (
  title      INTEGER NOT NULL,
  part       TEXT NOT NULL,
  issue_date INTEGER NOT NULL,
  seen       INTEGER NOT NULL,
  units      BLOB NOT NULL,
  PRIMARY KEY (title, part, issue_date)
) STRICT;

INSERT INTO snapshots (title, part, issue_date, seen, units)
  SELECT title, part, issue_date, seen, units FROM snapshots_2;
DROP TABLE snapshots_2;

-- Half the hash finds an equal text as well: what it finds is compared.
UPDATE nodes SET identity = identity & 0x7fffffff;

-- Urls of a source differ in a few characters, and an index on them repeats them all.
DROP INDEX raw_records_by_url;
ALTER TABLE raw_records ADD COLUMN url_key INTEGER NOT NULL DEFAULT 0;
CREATE INDEX raw_records_by_url ON raw_records (url_key);
