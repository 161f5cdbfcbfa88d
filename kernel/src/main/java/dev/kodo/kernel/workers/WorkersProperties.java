package dev.kodo.kernel.workers;

import dev.kodo.kernel.config.Config;
import dev.kodo.kernel.config.ConfigKey;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What the workers are told at their start, as Spring properties. */
final class WorkersProperties {
  private static final String CHANNELS = "channel.";

  private final Map<String, String> values = new TreeMap<>();

  static WorkersProperties of(WorkersSetting setting) {
    WorkersProperties properties = new WorkersProperties();
    properties.server(setting);
    properties.engine(setting);
    properties.kodo(setting);
    return properties;
  }

  private void server(WorkersSetting setting) {
    values.put("server.address", "127.0.0.1");
    values.put("server.port", setting.config().text(ConfigKey.API_PORT));
    values.put("spring.datasource.url", setting.database().url());
    values.put("spring.datasource.username", setting.database().user());
    values.put("spring.datasource.password", setting.database().password());
  }

  private void engine(WorkersSetting setting) {
    Config config = setting.config();
    values.put("camunda.client.prefer-rest-over-grpc", "false");
    values.put("camunda.client.execution-threads", config.text(ConfigKey.WORKER_THREADS));
    values.put("camunda.client.worker.defaults.timeout", config.text(ConfigKey.WORKER_JOB_TIMEOUT));
    values.put("camunda.client.worker.defaults.max-jobs-active", "4");
    values.put("camunda.client.worker.defaults.stream-enabled", "true");
    values.put("camunda.client.mode", "self-managed");
    if (setting.engine().saas()) {
      values.put("camunda.client.mode", "saas");
    } else {
      values.put("camunda.client.grpc-address", setting.engine().grpcAddress());
      values.put("camunda.client.rest-address", setting.engine().restAddress());
    }
    values.putAll(setting.engine().login());
  }

  private void kodo(WorkersSetting setting) {
    for (ConfigKey key : ConfigKey.values()) {
      if (key.scope() == ConfigKey.Scope.WORKERS && !key.key().startsWith(CHANNELS)) {
        values.put("kodo." + key.key(), setting.config().text(key));
      }
    }
    channel(setting.config(), ConfigKey.CHANNEL_WEBHOOK_URL);
    channel(setting.config(), ConfigKey.CHANNEL_LINE_TOKEN_ENV);
    channel(setting.config(), ConfigKey.CHANNEL_MAIL_HOST);
    values.put("kodo.workspace.path", setting.config().workspace().toString());
    if (setting.config().isSet(ConfigKey.MODEL_SCRIPT)) {
      values.put("kodo.model.script", setting.config().path(ConfigKey.MODEL_SCRIPT).toString());
    }
    values.put("kodo.models.file", setting.guard().file().toString());
    values.put("kodo.guard.address", setting.guard().address());
    values.put("kodo.guard.token", setting.guard().token());
    values.put("kodo.home", setting.home().root().toString());
    values.put("kodo.installation", setting.installation().root().toString());
    values.put("kodo.engine-id", setting.engine().id());
    values.put("kodo.engine-view", setting.engine().view().name().toLowerCase(Locale.ROOT));
    values.put("kodo.api-token", setting.apiToken());
  }

  /** All keys of the channel that {@code decisive} opens; none when it is empty. */
  private void channel(Config config, ConfigKey decisive) {
    if (!config.isSet(decisive)) {
      return;
    }
    String group = decisive.key().substring(0, decisive.key().lastIndexOf('.') + 1);
    for (ConfigKey key : ConfigKey.values()) {
      if (key.key().startsWith(group) && config.isSet(key)) {
        values.put("kodo." + key.key(), config.text(key));
      }
    }
  }

  /** The same values give the same text: the order is fixed and there is no date in it. */
  String text() {
    StringBuilder text = new StringBuilder("# Written by the kernel at every start.\n");
    values.forEach(
        (key, value) -> text.append(key).append('=').append(escaped(value)).append('\n'));
    return text.toString();
  }

  /** The escapes of {@link java.util.Properties}; everything outside ASCII as a code unit. */
  private static String escaped(String value) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '\\' || (c == ' ' && i == 0)) {
        out.append('\\').append(c);
      } else if (c < 0x20 || c > 0x7e) {
        out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      } else {
        out.append(c);
      }
    }
    // A dollar sign would start a placeholder of Spring; its own escape is a backslash before it.
    return out.toString().replace("${", "\\\\${");
  }
}
