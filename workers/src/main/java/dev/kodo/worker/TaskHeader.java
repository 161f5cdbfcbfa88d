package dev.kodo.worker;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A task header that a job reads, on the record of its input: fixed words of the diagram, without
 * expressions.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface TaskHeader {
  String key();

  /** A word or two. */
  String label();

  /** One or two sentences on what to write. */
  String hint();

  /** What to choose from, the usual choice first; none for free text. */
  Field.Choice[] choices() default {};
}
