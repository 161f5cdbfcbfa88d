package dev.kodo.model.http;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An endpoint did not do what it was asked: no connection, or an HTTP error status. What that means
 * for the effect of the request is for the caller to judge by {@link #guardCode}.
 */
public final class EndpointRefused extends RuntimeException {
  private static final Set<Integer> OF_OTHER_THINGS = Set.of(401, 402, 403, 408, 413, 429);

  private final int status;
  private final transient ResponseHead head;
  private final String detail;

  EndpointRefused(
      int status, ResponseHead head, String detail, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.status = status;
    this.head = head;
    this.detail = detail;
  }

  /** 0 when there was no response. */
  public int status() {
    return status;
  }

  /** Start of the response, without the token. */
  public String detail() {
    return detail;
  }

  /** Code of the guard's own refusal; empty when the provider refused, or nobody answered. */
  public Optional<String> guardCode() {
    return head.first("Kodo-Guard");
  }

  /** The header {@code Retry-After} as it was sent. */
  public Optional<String> retryAfter() {
    return head.first("Retry-After");
  }

  /** What the refusal cost nevertheless; empty when nothing is said. */
  public Optional<Cost> cost() {
    return Cost.from(head);
  }

  /**
   * Whether the provider may have refused the form of the request: an error of the caller, or 500,
   * which some servers answer to a schema that they cannot read; but not where it speaks of keys,
   * money, time, size or pace.
   */
  public boolean mayBeAboutTheForm() {
    return guardCode().isEmpty()
        && ((status >= 400 && status < 500 && !OF_OTHER_THINGS.contains(status)) || status == 500);
  }

  /** Whether the provider complains about this word of its protocol. */
  public boolean mentions(String word) {
    return (status == 400 || status == 422)
        && guardCode().isEmpty()
        && Pattern.compile("\\b" + Pattern.quote(word) + "\\b").matcher(detail).find();
  }
}
