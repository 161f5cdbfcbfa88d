/**
 * Runs the real diagrams in the in-memory engine on a clock that a test moves. {@link
 * dev.kodo.process.scenario.ScenarioEngine} is the engine, a {@link dev.kodo.process.scenario.Body}
 * does the jobs.
 */
@NullMarked
package dev.kodo.process.scenario;

import org.jspecify.annotations.NullMarked;
