package dev.kodo.worker;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A field that a person fills in on the task itself, in Camunda Modeler: text, or a FEEL expression
 * after an equals sign. A job with such a field is a building block for any diagram. A component of
 * an input record without it is a variable that the process has anyway.
 */
@Target(ElementType.RECORD_COMPONENT)
@Retention(RetentionPolicy.RUNTIME)
public @interface Field {
  /** A word or two. */
  String label();

  /** One or two sentences on what to write. */
  String hint();

  /** Whether the text may have more than one line. */
  boolean lines() default false;

  /** What to choose from, the usual choice first; none for free text. */
  Choice[] choices() default {};

  /** One of the values of a field. */
  @Target({})
  @Retention(RetentionPolicy.RUNTIME)
  @interface Choice {
    String label();

    /** Text or a FEEL expression. */
    String value();
  }
}
