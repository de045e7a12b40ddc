-- The keys of a document whose change makes a hydrater that is done run again.
ALTER TABLE hydraters ADD COLUMN rerun_on BLOB;
