-- The kernel that keeps the books. Each that opens them writes a new name here; whoever kept them before is refused from
-- then on. A lock alone would not do: it ends with its connection, and the kernel that had it may not know.
create table keeper (
  one   boolean primary key default true check (one),
  name  uuid not null,
  since timestamptz not null default now()
);
comment on table keeper is 'Which kernel keeps the books now. No other writes to them.';

-- Holds the name until the transaction ends: what it wrote is there before the next keeper looks.
create function require_keeper() returns trigger language plpgsql as $$
begin
  perform 1 from guard.keeper
    where name::text = current_setting('kodo.keeper', true) for share;
  if not found then
    raise exception 'Expected to keep the books of this database, but another kernel keeps them now'
      using errcode = 'KB001';
  end if;
  return null;
end
$$;
create trigger kept before insert or update or delete on spend
  for each statement execute function require_keeper();
create trigger kept before insert or update or delete on window_mark
  for each statement execute function require_keeper();
create trigger kept before insert on audit_entry
  for each statement execute function require_keeper();
create trigger kept before insert on audit_checkpoint
  for each statement execute function require_keeper();
