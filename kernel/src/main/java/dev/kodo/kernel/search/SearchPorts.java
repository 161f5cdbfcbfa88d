package dev.kodo.kernel.search;

import dev.kodo.kernel.config.Config;
import dev.kodo.kernel.config.ConfigKey;
import java.util.LinkedHashMap;
import java.util.Map;

/** The two ports of the search engine. */
public record SearchPorts(int http, int transport) {

  public static SearchPorts of(Config config) {
    return new SearchPorts(
        config.number(ConfigKey.OPERATE_SEARCH_PORT),
        config.number(ConfigKey.OPERATE_SEARCH_TRANSPORT_PORT));
  }

  /** By configuration key. */
  Map<String, Integer> byKey() {
    Map<String, Integer> ports = new LinkedHashMap<>();
    ports.put(ConfigKey.OPERATE_SEARCH_PORT.key(), http);
    ports.put(ConfigKey.OPERATE_SEARCH_TRANSPORT_PORT.key(), transport);
    return ports;
  }

  public String address() {
    return "http://127.0.0.1:" + http;
  }
}
