package dev.kodo.kernel.workers;

import dev.kodo.kernel.config.Config;
import dev.kodo.kernel.home.Installation;
import dev.kodo.kernel.home.KodoHome;
import dev.kodo.kernel.postgres.DatabaseAccess;
import java.util.Optional;

/** Everything that the workers need to know. */
public record WorkersSetting(
    KodoHome home,
    Installation installation,
    Config config,
    DatabaseAccess database,
    EngineAddress engine,
    GuardAddress guard,
    String apiToken,
    Optional<Confinement> confinement) {}
