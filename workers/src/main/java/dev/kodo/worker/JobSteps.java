package dev.kodo.worker;

import java.util.List;

/** Implemented by the {@code …Worker} class of a feature: the job types that it serves. */
public interface JobSteps {
  List<JobStep<?, ?>> steps();
}
