package dev.kodo.search;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import org.codelibs.opensearch.runner.OpenSearchRunner;

/** One OpenSearch node on loopback; ends cleanly when it is asked to. */
public final class SearchEngine {
  private SearchEngine() {}

  /**
   * Runs until the process is ended.
   *
   * @param arguments folder of the data and the logs, port for HTTP, port between nodes
   */
  public static void main(String[] arguments) throws InterruptedException {
    String folder = arguments[0];
    String http = arguments[1];
    String transport = arguments[2];
    OpenSearchRunner runner = new OpenSearchRunner();
    runner.setMaxHttpPort(-1); // The port is the one given; the runner must not look for another.
    Runtime.getRuntime().addShutdownHook(new Thread(() -> close(runner)));
    runner
        .onBuild(
            (number, settings) ->
                settings
                    .put("network.host", "127.0.0.1")
                    .put("http.port", http)
                    .put("transport.port", transport)
                    .put("discovery.type", "single-node")
                    // It counts in percent: a large disk with many gigabytes free would be full.
                    .put("cluster.routing.allocation.disk.threshold_enabled", false)
                    .putList("node.roles", "cluster_manager", "data", "ingest"))
        .build(
            OpenSearchRunner.newConfigs()
                .basePath(folder)
                .numOfNode(1)
                .clusterName("kodo")
                .pluginTypes(LifecyclePolicySetting.class.getName()));
    new CountDownLatch(1).await();
  }

  private static void close(OpenSearchRunner runner) {
    try {
      runner.close();
    } catch (IOException e) {
      System.err.println("The search engine did not end cleanly: " + e.getMessage());
    }
  }
}
