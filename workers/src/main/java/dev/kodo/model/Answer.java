package dev.kodo.model;

import org.jspecify.annotations.Nullable;

/**
 * A validated answer and what it took.
 *
 * @param cut why its body ends before its end; null when it is whole
 */
public record Answer<A extends Record>(A value, ModelUse use, @Nullable Cut cut) {}
