package dev.kodo.model;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The text that a question is about. Only tokens bound it, and it stands last in its record. */
@Target(ElementType.RECORD_COMPONENT)
@Retention(RetentionPolicy.RUNTIME)
public @interface Body {
  /** Whether an empty text is an answer too: that nothing was worth keeping. */
  boolean mayBeEmpty() default false;
}
