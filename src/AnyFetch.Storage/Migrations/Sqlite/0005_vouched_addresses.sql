-- Whether an administrator stands for a user's address: documents are opened to addresses that sources name.
ALTER TABLE users ADD COLUMN is_email_vouched INTEGER NOT NULL DEFAULT 1;
