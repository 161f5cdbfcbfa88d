-- Limits that a caller stated for its heartbeat; the lowest binds all its calls, also after a restart.
ALTER TABLE guard.spend
  ADD COLUMN stated_usd numeric(18, 9) CHECK (stated_usd >= 0),
  ADD COLUMN stated_calls int CHECK (stated_calls >= 0);
