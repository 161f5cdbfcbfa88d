alter table repair add column question_key bigint;
comment on column repair.question_key is 'The process instance in which the question waits. When it is gone, so is the question.';

alter table repair_attempt
  drop constraint repair_attempt_repair_id_fkey,
  add constraint repair_attempt_repair_id_fkey foreign key (repair_id) references repair on delete cascade;
create index repair_by_age on repair (agent_id, changed_at);
