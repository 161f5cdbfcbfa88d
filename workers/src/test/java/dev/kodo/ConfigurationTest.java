package dev.kodo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kodo.config.KodoProperties;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The body binds exactly the keys that the kernel's table documents for it. */
class ConfigurationTest {
  private static final Set<String> GROUPS =
      Set.of("heartbeat", "theme", "model", "worker", "process", "workspace");

  /** The kernel makes the models file of them. */
  private static final Set<String> OF_THE_KERNEL =
      Set.of("model.provider", "model.base-url", "model.name", "model.api-key-env");

  @Test
  void bindsEveryDocumentedKeyOfTheBodyAndNoOther() throws IOException {
    Set<String> documented =
        documented(
            key ->
                GROUPS.contains(key.substring(0, key.indexOf('.')))
                    && !OF_THE_KERNEL.contains(key));

    Set<String> bound = new TreeSet<>();
    for (RecordComponent group : KodoProperties.class.getRecordComponents()) {
      if (GROUPS.contains(group.getName())) {
        keys(group).forEach(bound::add);
      }
    }

    assertThat(bound).isNotEmpty().isEqualTo(documented);
  }

  @Test
  void bindsEveryDocumentedKeyOfAChannel() throws IOException {
    Set<String> bound =
        Arrays.stream(KodoProperties.Channel.class.getRecordComponents())
            .flatMap(ConfigurationTest::keys)
            .map(key -> "channel." + key)
            .collect(Collectors.toSet());

    assertThat(documented(key -> key.startsWith("channel."))).isNotEmpty().isSubsetOf(bound);
  }

  private static Set<String> documented(Predicate<String> wanted) throws IOException {
    return Pattern.compile("`([a-z]+\\.[a-z.-]+)`")
        .matcher(Files.readString(Path.of("..").resolve("docs/configuration.md")))
        .results()
        .map(match -> match.group(1))
        .filter(wanted)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Stream<String> keys(RecordComponent group) {
    return Arrays.stream(group.getType().getRecordComponents())
        .map(key -> group.getName() + "." + kebab(key.getName()));
  }

  private static String kebab(String name) {
    return name.replaceAll("([A-Z])", "-$1").toLowerCase(java.util.Locale.ROOT);
  }
}
