package dev.kodo.kernel.engine;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Operate and Tasklist inside the engine, and the exporter that feeds them.
 *
 * @param search address of their search engine
 * @param login their only user
 */
public record EngineWebApps(String search, EngineLogin login) {
  private static final String CLUSTER = "kodo";
  static final String EXPORTER = "ZEEBE_BROKER_EXPORTERS_OPENSEARCH_";

  /** Only variables reach all parts of Camunda 8.6; nested settings of a file do not. */
  Map<String, String> environment(EnginePorts ports) {
    Map<String, String> variables = new TreeMap<>();
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
}
