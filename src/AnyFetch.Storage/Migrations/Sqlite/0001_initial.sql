-- Ids are 12 bytes, times are UTC ticks of 100 ns since the year 1, JSON is UTF-8 in a blob.

-- The position of the latest change, and the name that readers check before they trust a saved position.
CREATE TABLE feed (
    name TEXT NOT NULL,
    position INTEGER NOT NULL
) STRICT;
INSERT INTO feed VALUES (lower(hex(randomblob(12))), 0);

CREATE TABLE feed_cursors (
    consumer TEXT PRIMARY KEY,
    position TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- A null for an empty object or list keeps rows short; user_access null means everybody, empty means nobody.
CREATE TABLE documents (
    company BLOB NOT NULL,
    id BLOB NOT NULL,
    provider BLOB NOT NULL,
    identifier_key BLOB NOT NULL,
    identifier_long TEXT,
    type BLOB NOT NULL,
    created_at INTEGER NOT NULL,
    modified_at INTEGER NOT NULL,
    metadata BLOB,
    data BLOB,
    actions BLOB,
    related BLOB,
    user_access BLOB,
    keeps_file INTEGER NOT NULL,
    source_url TEXT,
    file_hash BLOB,
    file_bytes INTEGER,
    hydration BLOB,
    feed_transaction INTEGER NOT NULL,
    feed_sequence INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX documents_id ON documents (id);
CREATE UNIQUE INDEX documents_identifier ON documents (provider, identifier_key);
CREATE UNIQUE INDEX documents_feed ON documents (feed_transaction, feed_sequence);
CREATE INDEX documents_company_feed ON documents (company, feed_transaction, feed_sequence);
CREATE INDEX documents_file ON documents (company, file_hash) WHERE file_hash IS NOT NULL;

-- What the feed says of documents that are gone.
CREATE TABLE tombstones (
    company BLOB NOT NULL,
    id BLOB NOT NULL,
    feed_transaction INTEGER NOT NULL,
    feed_sequence INTEGER NOT NULL,
    PRIMARY KEY (company, id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX tombstones_feed ON tombstones (feed_transaction, feed_sequence);
CREATE INDEX tombstones_company_feed ON tombstones (company, feed_transaction, feed_sequence);

-- Jobs that wait or run. due_at is the time to start, or for a leased job the end of its lease. rank is the
-- priority negated, so that every column of the index ascends.
CREATE TABLE jobs (
    number INTEGER PRIMARY KEY,
    queue TEXT NOT NULL,
    company BLOB NOT NULL,
    name TEXT NOT NULL,
    payload TEXT NOT NULL,
    rank INTEGER NOT NULL,
    due_at INTEGER NOT NULL,
    attempts INTEGER NOT NULL,
    lease INTEGER
) STRICT;
CREATE UNIQUE INDEX jobs_key ON jobs (queue, company, name);
CREATE INDEX jobs_due ON jobs (queue, company, rank, due_at);

CREATE TABLE dead_jobs (
    queue TEXT NOT NULL,
    company BLOB NOT NULL,
    name TEXT NOT NULL,
    payload TEXT NOT NULL,
    rank INTEGER NOT NULL,
    attempts INTEGER NOT NULL,
    reason TEXT NOT NULL,
    died_at INTEGER NOT NULL,
    PRIMARY KEY (queue, company, name)
) STRICT, WITHOUT ROWID;
CREATE INDEX dead_jobs_time ON dead_jobs (queue, died_at);

CREATE TABLE companies (
    id BLOB PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    parent BLOB,
    is_secure INTEGER NOT NULL,
    documents_per_update INTEGER NOT NULL,
    hydraters BLOB NOT NULL,
    last_update INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX companies_parent ON companies (parent);

CREATE TABLE users (
    id BLOB PRIMARY KEY,
    company BLOB NOT NULL,
    email TEXT NOT NULL,
    email_normal TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    is_admin INTEGER NOT NULL,
    password_hash TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX users_company ON users (company);

-- Of secrets only the SHA-256 is known here. is_removed: the token is gone for everybody but the clean-up.
CREATE TABLE access_tokens (
    id BLOB PRIMARY KEY,
    secret_hash BLOB NOT NULL UNIQUE,
    user_id BLOB NOT NULL,
    company BLOB NOT NULL,
    client BLOB,
    is_basic INTEGER NOT NULL,
    protected_secret TEXT,
    scopes INTEGER NOT NULL,
    account_name TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    last_used INTEGER NOT NULL,
    require_refresh INTEGER NOT NULL,
    providing_since INTEGER,
    is_removed INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
CREATE INDEX access_tokens_user ON access_tokens (user_id);
CREATE INDEX access_tokens_company ON access_tokens (company);
CREATE UNIQUE INDEX access_tokens_basic ON access_tokens (user_id) WHERE is_basic = 1 AND is_removed = 0;

CREATE TABLE clients (
    id BLOB PRIMARY KEY,
    secret_hash BLOB,
    name TEXT NOT NULL,
    description TEXT NOT NULL,
    redirect_uri TEXT NOT NULL,
    provider_url TEXT,
    is_oauth_app INTEGER NOT NULL,
    scopes INTEGER NOT NULL,
    is_trusted INTEGER NOT NULL,
    is_featured INTEGER NOT NULL,
    developer BLOB,
    is_public INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

CREATE TABLE authorization_codes (
    code_hash BLOB PRIMARY KEY,
    client BLOB NOT NULL,
    user_id BLOB NOT NULL,
    scopes INTEGER NOT NULL,
    redirect_uri TEXT NOT NULL,
    expires_at INTEGER NOT NULL,
    replaces BLOB,
    spent_on BLOB,
    code_challenge TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX authorization_codes_expiry ON authorization_codes (expires_at);

CREATE TABLE document_types (
    id BLOB PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    description TEXT NOT NULL,
    template_title TEXT NOT NULL,
    template_snippet TEXT NOT NULL,
    template_full TEXT NOT NULL,
    projection_title TEXT NOT NULL,
    projection_snippet TEXT NOT NULL,
    projection_full TEXT NOT NULL,
    mapping BLOB NOT NULL,
    owner BLOB
) STRICT, WITHOUT ROWID;

CREATE TABLE hydraters (
    number INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    url TEXT NOT NULL UNIQUE,
    short_name TEXT NOT NULL,
    description TEXT NOT NULL,
    filters TEXT NOT NULL,
    priority INTEGER NOT NULL,
    excludes BLOB NOT NULL,
    owner BLOB,
    required_data TEXT
) STRICT;

CREATE TABLE locks (
    name TEXT PRIMARY KEY,
    owner TEXT NOT NULL,
    until INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE settings (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
