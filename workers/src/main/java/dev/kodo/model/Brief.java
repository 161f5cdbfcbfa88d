package dev.kodo.model;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A short text on one line. A longer one is shortened at its last whole sentence or word. */
@Target(ElementType.RECORD_COMPONENT)
@Retention(RetentionPolicy.RUNTIME)
public @interface Brief {
  /** In characters; far below 2,000, from where on some servers do not take the schema. */
  int longest();
}
