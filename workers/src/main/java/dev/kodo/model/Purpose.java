package dev.kodo.model;

import java.util.Locale;

/** Why the model is asked. It stands in every log line and record of a call. */
public enum Purpose {
  CHOOSE_ACTIVITY,
  THINK,
  OBSERVE,
  CREATE,
  OTHER,
  OWN_THEME,
  EXPERT_CONTEXT,
  THEME_SUMMARY,
  INTROSPECT,
  ROUTINE,
  ASK;

  /** The form used in files, tables and scripts: {@code choose-activity}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
