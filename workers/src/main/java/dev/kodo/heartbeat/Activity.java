package dev.kodo.heartbeat;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What an agent can do in one beat. */
enum Activity {
  THEME_START,
  THINK,
  OBSERVE,
  CREATE,
  INTROSPECT,
  THEME_END,
  /** Sets the agent's own theme aside for a person's; never chosen by a model. */
  THEME_PAUSE,
  OTHER;

  /** The form used on the diagrams: {@code theme-start}. */
  String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static Optional<Activity> ofId(String id) {
    return Arrays.stream(values()).filter(activity -> activity.id().equals(id)).findFirst();
  }
}
