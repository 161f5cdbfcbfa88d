create table repair (
  repair_id       text primary key,
  engine_id       text not null,
  element_key     bigint not null,
  agent_id        text not null references agent,
  step_key        bigint not null,
  instance_key    bigint not null,
  process_id      text not null,
  element_id      text not null,
  kind            text not null,
  job_key         bigint,
  job_type        text,
  message         text not null,
  state           text not null check (state in ('stuck', 'asked', 'left', 'cancelled', 'gone')),
  decision_id     text,
  attempts        int not null default 0,
  last_attempt_at timestamptz,
  stuck_since     timestamptz not null,
  found_at        timestamptz not null,
  changed_at      timestamptz not null,
  unique (engine_id, element_key)
);
create index repair_open on repair (engine_id, agent_id) where state <> 'gone';
create sequence repair_number;
comment on table repair is 'A step of a process that was found stuck, and what self-repair knows and did about it.';
comment on column repair.step_key is 'Key of the incident, or of the job that nobody takes.';
comment on column repair.state is 'asked: a person was asked. left: nobody answered, so it stays stuck and is not asked about again. gone: it is no longer stuck.';

create table repair_attempt (
  repair_id text not null references repair,
  number    int not null,
  action    text not null,
  decided   text not null check (decided in ('rule', 'person')),
  at        timestamptz not null,
  primary key (repair_id, number)
);

alter table audit_outbox drop constraint audit_outbox_kind_check;
alter table audit_outbox add constraint audit_outbox_kind_check
  check (kind in ('file-change', 'tier-change', 'approval', 'repair'));
