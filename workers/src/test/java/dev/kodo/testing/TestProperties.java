package dev.kodo.testing;

import dev.kodo.config.KodoProperties;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** The configuration as the kernel would hand it over, with some keys set differently. */
public final class TestProperties {
  private TestProperties() {}

  /** A models file in which the rehearsal answers for each class. */
  public static Path rehearsal() {
    return Path.of("src/test/resources/models/rehearsal.json").toAbsolutePath();
  }

  public static KodoProperties in(Path workspace, Map<String, String> settings) {
    Map<String, String> keys = new HashMap<>();
    keys.put("kodo.installation", Path.of("..").toAbsolutePath().normalize().toString());
    keys.put("kodo.engine-id", "test-engine");
    keys.put("kodo.api-token", "test");
    keys.put("kodo.time-zone", "UTC");
    keys.put("kodo.workspace.path", workspace.toString());
    keys.put("kodo.models.file", rehearsal().toString());
    keys.putAll(settings);
    return new Binder(new MapConfigurationPropertySource(keys))
        .bind("kodo", Bindable.of(KodoProperties.class))
        .get();
  }
}
