package dev.kodo.kernel.budget;

import dev.kodo.kernel.books.KeptBooks;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** The reservation could not be made durable, so the call must not be made. */
public final class LedgerUnavailable extends Exception {
  private static final long serialVersionUID = 1L;

  public LedgerUnavailable(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /** Whether another kernel keeps the books now, so that no later attempt can succeed. */
  public boolean isForGood() {
    return getCause() instanceof SQLException refused && KeptBooks.isOutdated(refused);
  }
}
