package dev.kodo.template;

import dev.kodo.KodoApplication;
import dev.kodo.testing.TestProperties;
import dev.kodo.worker.JobStep;
import dev.kodo.worker.JobSteps;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.test.context.ConfigDataApplicationContextInitializer;
import org.springframework.context.LifecycleProcessor;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MapPropertySource;

/**
 * Every job step of the real body, wired as in production but never started: no engine, no
 * database.
 */
public final class DeclaredSteps {
  private DeclaredSteps() {}

  /** All of them, by job type. */
  public static List<JobStep<?, ?>> all() {
    try (var body = new AnnotationConfigApplicationContext()) {
      new ConfigDataApplicationContextInitializer().initialize(body);
      body.getEnvironment().getPropertySources().addFirst(settings());
      body.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor());
      body.registerBean("lifecycleProcessor", LifecycleProcessor.class, Unmoved::new);
      body.register(KodoApplication.class);
      body.refresh();
      return body.getBeansOfType(JobSteps.class).values().stream()
          .<JobStep<?, ?>>flatMap(feature -> feature.steps().stream())
          .sorted(Comparator.comparing(JobStep::type))
          .toList();
    }
  }

  private static MapPropertySource settings() {
    Map<String, Object> settings = new HashMap<>();
    settings.put("kodo.installation", "..");
    settings.put("kodo.engine-id", "none");
    settings.put("kodo.api-token", "none");
    settings.put("kodo.time-zone", "UTC");
    settings.put("kodo.workspace.path", "target/no-workspace");
    settings.put("kodo.models.file", TestProperties.rehearsal().toString());
    settings.put("spring.datasource.url", "jdbc:postgresql://127.0.0.1:1/none");
    settings.put("spring.flyway.enabled", "false");
    settings.put("camunda.client.grpc-address", "http://127.0.0.1:1");
    settings.put("camunda.client.rest-address", "http://127.0.0.1:1");
    return new MapPropertySource("declared steps", settings);
  }

  /** Starts nothing: no worker is opened, no page served. */
  private static final class Unmoved implements LifecycleProcessor {
    @Override
    public void onRefresh() {}

    @Override
    public void onClose() {}

    @Override
    public void start() {}

    @Override
    public void stop() {}

    @Override
    public boolean isRunning() {
      return false;
    }
  }
}
