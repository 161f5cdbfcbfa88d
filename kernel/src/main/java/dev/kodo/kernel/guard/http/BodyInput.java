package dev.kodo.kernel.guard.http;

import java.io.InputStream;

/** A body that says itself where it ends; another message may come after it. */
abstract class BodyInput extends InputStream {
  /** Whether it was read to its end. */
  abstract boolean isAtEnd();
}
