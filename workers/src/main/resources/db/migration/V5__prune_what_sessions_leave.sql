alter table effect
  add column process_instance_key bigint,
  add column job_type             text;
comment on column effect.job_type is 'With the process instance it tells a row of another engine that counted to the same key.';
create index effect_by_agent on effect (agent_id);

create table pruning (
  agent_id  text primary key references agent,
  pruned_at timestamptz not null,
  effects   bigint not null,
  records   bigint not null
);
comment on table pruning is 'What was removed of each agent since its beginning, and when for the last time.';
