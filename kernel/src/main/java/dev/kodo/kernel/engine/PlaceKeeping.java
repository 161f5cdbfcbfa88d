package dev.kodo.kernel.engine;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * How the engine keeps the place of Operate's exporter, and all records since, while Operate does
 * not run.
 *
 * @param jar the stand-in's program
 * @param patience time after which the records are let go
 * @param missed file that then says so
 * @see EngineWebApps
 */
public record PlaceKeeping(Path jar, Duration patience, Path missed) {
  /** Twice what the engine itself needs: what is let go is removed minutes later. */
  private static final long ROOM = (2L * EngineDisk.PROCESSING_MB) << 20;

  Map<String, String> environment() {
    return Map.of(
        EngineWebApps.EXPORTER + "CLASSNAME", "dev.kodo.exporter.PlaceKeeper",
        EngineWebApps.EXPORTER + "JARPATH", jar.toString(),
        EngineWebApps.EXPORTER + "ARGS_PATIENCE", patience.toString(),
        EngineWebApps.EXPORTER + "ARGS_ROOM", Long.toString(ROOM),
        EngineWebApps.EXPORTER + "ARGS_MARK", missed.toString());
  }
}
