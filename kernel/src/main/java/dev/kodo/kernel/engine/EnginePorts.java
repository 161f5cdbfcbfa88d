package dev.kodo.kernel.engine;

import dev.kodo.kernel.config.Config;
import dev.kodo.kernel.config.ConfigKey;
import java.util.LinkedHashMap;
import java.util.Map;

/** The five ports of the local engine. */
public record EnginePorts(int grpc, int rest, int command, int internal, int management) {

  public static EnginePorts of(Config config) {
    return new EnginePorts(
        config.number(ConfigKey.ENGINE_GRPC_PORT),
        config.number(ConfigKey.ENGINE_REST_PORT),
        config.number(ConfigKey.ENGINE_COMMAND_PORT),
        config.number(ConfigKey.ENGINE_INTERNAL_PORT),
        config.number(ConfigKey.ENGINE_MANAGEMENT_PORT));
  }

  /** By configuration key. */
  Map<String, Integer> byKey() {
    Map<String, Integer> ports = new LinkedHashMap<>();
    ports.put(ConfigKey.ENGINE_GRPC_PORT.key(), grpc);
    ports.put(ConfigKey.ENGINE_REST_PORT.key(), rest);
    ports.put(ConfigKey.ENGINE_COMMAND_PORT.key(), command);
    ports.put(ConfigKey.ENGINE_INTERNAL_PORT.key(), internal);
    ports.put(ConfigKey.ENGINE_MANAGEMENT_PORT.key(), management);
    return ports;
  }

  public String restAddress() {
    return "http://127.0.0.1:" + rest;
  }

  public String grpcAddress() {
    return "http://127.0.0.1:" + grpc;
  }
}
