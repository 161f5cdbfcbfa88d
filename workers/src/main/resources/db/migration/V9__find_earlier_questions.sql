-- Questions that were asked before their process instances were kept with them: the effect of the job that asked knows both.
update repair r set question_key = e.process_instance_key
from effect e
where r.state = 'asked' and r.question_key is null
  and e.engine_id = r.engine_id and e.job_type = 'repair-ask' and e.state = 'done'
  and e.result ->> 'decisionId' = r.decision_id;
