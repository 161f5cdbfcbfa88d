package dev.kodo.kernel.engine;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What the local engine is started with.
 *
 * @param data folder of the engine's files, created on the first start
 * @param memory Java heap, such as 512m
 * @param export empty when nobody writes down what the processes do
 * @param webApps empty for the engine alone
 * @param placeKeeping empty unless web applications come back that must learn what happens now
 */
public record EngineSetting(
    EngineDistribution distribution,
    Path data,
    EnginePorts ports,
    String memory,
    Optional<EngineExport> export,
    Optional<EngineWebApps> webApps,
    Optional<PlaceKeeping> placeKeeping) {}
