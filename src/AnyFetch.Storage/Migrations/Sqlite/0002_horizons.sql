-- Deletions are remembered for a while and then forgotten; those from before this step count from now.
ALTER TABLE tombstones ADD COLUMN deleted_at INTEGER NOT NULL DEFAULT 0;
UPDATE tombstones SET deleted_at = unixepoch() * 10000000 + 621355968000000000;

-- The latest deletion that is forgotten, by company: a reader that stopped before it may have missed it.
CREATE TABLE feed_horizons (
    company BLOB PRIMARY KEY,
    feed_transaction INTEGER NOT NULL,
    feed_sequence INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX feed_horizons_feed ON feed_horizons (feed_transaction, feed_sequence);

CREATE INDEX dead_jobs_died ON dead_jobs (died_at);
