create table beat_waiting (
  agent_id text primary key references agent,
  since    timestamptz not null,
  asked_at timestamptz not null
);
comment on table beat_waiting is 'Agents whose beat did not open because the budget left holds no further one; gone with their next beat.';
comment on column beat_waiting.asked_at is 'When the agent asked last; one that asks no more gives its turn away.';

-- Who has had no beat for the longest time.
create index heartbeat_by_opening on heartbeat (agent_id, opened_at);
