package dev.kodo.kernel.engine;

import dev.kodo.kernel.home.AtomicFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Operate and Tasklist inside the engine, and the exporter that feeds them.
 *
 * @param search address of their search engine
 * @param login their only user
 * @param token for programs that use REST; Tasklist is one, as it hands its answers over by REST
 */
public record EngineWebApps(String search, EngineLogin login, EngineToken token) {
  private static final String CLUSTER = "kodo";
  static final String EXPORTER = "ZEEBE_BROKER_EXPORTERS_OPENSEARCH_";

  /** Only variables reach all parts of Camunda 8.6; nested settings of a file do not. */
  Map<String, String> environment(EnginePorts ports, Path data) {
    Map<String, String> variables = new TreeMap<>(tokenEnvironment(ports, data));
    variables.put("SPRING_PROFILES_ACTIVE", "operate,tasklist,broker,auth");
    variables.put("CAMUNDA_DATABASE_TYPE", "opensearch");
    variables.put("CAMUNDA_DATABASE_URL", search);
    variables.put("CAMUNDA_DATABASE_CLUSTERNAME", CLUSTER);
    for (String application : List.of("CAMUNDA_OPERATE_", "CAMUNDA_TASKLIST_")) {
      variables.put(application + "DATABASE", "opensearch");
      for (String index : List.of("OPENSEARCH_", "ZEEBEOPENSEARCH_")) {
        variables.put(application + index + "URL", search);
        variables.put(application + index + "CLUSTERNAME", CLUSTER);
      }
      variables.put(application + "OPENSEARCH_NUMBEROFREPLICAS", "0");
      variables.put(application + "ZEEBE_GATEWAYADDRESS", "127.0.0.1:" + ports.grpc());
      variables.put(application + "ZEEBE_RESTADDRESS", ports.restAddress());
      variables.put(application + "USERID", login.user());
      variables.put(application + "DISPLAYNAME", login.user());
      variables.put(application + "PASSWORD", login.password());
    }
    variables.put(
        EXPORTER + "CLASSNAME", "io.camunda.zeebe.exporter.opensearch.OpensearchExporter");
    variables.put(EXPORTER + "ARGS_URL", search);
    // A second, in bulks: a request for each record would keep all other exporters waiting.
    variables.put(EXPORTER + "ARGS_BULK_DELAY", "1");
    variables.put(EXPORTER + "ARGS_INDEX_NUMBEROFREPLICAS", "0");
    // There are new indices each day, and one node holds a thousand shards.
    variables.put(EXPORTER + "ARGS_INDEX_NUMBEROFSHARDS", "1");
    // Neither application reads them, and the kernel's canary is one every few seconds.
    variables.put(EXPORTER + "ARGS_INDEX_MESSAGE", "false");
    return variables;
  }

  /** What checks the token, and where the client inside Tasklist finds it. */
  private Map<String, String> tokenEnvironment(EnginePorts ports, Path data) {
    Map<String, String> variables = new TreeMap<>();
    // Camunda looks whether this one is set, Spring whether it is empty; the key is then the file.
    variables.put("SPRING_SECURITY_OAUTH2_RESOURCESERVER_JWT_ISSUERURI", "");
    variables.put(
        "SPRING_SECURITY_OAUTH2_RESOURCESERVER_JWT_PUBLICKEYLOCATION",
        token.publicKey().toUri().toString());
    // Not Tasklist's own two settings: with them its client looks for the engine elsewhere.
    variables.put("CAMUNDA_OPERATE_CLIENT_AUDIENCE", EngineToken.NAME);
    variables.put("CAMUNDA_OPERATE_CLIENT_CLUSTERID", EngineToken.NAME);
    variables.put("ZEEBE_TOKEN_AUDIENCE", EngineToken.NAME);
    variables.put("ZEEBE_CLIENT_CONFIG_PATH", tokenFile(data).toString());
    // The client takes the token from the file and asks nobody. If it asked: nothing leaves here.
    variables.put("ZEEBE_AUTHORIZATION_SERVER_URL", ports.restAddress() + "/no-token-server");
    variables.put("ZEEBE_CLIENT_ID", login.user());
    variables.put("ZEEBE_CLIENT_SECRET", "none");
    return variables;
  }

  /** In the form in which Camunda's client keeps a token. */
  void writeToken(Path data) throws IOException {
    String text =
        """
        %s:
          auth:
            credentials:
              accessToken: "%s"
              tokenType: "Bearer"
              expiry: "9999-12-31T00:00:00Z"
        """
            .formatted(EngineToken.NAME, token.text());
    AtomicFile.writeSecret(tokenFile(data), text);
  }

  private static Path tokenFile(Path data) {
    return data.resolve("tasklist-token.yml");
  }
}
