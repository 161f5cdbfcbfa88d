-- Tokens of the input that came from the provider's cache, where it says so.
ALTER TABLE guard.spend ADD COLUMN cached_tokens int CHECK (cached_tokens >= 0);
