package dev.kodo.routine;

import org.jspecify.annotations.Nullable;

/**
 * Why an entry of {@code routines.yml} is left out.
 *
 * @param routine its name, null when it has none that can be used
 * @param line where it is, counted from 1
 * @param sentence what is wrong and what to write instead
 */
public record Problem(@Nullable String routine, int line, String sentence) {}
