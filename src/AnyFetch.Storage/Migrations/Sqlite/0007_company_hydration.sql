-- What a company says about how its documents are hydrated (JSON); NULL when it says nothing.
ALTER TABLE companies ADD COLUMN hydration TEXT;
