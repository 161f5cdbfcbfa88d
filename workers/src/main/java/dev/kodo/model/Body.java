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

  /**
   * At least so many paragraphs are asked for, each a text of a list; 0 where one text is asked
   * for. A small model ends one text after a line, and a list only where the schema lets it. A
   * single text is taken all the same.
   */
  int paragraphs() default 0;
}
