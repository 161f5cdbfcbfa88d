create table export_position (
  engine_id    text not null,
  partition_id int not null,
  position     bigint not null,
  exported_at  timestamptz not null,
  primary key (engine_id, partition_id)
);
comment on table export_position is 'How far each partition of an engine is written down here; moved in the transaction that writes the rows.';

create table process_definition (
  engine_id      text not null,
  definition_key bigint not null,
  process_id     text not null,
  version        int not null,
  resource_name  text not null,
  resource       text not null,
  deployed_at    timestamptz not null,
  primary key (engine_id, definition_key)
);
comment on column process_definition.resource is 'The BPMN file as it was deployed.';

create table process_instance (
  engine_id          text not null,
  instance_key       bigint not null,
  process_id         text not null,
  version            int not null,
  definition_key     bigint not null,
  parent_key         bigint,
  parent_element_key bigint,
  agent_id           text,
  state              text not null check (state in ('active', 'completed', 'terminated')),
  started_at         timestamptz not null,
  ended_at           timestamptz,
  primary key (engine_id, instance_key),
  check ((state = 'active') = (ended_at is null))
);
create index process_instance_active on process_instance (engine_id, process_id) where state = 'active';
create index process_instance_parent on process_instance (engine_id, parent_key) where parent_key is not null;
create index process_instance_ended on process_instance (ended_at) where ended_at is not null;
comment on column process_instance.parent_element_key is 'The call activity in the parent that waits for this instance.';
comment on column process_instance.agent_id is 'The variable agentId of the instance; null until it is set.';

create table element_instance (
  engine_id    text not null,
  element_key  bigint not null,
  instance_key bigint not null,
  element_id   text not null,
  element_type text not null,
  entered_at   timestamptz not null,
  primary key (engine_id, element_key)
);
create index element_instance_by_instance on element_instance (engine_id, instance_key);
comment on table element_instance is 'Where the tokens are: only what is active now.';

create table element_count (
  engine_id    text not null,
  instance_key bigint not null,
  element_id   text not null,
  completed    bigint not null,
  primary key (engine_id, instance_key, element_id)
);

create table job (
  engine_id     text not null,
  job_key       bigint not null,
  instance_key  bigint not null,
  element_key   bigint not null,
  process_id    text not null,
  element_id    text not null,
  job_type      text not null,
  state         text not null check (state in ('created', 'activated', 'failed', 'timed-out', 'error-thrown')),
  retries       int not null,
  worker        text,
  deadline      timestamptz,
  backoff_until timestamptz,
  error_code    text,
  error_message text,
  created_at    timestamptz not null,
  changed_at    timestamptz not null,
  primary key (engine_id, job_key)
);
create index job_by_instance on job (engine_id, instance_key);
comment on table job is 'Only jobs that are still to be done.';
comment on column job.deadline is 'When the engine takes the job back from its worker; null while no worker has it.';

create table incident (
  engine_id     text not null,
  incident_key  bigint not null,
  instance_key  bigint not null,
  element_key   bigint not null,
  process_id    text not null,
  element_id    text not null,
  incident_type text not null,
  message       text not null,
  job_key       bigint,
  job_type      text,
  created_at    timestamptz not null,
  resolved_at   timestamptz,
  primary key (engine_id, incident_key)
);
create index incident_open on incident (engine_id, created_at) where resolved_at is null;
create index incident_by_instance on incident (engine_id, instance_key);
