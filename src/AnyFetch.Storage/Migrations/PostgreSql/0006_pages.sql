-- How far each provider is by its pages: where it goes on, and what it could not read (JSON).
CREATE TABLE provider_states (
    provider BYTEA PRIMARY KEY,
    company BYTEA NOT NULL,
    pages BIGINT NOT NULL,
    checkpoint TEXT,
    failures TEXT NOT NULL,
    updated_at BIGINT NOT NULL
);

-- What the last pages of each provider did: one that comes again gets the same answer and changes nothing.
CREATE TABLE provider_pages (
    provider BYTEA NOT NULL,
    number BIGINT NOT NULL,
    page_key TEXT NOT NULL,
    digest BYTEA NOT NULL,
    created BIGINT NOT NULL,
    updated BIGINT NOT NULL,
    deleted BIGINT NOT NULL,
    missing BIGINT NOT NULL,
    failures BIGINT NOT NULL,
    PRIMARY KEY (provider, number)
);
CREATE UNIQUE INDEX provider_pages_key ON provider_pages (provider, page_key);
