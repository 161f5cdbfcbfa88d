package dev.kodo.theme;

import dev.kodo.workspace.Entry;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which entries of the themebox are meant as themes, oldest first. */
final class Candidates {
  static final String PROCESSED = "processed.";
  static final String REJECTED = "rejected.";

  private static final Logger LOG = LoggerFactory.getLogger(Candidates.class);
  private static final List<String> NOT_MEANT = List.of(".", "draft.", PROCESSED, REJECTED);

  private Candidates() {}

  static Stream<Entry> of(List<Entry> entries) {
    return entries.stream()
        .filter(Candidates::meant)
        .sorted(Comparator.comparing(Entry::modified).thenComparing(Entry::name));
  }

  private static boolean meant(Entry entry) {
    String lower = entry.name().toLowerCase(Locale.ROOT);
    if (NOT_MEANT.stream().anyMatch(lower::startsWith)) {
      return false;
    }
    return switch (entry.kind()) {
      case FILE, LINK, OTHER -> true;
      case FOLDER -> false;
      case UNNAMEABLE -> {
        LOG.warn("Ignored {} in the themebox: its name is not UTF-8. Rename it.", entry.name());
        yield false;
      }
    };
  }
}
