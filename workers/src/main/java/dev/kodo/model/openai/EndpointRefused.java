package dev.kodo.model.openai;

import org.jspecify.annotations.Nullable;

/** The request certainly had no effect: no connection, or an HTTP error status. */
public final class EndpointRefused extends RuntimeException {
  /** 0 when there was no response. */
  private final int status;

  /** Start of the response, without the key. */
  private final String detail;

  EndpointRefused(int status, String detail, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.status = status;
    this.detail = detail;
  }

  public int status() {
    return status;
  }

  boolean mentions(String word) {
    return (status == 400 || status == 422) && detail.contains(word);
  }
}
