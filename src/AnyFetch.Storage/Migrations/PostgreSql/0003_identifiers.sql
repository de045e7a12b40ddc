-- A user who moves to another company keeps their tokens but not the documents: the same name may stand in both companies.
DROP INDEX documents_identifier;
CREATE UNIQUE INDEX documents_identifier ON documents (provider, identifier_key, company);
