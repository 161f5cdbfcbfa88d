create table audit_entry (
  seq           bigint primary key check (seq > 0),
  at            timestamptz not null,
  actor         text not null,
  kind          text not null,
  agent_id      text,
  heartbeat_id  text,
  subject       text not null,
  outcome       text not null,
  digest        bytea,
  detail        text not null,
  previous_hash bytea not null check (octet_length(previous_hash) = 32),
  hash          bytea not null check (octet_length(hash) = 32)
);
comment on table audit_entry is 'What was done and by whom. Each row holds the hash of the row before; docs/audit.md describes it.';
create index audit_entry_at on audit_entry using brin (at);
create index audit_entry_panic on audit_entry (seq) where kind in ('panic', 'resume');

create table audit_checkpoint (
  first_seq    bigint not null,
  last_seq     bigint primary key check (last_seq >= first_seq),
  merkle_root  bytea not null check (octet_length(merkle_root) = 32),
  hash_of_last bytea not null check (octet_length(hash_of_last) = 32),
  at           timestamptz not null,
  signature    bytea not null
);
comment on table audit_checkpoint is 'Signed summaries of runs of entries, also kept in a file outside the database.';

-- The owner of the tables could still change them; this keeps a slip of the pen from doing so.
create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'Expected % to be only appended to, but this is %', tg_table_name, tg_op;
end
$$;
create trigger only_append before update or delete or truncate on audit_entry
  for each statement execute function refuse_change();
create trigger only_append before update or delete or truncate on audit_checkpoint
  for each statement execute function refuse_change();
