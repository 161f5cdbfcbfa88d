create table agent (
  agent_id      text primary key,
  state         text not null check (state in ('running', 'stopped-for-review', 'stopped', 'retired')),
  streak_since  bigint not null default 0,
  created_at    timestamptz not null
);
comment on column agent.streak_since is 'Beats up to this closing number no longer count for the same error in a row.';

create table theme (
  agent_id     text not null references agent,
  theme_id     text not null,
  name         text not null,
  title        text not null,
  folder       text not null,
  source       text not null check (source in ('themebox', 'own')),
  source_file  text not null,
  brief        text not null,
  state        text not null check (state in ('running', 'ended')),
  started_at   timestamptz not null,
  theme_end_id text,
  ended_at     timestamptz,
  primary key (agent_id, theme_id)
);
create unique index theme_one_running on theme (agent_id) where state = 'running';
comment on column theme.theme_id is 'THEME_START_ID: the id of the heartbeat that started the theme; fixed for its life.';
comment on column theme.theme_end_id is 'THEME_END_ID: the id of the heartbeat that ended the theme.';

create table heartbeat (
  agent_id             text not null references agent,
  heartbeat_id         text not null,
  process_instance_key bigint not null,
  mode                 text not null check (mode in ('normal', 'recovery')),
  triggered_by         text not null,
  state                text not null check (state in ('open', 'closed', 'failed', 'incomplete', 'cut-short', 'crashed')),
  theme_id             text,
  activity             text,
  reason               text,
  promised_artifact    text,
  summary              text,
  log_path             text,
  error_code           text,
  error_message        text,
  opened_at            timestamptz not null,
  closed_at            timestamptz,
  closing_number       bigint unique,
  primary key (agent_id, heartbeat_id)
);
create unique index heartbeat_one_open on heartbeat (agent_id) where state = 'open';
create sequence heartbeat_closing_number;
comment on column heartbeat.closing_number is 'Order in which beats ended, over all agents; a cursor for readers.';
comment on column heartbeat.promised_artifact is 'Path in the workspace that the activity says it has written.';

create table effect (
  engine_id            text not null,
  element_instance_key bigint not null,
  step                 text not null,
  agent_id             text not null,
  state                text not null check (state in ('started', 'done', 'unknown')),
  owner                uuid not null,
  lease_until          timestamptz not null,
  result               jsonb,
  started_at           timestamptz not null,
  finished_at          timestamptz,
  primary key (engine_id, element_instance_key, step)
);
comment on table effect is 'Write-ahead record: one row per effect of an element instance, committed before an outside call.';

create table model_call (
  call_id       text primary key,
  agent_id      text not null,
  heartbeat_id  text not null,
  purpose       text not null,
  provider      text not null,
  model         text not null,
  rehearsal     boolean not null,
  state         text not null check (state in ('answered', 'repaired', 'invalid', 'refused', 'unknown')),
  input_tokens  int not null default 0,
  output_tokens int not null default 0,
  cost_usd      numeric(18, 9),
  cost_basis    text,
  duration_ms   bigint not null,
  finished_at   timestamptz not null
);
comment on column model_call.cost_basis is 'How the guard knows the cost: reported, estimated, worst-case, flat, ceiling or free.';
create index model_call_by_heartbeat on model_call (agent_id, heartbeat_id);

create table introspection (
  agent_id     text not null references agent,
  heartbeat_id text not null,
  evidence     jsonb not null,
  evaluation   jsonb,
  created_at   timestamptz not null,
  primary key (agent_id, heartbeat_id)
);

create table decision (
  decision_id  text primary key,
  agent_id     text not null references agent,
  kind         text not null,
  question     text not null,
  detail       text not null,
  content_hash text not null,
  state        text not null check (state in ('open', 'approved', 'rejected', 'overdue', 'stale')),
  answered_by  text,
  answered_via text,
  comment      text,
  created_at   timestamptz not null,
  due_at       timestamptz not null,
  answered_at  timestamptz
);

comment on column decision.state is 'stale: nobody waited for the answer any more.';
comment on column decision.answered_at is 'Set while the state is still open when the engine has taken an answer that is not recorded yet.';

create sequence decision_number;

create table deployed_resource (
  engine_id   text not null,
  resource    text not null,
  sha256      text not null,
  version     int not null,
  deployed_at timestamptz not null,
  primary key (engine_id, resource, deployed_at)
);
comment on table deployed_resource is 'What Kodo itself deployed; a diagram that somebody deployed from Modeler is not in it.';

create table survival (
  agent_id          text primary key references agent,
  tier              text not null,
  model_class       text not null,
  severity          int not null,
  needs_help        boolean not null default false,
  tier_number       bigint not null,
  since             timestamptz not null,
  share             numeric,
  spent_usd         numeric,
  cap_usd           numeric,
  cap_of            text check (cap_of in ('agent', 'day')),
  day               text,
  day_ends_at       timestamptz,
  measured_at       timestamptz,
  unmeasured_since  timestamptz,
  unmeasured_reason text,
  told_number       bigint not null default 0,
  asked_number      bigint not null default 0
);
comment on table survival is 'The tier that each agent lives in, and the measurement behind it.';
comment on column survival.tier_number is 'Number of the last change of the tier; it only grows, so that an older change is told from a newer one.';
comment on column survival.told_number is 'The last change that was told to running beats.';
comment on column survival.asked_number is 'The last change after which the owner was asked for more money.';

create table survival_change (
  agent_id      text not null references agent,
  tier_number   bigint not null,
  previous_tier text not null,
  tier          text not null,
  share         numeric,
  changed_at    timestamptz not null,
  primary key (agent_id, tier_number)
);

create table survival_alert (
  agent_id  text not null references agent,
  day       text not null,
  percent   int not null,
  raised_at timestamptz not null,
  primary key (agent_id, day, percent)
);

create table notice (
  notice_id            text primary key,
  agent_id             text not null references agent,
  kind                 text not null check (kind in ('sos', 'alert', 'review', 'spend-more')),
  subject              text not null,
  body                 text not null,
  created_at           timestamptz not null,
  process_instance_key bigint
);
create index notice_by_agent on notice (agent_id, created_at);
comment on table notice is 'What the owner is told. The id names the occasion, so that one occasion makes one notice.';
comment on column notice.process_instance_key is 'The instance of sos that delivers it; no other one does.';

create table notice_delivery (
  notice_id  text not null references notice,
  channel    text not null,
  state      text not null check (state in ('waiting', 'delivered', 'failed')),
  attempts   int not null,
  last_error text,
  changed_at timestamptz not null,
  primary key (notice_id, channel)
);
