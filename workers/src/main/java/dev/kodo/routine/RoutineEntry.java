package dev.kodo.routine;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** One entry of {@code routines.yml}, read without building any object that the file names. */
final class RoutineEntry {
  private static final List<String> KEYS =
      List.of("description", "when", "do", "process", "limits", "enabled", "missed");
  private static final List<String> WHEN_KEYS = List.of("cron", "event", "files", "message");
  private static final List<String> LIMIT_KEYS = List.of("spend", "spend-per-day", "calls", "time");

  /** The diagrams that come with Kodo; a test compares them with what lies in processes/. */
  static final Set<String> OWN_DIAGRAMS =
      Set.of(
          "activity",
          "activity-choice",
          "agent-review",
          "heartbeat",
          "heartbeat-closing",
          "introspection",
          "pacemaker",
          "repair-attempt",
          "repair-question",
          "routine-run",
          "routine-scheduler",
          "self-repair",
          "session-pruning",
          "sos",
          "spend-more",
          "survival-check",
          "survival-monitor",
          "theme-end",
          "theme-pause",
          "theme-start");

  private static final Pattern WORD = Pattern.compile("[a-z0-9][a-z0-9-]{0,59}");
  private static final Pattern PROCESS_ID = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]{0,99}");
  private static final Pattern USD = Pattern.compile("\\$?([0-9]{1,6}(\\.[0-9]{1,9})?)");
  private static final int LONGEST_TEXT = 20_000;
  private static final int MOST_CALLS = 1000;

  private final NodeTuple tuple;
  private final int linesBefore;
  private final String name;

  RoutineEntry(NodeTuple tuple, int linesBefore) {
    this.tuple = tuple;
    this.linesBefore = linesBefore;
    this.name = tuple.getKeyNode() instanceof ScalarNode key ? key.getValue() : "";
  }

  /** The entry cannot be used. */
  static final class Wrong extends Exception {
    private final transient Problem problem;

    Wrong(Problem problem) {
      super(problem.sentence());
      this.problem = problem;
    }

    Problem problem() {
      return problem;
    }
  }

  Wrong wrong(String sentence) {
    return wrong(tuple.getKeyNode(), sentence);
  }

  private Wrong wrong(Node where, String sentence) {
    boolean usable = Routine.NAME.matcher(name).matches();
    return new Wrong(new Problem(usable ? name : null, line(where), sentence));
  }

  private int line(Node node) {
    return linesBefore + node.getStartMark().getLine() + 1;
  }

  Routine read() throws Wrong {
    if (!Routine.NAME.matcher(name).matches()) {
      throw wrong(
          "The name '%s' cannot be used. Expected 1 to 40 small letters a-z, digits and hyphens, such as morning-news."
              .formatted(Words.shown(name)));
    }
    Map<String, Node> keys = keys(tuple.getValueNode(), "the routine " + name, KEYS);
    return new Routine(
        name,
        keys.containsKey("description") ? text(keys, "description", 500) : null,
        when(keys),
        work(keys),
        limits(keys),
        enabled(keys),
        missed(keys),
        line(tuple.getKeyNode()));
  }

  private Map<String, Node> keys(Node node, String what, List<String> known) throws Wrong {
    if (!(node instanceof MappingNode mapping)) {
      throw wrong(node, "Expected settings of %s: %s.".formatted(what, String.join(", ", known)));
    }
    Map<String, Node> keys = new LinkedHashMap<>();
    for (NodeTuple each : mapping.getValue()) {
      String key = each.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "";
      if (!known.contains(key)) {
        throw wrong(each.getKeyNode(), unknown(key, what, known));
      }
      if (keys.put(key, each.getValueNode()) != null) {
        throw wrong(each.getKeyNode(), "The key '%s' comes twice. Remove one.".formatted(key));
      }
    }
    return keys;
  }

  private static String unknown(String key, String what, List<String> known) {
    Optional<String> meant = Nearest.of(key, known);
    return "The key '%s' of %s is unknown. %s"
        .formatted(
            Words.shown(key),
            what,
            meant
                .map(near -> "Did you mean '" + near + "'?")
                .orElse("Expected one of " + String.join(", ", known) + "."));
  }

  private Routine.When when(Map<String, Node> keys) throws Wrong {
    Node node = keys.get("when");
    if (node == null) {
      throw wrong("It lacks 'when': write cron, event or message below it.");
    }
    Map<String, Node> when = keys(node, "'when'", WHEN_KEYS);
    Set<String> kinds = new TreeSet<>(when.keySet());
    kinds.remove("files");
    if (kinds.size() != 1) {
      throw wrong(node, "Expected one of cron, event and message below 'when'.");
    }
    String kind = kinds.iterator().next();
    if (when.containsKey("files") && !isFileAdded(when)) {
      throw wrong(node, "The key 'files' belongs to the event file-added only. Remove it.");
    }
    return switch (kind) {
      case "cron" -> cron(when);
      case "message" -> new Routine.When.Message(word(when, "message"));
      default -> event(when);
    };
  }

  private static boolean isFileAdded(Map<String, Node> when) {
    return when.get("event") instanceof ScalarNode event && event.getValue().equals("file-added");
  }

  private Routine.When cron(Map<String, Node> when) throws Wrong {
    String text = text(when, "cron", 200);
    try {
      return new Routine.When.Cron(Schedule.parse(text));
    } catch (IllegalArgumentException unreadable) {
      throw wrong(
          node(when, "cron"),
          "The cron expression '%s' %s. Example: \"0 7 * * 1-5\" is seven o'clock from Monday to Friday."
              .formatted(Words.shown(text), unreadable.getMessage()));
    }
  }

  private Routine.When event(Map<String, Node> when) throws Wrong {
    if (isFileAdded(when)) {
      return fileAdded(when);
    }
    String event = text(when, "event", 200);
    Optional<Occasion> occasion = Occasion.find(event);
    if (occasion.isEmpty()) {
      List<String> known = new java.util.ArrayList<>(Occasion.ids());
      known.add("file-added");
      throw wrong(
          node(when, "event"),
          "The event '%s' is unknown.%s Expected one of %s."
              .formatted(
                  Words.shown(event),
                  Nearest.of(event, known).map(near -> " Did you mean '" + near + "'?").orElse(""),
                  String.join(", ", known)));
    }
    return new Routine.When.Happened(occasion.get());
  }

  private Routine.When fileAdded(Map<String, Node> when) throws Wrong {
    if (!when.containsKey("files")) {
      throw wrong(
          node(when, "event"),
          "The event file-added lacks 'files': write a pattern such as projects/*.csv beside it.");
    }
    String pattern = text(when, "files", 200);
    try {
      return new Routine.When.FileAdded(Glob.parse(pattern));
    } catch (IllegalArgumentException outside) {
      throw wrong(
          node(when, "files"),
          "The pattern '%s' cannot be used. Write one for paths below the workspace, such as projects/*.csv."
              .formatted(Words.shown(pattern)));
    }
  }

  private Routine.Work work(Map<String, Node> keys) throws Wrong {
    if (keys.containsKey("do") == keys.containsKey("process")) {
      throw wrong(
          "Expected either 'do' with an instruction, or 'process' with the id of a diagram.");
    }
    if (keys.containsKey("do")) {
      return new Routine.Work.Instruct(text(keys, "do", LONGEST_TEXT));
    }
    String process = text(keys, "process", 200);
    if (!PROCESS_ID.matcher(process).matches()) {
      throw wrong(
          node(keys, "process"),
          "'%s' is no id of a diagram. Write the id that Modeler shows, such as weekly-report."
              .formatted(Words.shown(process)));
    }
    if (OWN_DIAGRAMS.contains(process)) {
      throw wrong(
          node(keys, "process"),
          "The diagram '%s' is a part of the agent and cannot be a routine. Name one of your own."
              .formatted(process));
    }
    return new Routine.Work.Call(process);
  }

  private Routine.Limits limits(Map<String, Node> keys) throws Wrong {
    Routine.Limits usual = Routine.Limits.USUAL;
    Node node = keys.get("limits");
    if (node == null) {
      return usual;
    }
    Map<String, Node> limits = keys(node, "'limits'", LIMIT_KEYS);
    return new Routine.Limits(
        limits.containsKey("spend") ? usd(limits, "spend") : usual.spend(),
        limits.containsKey("spend-per-day") ? usd(limits, "spend-per-day") : null,
        limits.containsKey("calls") ? calls(limits) : usual.calls(),
        limits.containsKey("time") ? time(limits) : usual.time());
  }

  private BigDecimal usd(Map<String, Node> limits, String key) throws Wrong {
    String text = text(limits, key, 100);
    var amount = USD.matcher(text);
    if (!amount.matches()) {
      throw expected(limits, key, "an amount in US dollars such as 0.20", text);
    }
    return new BigDecimal(amount.group(1));
  }

  private int calls(Map<String, Node> limits) throws Wrong {
    String text = text(limits, "calls", 100);
    int calls = text.matches("[0-9]{1,4}") ? Integer.parseInt(text) : 0;
    if (calls < 1 || calls > MOST_CALLS) {
      throw expected(limits, "calls", "a whole number from 1 to " + MOST_CALLS, text);
    }
    return calls;
  }

  private java.time.Duration time(Map<String, Node> limits) throws Wrong {
    String text = text(limits, "time", 100);
    try {
      return Lasting.parse(text);
    } catch (IllegalArgumentException unreadable) {
      throw expected(limits, "time", String.valueOf(unreadable.getMessage()), text);
    }
  }

  private boolean enabled(Map<String, Node> keys) throws Wrong {
    if (!keys.containsKey("enabled")) {
      return true;
    }
    String text = text(keys, "enabled", 100);
    return switch (text) {
      case "true", "yes", "on" -> true;
      case "false", "no", "off" -> false;
      default -> throw expected(keys, "enabled", "true or false", text);
    };
  }

  private Routine.Missed missed(Map<String, Node> keys) throws Wrong {
    if (!keys.containsKey("missed")) {
      return Routine.Missed.RUN_ONCE;
    }
    String text = text(keys, "missed", 100);
    return switch (text) {
      case "run-once" -> Routine.Missed.RUN_ONCE;
      case "skip" -> Routine.Missed.SKIP;
      default -> throw expected(keys, "missed", "run-once or skip", text);
    };
  }

  private String word(Map<String, Node> keys, String key) throws Wrong {
    String text = text(keys, key, 200);
    if (!WORD.matcher(text).matches()) {
      throw expected(keys, key, "small letters, digits and hyphens, such as build-finished", text);
    }
    return text;
  }

  private String text(Map<String, Node> keys, String key, int longest) throws Wrong {
    Node node = node(keys, key);
    @Nullable String text = node instanceof ScalarNode scalar ? scalar.getValue().strip() : null;
    if (text == null || text.isEmpty()) {
      throw wrong(node, "The value of '%s' is missing or no plain text.".formatted(key));
    }
    if (text.length() > longest) {
      throw wrong(
          node,
          "The value of '%s' has %d characters, more than %d. Shorten it."
              .formatted(key, text.length(), longest));
    }
    return text;
  }

  private Wrong expected(Map<String, Node> keys, String key, String form, String got) {
    return wrong(
        node(keys, key),
        "Expected '%s' to be %s but got '%s'.".formatted(key, form, Words.shown(got)));
  }

  private Node node(Map<String, Node> keys, String key) {
    return keys.getOrDefault(key, tuple.getKeyNode());
  }
}
