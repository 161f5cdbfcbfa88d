create table routine (
  agent_id text not null references agent,
  name     text not null,
  starts   text not null,
  next_due timestamptz,
  last_due timestamptz,
  pending  text,
  seen     text,
  primary key (agent_id, name)
);
comment on table routine is 'What is kept about the routines that stand in routines.yml; the file says what they are.';
comment on column routine.starts is 'The trigger that the other columns are about; another one in the file begins anew.';
comment on column routine.pending is 'Why the routine is to run, from an event until its run begins.';
comment on column routine.seen is 'How far events were looked at: a number, an id, or the paths of files.';

create table routine_run (
  agent_id             text not null references agent,
  run_id               text not null,
  routine              text not null,
  started_by           text not null,
  process_id           text,
  instruction          text,
  cap_usd              numeric(18, 9) not null,
  cap_calls            int not null,
  time_limit           text not null,
  process_instance_key bigint not null,
  started_at           timestamptz not null,
  ended_at             timestamptz,
  outcome              text not null
    check (outcome in ('running', 'done', 'limit-reached', 'time-is-up', 'failed', 'stopped')),
  error_code           text,
  error_message        text,
  spend_usd            numeric(18, 9),
  calls                int not null default 0,
  artifact             text,
  primary key (agent_id, run_id),
  check ((outcome = 'running') = (ended_at is null))
);
create unique index routine_run_one_at_a_time on routine_run (agent_id, routine) where outcome = 'running';
create index routine_run_by_time on routine_run (agent_id, routine, started_at);
comment on column routine_run.cap_usd is 'US dollars that the guard lets this run spend at most.';
comment on column routine_run.process_instance_key is 'The scheduler that started the run; without it nobody ends the run.';
comment on column routine_run.spend_usd is 'Null when the price of any call is unknown.';
