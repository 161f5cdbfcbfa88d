-- One row for every call that wanted to spend: written before the call is forwarded, closed once.
CREATE TABLE guard.spend (
  reservation_id uuid PRIMARY KEY,
  call_id        text NOT NULL,
  agent_id       text NOT NULL,
  heartbeat_id   text,
  process_id     text,
  element_id     text,
  purpose        text,
  provider       text NOT NULL,
  model          text NOT NULL,
  window_day     date NOT NULL,
  window_hour    timestamptz NOT NULL,
  reserved_usd   numeric(18, 9) NOT NULL CHECK (reserved_usd >= 0),
  state          text NOT NULL CHECK (state IN ('reserved', 'settled', 'released')),
  settled_usd    numeric(18, 9) CHECK (settled_usd >= 0),
  basis          text,
  input_tokens   int,
  output_tokens  int,
  price_known    boolean NOT NULL,
  reserved_at    timestamptz NOT NULL,
  settled_at     timestamptz,
  CHECK ((state = 'settled') = (settled_usd IS NOT NULL)),
  CHECK ((state = 'settled') = (basis IS NOT NULL)),
  CHECK ((state = 'reserved') = (settled_at IS NULL))
);

-- Days and times grow with the rows, so small summaries do; every index is paid for before each call.
CREATE INDEX spend_by_day ON guard.spend USING brin (window_day);
CREATE INDEX spend_by_time ON guard.spend USING brin (reserved_at);
CREATE INDEX spend_by_heartbeat ON guard.spend (agent_id, heartbeat_id);
CREATE INDEX spend_open ON guard.spend (reserved_at) WHERE state = 'reserved';

-- The latest moment that the guard ever saw: a clock that steps back opens no window again.
CREATE TABLE guard.window_mark (
  name text PRIMARY KEY,
  at   timestamptz NOT NULL
);
