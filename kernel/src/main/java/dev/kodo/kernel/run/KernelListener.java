package dev.kodo.kernel.run;

import com.fasterxml.jackson.databind.JsonNode;

/** Whoever shows what the kernel does. Called from several threads. */
public interface KernelListener {
  /** The state as it is also written to {@code run/state.json}. */
  void changed(JsonNode state);

  /** A heartbeat closed. */
  void heartbeat(JsonNode heartbeat);
}
