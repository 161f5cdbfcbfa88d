package dev.kodo.kernel.run;

import dev.kodo.kernel.home.Installation;
import dev.kodo.kernel.home.KodoHome;
import java.time.Clock;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * What a kernel is given from outside.
 *
 * @param operate whether the engine also runs Operate and Tasklist, with a search engine beside it
 */
public record KernelSetting(
    KodoHome home,
    Installation installation,
    Map<String, String> environment,
    Clock clock,
    RandomGenerator random,
    boolean operate) {}
