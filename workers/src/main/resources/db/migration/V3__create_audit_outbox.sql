create table audit_outbox (
  entry_number bigint generated always as identity primary key,
  agent_id     text not null,
  heartbeat_id text,
  kind         text not null check (kind in ('file-change', 'tier-change', 'approval')),
  subject      text not null,
  outcome      text not null,
  detail       jsonb not null,
  occasion     text not null unique,
  created_at   timestamptz not null,
  refused      text
);
comment on table audit_outbox is 'What the body still has to tell the kernel''s audit log. A row leaves when the guard has entered it.';
comment on column audit_outbox.occasion is 'Names what happened, so that one happening makes one row.';
comment on column audit_outbox.refused is 'Why the guard does not take this row; it is kept for a person.';
