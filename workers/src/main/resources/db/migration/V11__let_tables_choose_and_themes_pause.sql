alter table heartbeat
  add column chosen_by    text check (chosen_by in ('model', 'table', 'only-one')),
  add column choice_fault text,
  add column cut          text,
  add column nothing_kept boolean not null default false;
comment on column heartbeat.chosen_by is 'Who chose the activity: the model, the table choice-without-model, or nobody where only one could be done.';
comment on column heartbeat.choice_fault is 'Why the choice of the model could not be read; null when it could, or nobody was asked.';
comment on column heartbeat.cut is 'Why the piece ends before its end, at its last whole sentence; null for a whole piece.';
comment on column heartbeat.nothing_kept is 'The model said that there was nothing worth keeping.';

alter table theme
  drop constraint theme_state_check,
  add constraint theme_state_check check (state in ('running', 'paused', 'ended')),
  add column paused_at timestamptz;
comment on column theme.paused_at is 'When the theme was last set aside for one of a person; kept after it is taken up again.';
