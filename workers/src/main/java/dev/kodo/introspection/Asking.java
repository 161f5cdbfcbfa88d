package dev.kodo.introspection;

import dev.kodo.model.Answer;
import dev.kodo.model.Question;
import dev.kodo.worker.JobRun;

/** How this feature asks a model. */
interface Asking {
  <A extends Record> Answer<A> ask(JobRun run, Question<A> question);
}
