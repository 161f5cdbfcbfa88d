package dev.kodo.kernel.doctor;

import dev.kodo.kernel.config.Config;
import dev.kodo.kernel.config.ConfigKey;
import dev.kodo.kernel.config.Sizes;
import dev.kodo.kernel.home.Json;
import dev.kodo.kernel.home.KodoHome;
import dev.kodo.kernel.search.SearchLibraries;
import java.util.OptionalLong;

/** Whether this machine has the room for Operate and Tasklist, said before they are started. */
final class OperateExamination {
  private static final String SUBJECT = "operate";

  /** What a JVM needs beside its heap. */
  private static final long BESIDE_HEAP = 300L << 20;

  /** Measured after a few heartbeats. */
  private static final long KERNEL_AND_DATABASE = 220L << 20;

  private final Config config;
  private final KodoHome home;
  private final boolean running;

  OperateExamination(Config config, KodoHome home, boolean running) {
    this.config = config;
    this.home = home;
    this.running = running;
  }

  Finding memory(OptionalLong free) {
    if (!config.localEngine()) {
      return Finding.ok(SUBJECT, "with an external engine its own Operate and Tasklist are used");
    }
    if (running && Json.read(home.stateFile()).filter(state -> state.has("operate")).isPresent()) {
      return Finding.ok(SUBJECT, "runs; `kodo status` shows the addresses");
    }
    long all = running ? more() : more() + alone();
    String text =
        "`kodo up --operate` needs up to "
            + Sizes.readable(all)
            + (running
                ? " more memory"
                : " of memory, " + Sizes.readable(more()) + " of it more than `kodo up`")
            + (SearchLibraries.isThere(home.cache()) ? "" : ", and fetches 50 MB")
            + (free.isPresent() ? "; " + Sizes.readable(free.getAsLong()) + " are free" : "");
    return free.isPresent() && free.getAsLong() < all
        ? Finding.note(
            SUBJECT,
            text,
            "Close other programs, or lower `operate.search-memory` and `operate.engine-memory`.")
        : Finding.ok(SUBJECT, text);
  }

  /** The search engine, and what the engine's heap grows by. */
  private long more() {
    long engine =
        Sizes.heap(config.text(ConfigKey.OPERATE_ENGINE_MEMORY))
            - Sizes.heap(config.text(ConfigKey.ENGINE_MEMORY));
    return jvm(ConfigKey.OPERATE_SEARCH_MEMORY) + Math.max(0, engine);
  }

  private long alone() {
    return jvm(ConfigKey.ENGINE_MEMORY) + jvm(ConfigKey.WORKERS_MEMORY) + KERNEL_AND_DATABASE;
  }

  private long jvm(ConfigKey heap) {
    return Sizes.heap(config.text(heap)) + BESIDE_HEAP;
  }
}
