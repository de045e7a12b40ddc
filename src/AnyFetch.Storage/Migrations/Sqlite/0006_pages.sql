-- How far each provider is by its pages: where it goes on, and what it could not read (JSON).
CREATE TABLE provider_states (
    provider BLOB PRIMARY KEY,
    company BLOB NOT NULL,
    pages INTEGER NOT NULL,
    checkpoint TEXT,
    failures TEXT NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What the last pages of each provider did: one that comes again gets the same answer and changes nothing.
CREATE TABLE provider_pages (
    provider BLOB NOT NULL,
    number INTEGER NOT NULL,
    page_key TEXT NOT NULL,
    digest BLOB NOT NULL,
    created INTEGER NOT NULL,
    updated INTEGER NOT NULL,
    deleted INTEGER NOT NULL,
    missing INTEGER NOT NULL,
    failures INTEGER NOT NULL,
    PRIMARY KEY (provider, number)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX provider_pages_key ON provider_pages (provider, page_key);
