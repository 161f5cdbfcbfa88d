create table model_dialect (
  provider    text not null,
  model       text not null,
  word        text not null,
  finding     text not null check (finding in ('refused', 'ignored')),
  fingerprint text not null,
  learnt_at   timestamptz not null,
  primary key (provider, model, word, finding)
);
comment on table model_dialect is 'What a model is known not to take (refused) or not to keep to (ignored). Holds for one fingerprint, and for 30 days.';
comment on column model_dialect.word is 'Refused: schema-limits, schema, max_tokens or stream_options. Ignored: a keyword of JSON schemas.';

alter table model_call
  add cached_tokens   int,
  add thinking_tokens int,
  add cut             text,
  add schema_level    text;
comment on column model_call.cached_tokens is 'How many of the input tokens the provider''s cache gave; null when nobody said.';
comment on column model_call.thinking_tokens is 'How many of the output tokens were thoughts; null when nobody said.';
comment on column model_call.cut is 'Why the answer ended before its end: bound, time, deadline, stop, line or repetition; null when it is whole.';
comment on column model_call.schema_level is 'Which form of the schema was sent: full, plain (without lengths and bounds) or none.';
