package dev.kodo.kernel.workers;

import dev.kodo.kernel.config.Config;
import dev.kodo.kernel.config.ConfigKey;
import dev.kodo.kernel.engine.EngineToken;
import dev.kodo.kernel.problem.Problem;
import dev.kodo.kernel.problem.ProblemCode;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Where the engine is and how to log in.
 *
 * @param id names the engine's data; another engine has another id
 * @param login properties of the Camunda client for the log-in
 * @param view how the body sees where processes are stuck
 */
public record EngineAddress(
    String id,
    String grpcAddress,
    String restAddress,
    boolean saas,
    Map<String, String> login,
    View view) {

  /** Who collects what the engine records. */
  public enum View {
    /** The local engine's exporter. */
    RECORDS,
    /** The search of an external cluster. */
    SEARCH,
    /** Nobody. */
    NONE
  }

  public EngineAddress {
    login = Map.copyOf(login);
  }

  /**
   * The local engine, whose records are collected or not.
   *
   * @param token for its REST interface; empty where that is open
   */
  public static EngineAddress local(
      String id,
      String grpcAddress,
      String restAddress,
      boolean exported,
      Optional<EngineToken> token) {
    Map<String, String> login = new HashMap<>(Map.of("camunda.client.auth.method", "none"));
    token.ifPresent(known -> login.put("kodo.engine-login.token", known.text()));
    return new EngineAddress(
        id, grpcAddress, restAddress, false, login, exported ? View.RECORDS : View.NONE);
  }

  /** Throws a problem that names the first missing key. */
  public static EngineAddress external(Config config, Map<String, String> environment) {
    String method = config.text(ConfigKey.ENGINE_EXTERNAL_AUTH);
    boolean saas = method.equals("saas");
    Map<String, String> login = login(config, method, environment);
    String grpc = saas ? "" : required(config, ConfigKey.ENGINE_EXTERNAL_GRPC_ADDRESS);
    String rest = saas ? "" : required(config, ConfigKey.ENGINE_EXTERNAL_REST_ADDRESS);
    String name = saas ? config.text(ConfigKey.ENGINE_EXTERNAL_CLUSTER_ID) : grpc;
    UUID id = UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    return new EngineAddress(id.toString(), grpc, rest, saas, login, View.SEARCH);
  }

  private static Map<String, String> login(
      Config config, String method, Map<String, String> environment) {
    Map<String, String> login = new HashMap<>();
    switch (method) {
      case "oauth" -> {
        login.put("camunda.client.auth.method", "oidc");
        client(config, environment, login);
        login.put(
            "camunda.client.auth.token-url", required(config, ConfigKey.ENGINE_EXTERNAL_TOKEN_URL));
        login.put("camunda.client.auth.audience", config.text(ConfigKey.ENGINE_EXTERNAL_AUDIENCE));
      }
      case "saas" -> {
        client(config, environment, login);
        login.put(
            "camunda.client.cloud.cluster-id",
            required(config, ConfigKey.ENGINE_EXTERNAL_CLUSTER_ID));
        login.put(
            "camunda.client.cloud.region", required(config, ConfigKey.ENGINE_EXTERNAL_REGION));
      }
      case "basic" -> {
        login.put("camunda.client.auth.method", "basic");
        login.put(
            "camunda.client.auth.username", required(config, ConfigKey.ENGINE_EXTERNAL_USERNAME));
        login.put(
            "camunda.client.auth.password",
            secret(config, ConfigKey.ENGINE_EXTERNAL_PASSWORD_ENV, environment));
      }
      default -> login.put("camunda.client.auth.method", "none");
    }
    return login;
  }

  private static void client(
      Config config, Map<String, String> environment, Map<String, String> login) {
    login.put(
        "camunda.client.auth.client-id", required(config, ConfigKey.ENGINE_EXTERNAL_CLIENT_ID));
    login.put(
        "camunda.client.auth.client-secret",
        secret(config, ConfigKey.ENGINE_EXTERNAL_CLIENT_SECRET_ENV, environment));
  }

  private static String secret(Config config, ConfigKey key, Map<String, String> environment) {
    String variable = required(config, key);
    String value = environment.getOrDefault(variable, "");
    if (value.isBlank()) {
      throw new Problem(
          ProblemCode.CONFIG_BAD_VALUE,
          "Expected the environment variable "
              + variable
              + " that `"
              + key.key()
              + "` names to hold the secret, but it is not set.",
          "Set " + variable + " before `kodo up`.");
    }
    return value;
  }

  private static String required(Config config, ConfigKey key) {
    if (!config.isSet(key)) {
      throw new Problem(
          ProblemCode.CONFIG_BAD_VALUE,
          "Expected `" + key.key() + "` to be set, as `engine.mode` is external, but it is empty.",
          "Set `" + key.key() + "` in kodo.yml, or set `engine.mode` to local.");
    }
    return config.text(key);
  }
}
