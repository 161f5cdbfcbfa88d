package dev.kodo.model;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names what stands in the {@link Body}, on one line. One that says nothing, such as digits for
 * ever or words of the question, gives way to the first words of the body. Empty when the body is.
 */
@Target(ElementType.RECORD_COMPONENT)
@Retention(RetentionPolicy.RUNTIME)
public @interface Title {
  /** In characters; a longer one is shortened at a word. */
  int longest();
}
