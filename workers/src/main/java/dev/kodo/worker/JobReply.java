package dev.kodo.worker;

import dev.kodo.process.ErrorCode;
import io.camunda.client.CamundaClient;
import io.camunda.client.api.command.ClientException;
import io.camunda.client.api.response.ActivatedJob;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the engine how a job ended. When the engine cannot be told, nothing is lost: the job times
 * out and is handed out again, and its stored result answers.
 */
final class JobReply {
  private static final Logger LOG = LoggerFactory.getLogger(JobReply.class);
  private static final int LONGEST_MESSAGE = 300;
  private static final Duration FIRST_BACK_OFF = Duration.ofSeconds(1);
  private static final int FIRST_RETRIES = 5;

  private final CamundaClient client;
  private final ActivatedJob job;

  JobReply(CamundaClient client, ActivatedJob job) {
    this.client = client;
    this.job = job;
  }

  void complete(String variables) {
    send(() -> client.newCompleteCommand(job).variables(variables).send().join());
  }

  /** Leaves the job to the delivery that is working on it; the engine hands it out again later. */
  void comeBackAfter(Duration delay) {
    send(() -> client.newUpdateTimeoutCommand(job).timeout(delay).send().join());
  }

  void fail(JobFailure failure) {
    switch (failure.meaning()) {
      case JobFailure.Meaning.Abandon abandon ->
          LOG.info("{} is left alone: {}", job.getType(), failure.reason());
      case JobFailure.Meaning.Throw thrown -> throwError(thrown.code(), failure.reason());
      case JobFailure.Meaning.Postpone postpone ->
          retry(job.getRetries(), postpone.delay(), failure.reason());
      case JobFailure.Meaning.Retry retry -> retryOr(retry, failure.reason());
    }
  }

  private void retryOr(JobFailure.Meaning.Retry meaning, String message) {
    int left = job.getRetries() - 1;
    @Nullable ErrorCode thenThrow = meaning.thenThrow();
    if (left <= 0 && thenThrow != null) {
      throwError(thenThrow, message);
    } else {
      retry(left, longer(backOff(left), meaning.atLeast()), message);
    }
  }

  /** Doubles with each retry used up: 1 s, 2 s, 4 s, 8 s for the usual five. */
  static Duration backOff(int retriesLeft) {
    int used = Math.clamp(FIRST_RETRIES - 1 - retriesLeft, 0, 6);
    return FIRST_BACK_OFF.multipliedBy(1L << used);
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? other : one;
  }

  private void retry(int retries, Duration delay, String message) {
    send(
        () ->
            client
                .newFailCommand(job)
                .retries(Math.max(0, retries))
                .retryBackoff(delay)
                .errorMessage(shorten(message))
                .send()
                .join());
  }

  private void throwError(ErrorCode code, String message) {
    send(
        () ->
            client
                .newThrowErrorCommand(job)
                .errorCode(code.name())
                .errorMessage(shorten(message))
                .variables(Map.of("errorCode", code.name(), "errorMessage", shorten(message)))
                .send()
                .join());
  }

  private void send(Runnable command) {
    try {
      command.run();
    } catch (ClientException engineDidNotTakeIt) {
      LOG.warn(
          "The engine did not take the end of {}: {}",
          job.getType(),
          engineDidNotTakeIt.getMessage());
    }
  }

  static String shorten(String message) {
    return message.length() <= LONGEST_MESSAGE
        ? message
        : message.substring(0, LONGEST_MESSAGE - 1) + "…";
  }
}
