-- The same tables as in SQLite. Ids are 12 bytes, times are UTC ticks of 100 ns since the year 1, JSON is UTF-8 bytes.

-- The name that readers check before they trust a saved position. Positions are made of transaction ids, which start
-- again in another cluster: cluster is where they were made.
CREATE TABLE feed (
    name TEXT NOT NULL,
    cluster TEXT NOT NULL
);
INSERT INTO feed
SELECT replace(gen_random_uuid()::text, '-', ''), system_identifier::text FROM pg_control_system();

CREATE TABLE feed_cursors (
    consumer TEXT PRIMARY KEY,
    position TEXT NOT NULL
);

-- A null for an empty object or list keeps rows short; user_access null means everybody, empty means nobody.
CREATE TABLE documents (
    company BYTEA NOT NULL,
    id BYTEA NOT NULL,
    provider BYTEA NOT NULL,
    identifier_key BYTEA NOT NULL,
    identifier_long TEXT,
    type BYTEA NOT NULL,
    created_at BIGINT NOT NULL,
    modified_at BIGINT NOT NULL,
    metadata BYTEA,
    data BYTEA,
    actions BYTEA,
    related BYTEA,
    user_access BYTEA,
    keeps_file BIGINT NOT NULL,
    source_url TEXT,
    file_hash BYTEA,
    file_bytes BIGINT,
    hydration BYTEA,
    feed_transaction BIGINT NOT NULL,
    feed_sequence BIGINT NOT NULL
);
CREATE UNIQUE INDEX documents_id ON documents (id);
CREATE UNIQUE INDEX documents_identifier ON documents (provider, identifier_key);
CREATE UNIQUE INDEX documents_feed ON documents (feed_transaction, feed_sequence);
CREATE INDEX documents_company_feed ON documents (company, feed_transaction, feed_sequence);
CREATE INDEX documents_file ON documents (company, file_hash) WHERE file_hash IS NOT NULL;

-- What the feed says of documents that are gone.
CREATE TABLE tombstones (
    company BYTEA NOT NULL,
    id BYTEA NOT NULL,
    feed_transaction BIGINT NOT NULL,
    feed_sequence BIGINT NOT NULL,
    PRIMARY KEY (company, id)
);
CREATE UNIQUE INDEX tombstones_feed ON tombstones (feed_transaction, feed_sequence);
CREATE INDEX tombstones_company_feed ON tombstones (company, feed_transaction, feed_sequence);

-- Jobs that wait or run. due_at is the time to start, or for a leased job the end of its lease. rank is the
-- priority negated, so that every column of the index ascends.
CREATE TABLE jobs (
    number BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    queue TEXT NOT NULL,
    company BYTEA NOT NULL,
    name TEXT NOT NULL,
    payload TEXT NOT NULL,
    rank BIGINT NOT NULL,
    due_at BIGINT NOT NULL,
    attempts BIGINT NOT NULL,
    lease BIGINT
);
CREATE UNIQUE INDEX jobs_key ON jobs (queue, company, name);
CREATE INDEX jobs_due ON jobs (queue, company, rank, due_at);

CREATE TABLE dead_jobs (
    queue TEXT NOT NULL,
    company BYTEA NOT NULL,
    name TEXT NOT NULL,
    payload TEXT NOT NULL,
    rank BIGINT NOT NULL,
    attempts BIGINT NOT NULL,
    reason TEXT NOT NULL,
    died_at BIGINT NOT NULL,
    PRIMARY KEY (queue, company, name)
);
CREATE INDEX dead_jobs_time ON dead_jobs (queue, died_at);

CREATE TABLE companies (
    id BYTEA PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    parent BYTEA,
    is_secure BIGINT NOT NULL,
    documents_per_update BIGINT NOT NULL,
    hydraters BYTEA NOT NULL,
    last_update BIGINT
);
CREATE INDEX companies_parent ON companies (parent);

CREATE TABLE users (
    id BYTEA PRIMARY KEY,
    company BYTEA NOT NULL,
    email TEXT NOT NULL,
    email_normal TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    is_admin BIGINT NOT NULL,
    password_hash TEXT NOT NULL
);
CREATE INDEX users_company ON users (company);

-- Of secrets only the SHA-256 is known here. is_removed: the token is gone for everybody but the clean-up.
CREATE TABLE access_tokens (
    id BYTEA PRIMARY KEY,
    secret_hash BYTEA NOT NULL UNIQUE,
    user_id BYTEA NOT NULL,
    company BYTEA NOT NULL,
    client BYTEA,
    is_basic BIGINT NOT NULL,
    protected_secret TEXT,
    scopes BIGINT NOT NULL,
    account_name TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    last_used BIGINT NOT NULL,
    require_refresh BIGINT NOT NULL,
    providing_since BIGINT,
    is_removed BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX access_tokens_user ON access_tokens (user_id);
CREATE INDEX access_tokens_company ON access_tokens (company);
CREATE UNIQUE INDEX access_tokens_basic ON access_tokens (user_id) WHERE is_basic = 1 AND is_removed = 0;

CREATE TABLE clients (
    id BYTEA PRIMARY KEY,
    secret_hash BYTEA,
    name TEXT NOT NULL,
    description TEXT NOT NULL,
    redirect_uri TEXT NOT NULL,
    provider_url TEXT,
    is_oauth_app BIGINT NOT NULL,
    scopes BIGINT NOT NULL,
    is_trusted BIGINT NOT NULL,
    is_featured BIGINT NOT NULL,
    developer BYTEA,
    is_public BIGINT NOT NULL DEFAULT 0
);

CREATE TABLE authorization_codes (
    code_hash BYTEA PRIMARY KEY,
    client BYTEA NOT NULL,
    user_id BYTEA NOT NULL,
    scopes BIGINT NOT NULL,
    redirect_uri TEXT NOT NULL,
    expires_at BIGINT NOT NULL,
    replaces BYTEA,
    spent_on BYTEA,
    code_challenge TEXT
);
CREATE INDEX authorization_codes_expiry ON authorization_codes (expires_at);

CREATE TABLE document_types (
    id BYTEA PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    description TEXT NOT NULL,
    template_title TEXT NOT NULL,
    template_snippet TEXT NOT NULL,
    template_full TEXT NOT NULL,
    projection_title TEXT NOT NULL,
    projection_snippet TEXT NOT NULL,
    projection_full TEXT NOT NULL,
    mapping BYTEA NOT NULL,
    owner BYTEA
);

CREATE TABLE hydraters (
    number BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id BYTEA NOT NULL UNIQUE,
    url TEXT NOT NULL UNIQUE,
    short_name TEXT NOT NULL,
    description TEXT NOT NULL,
    filters TEXT NOT NULL,
    priority BIGINT NOT NULL,
    excludes BYTEA NOT NULL,
    owner BYTEA,
    required_data TEXT
);

CREATE TABLE locks (
    name TEXT PRIMARY KEY,
    owner TEXT NOT NULL,
    until BIGINT NOT NULL
);

CREATE TABLE settings (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
);
