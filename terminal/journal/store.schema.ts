export const schemaVersion = 1

/** The triggers keep law 8 below all code: entries are only ever added at the end and removed from the front. */
export const schema = `
CREATE TABLE marks (
  only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
  incarnation TEXT NOT NULL,
  boot INTEGER NOT NULL,
  running INTEGER NOT NULL,
  acknowledged INTEGER NOT NULL,
  base_seq INTEGER NOT NULL,
  base_hash BLOB NOT NULL
) STRICT;
CREATE TABLE entries (
  seq INTEGER PRIMARY KEY,
  bytes BLOB NOT NULL,
  hash BLOB NOT NULL,
  running INTEGER NOT NULL
) STRICT;
CREATE TRIGGER entries_have_no_gap BEFORE INSERT ON entries
WHEN NEW.seq <> 1 + coalesce((SELECT max(seq) FROM entries), (SELECT base_seq FROM marks))
BEGIN SELECT RAISE(ABORT, 'law 8: gap'); END;
CREATE TRIGGER entries_never_change BEFORE UPDATE ON entries
BEGIN SELECT RAISE(ABORT, 'law 8: change'); END;
CREATE TRIGGER entries_leave_from_the_front BEFORE DELETE ON entries
WHEN OLD.seq > (SELECT base_seq FROM marks)
BEGIN SELECT RAISE(ABORT, 'law 8: hole'); END;
CREATE TABLE private_parts (seq INTEGER PRIMARY KEY, blind BLOB NOT NULL, blob BLOB NOT NULL) STRICT;
CREATE TABLE heads (seq INTEGER PRIMARY KEY, hash BLOB NOT NULL, signature BLOB NOT NULL) STRICT;
CREATE TABLE seen_orders (id TEXT PRIMARY KEY, outcome BLOB NOT NULL, seen_at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE INDEX seen_orders_by_age ON seen_orders (seen_at);
CREATE TABLE kept (name TEXT PRIMARY KEY, bytes BLOB NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE snapshot (only_row INTEGER PRIMARY KEY CHECK (only_row = 1), seq INTEGER NOT NULL, state BLOB NOT NULL) STRICT;
PRAGMA user_version = ${schemaVersion};
`
