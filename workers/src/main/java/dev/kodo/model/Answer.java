package dev.kodo.model;

import org.jspecify.annotations.Nullable;

/**
 * A validated answer and what it took.
 *
 * @param cut why the text ends before its end, kept up to its last whole sentence: {@code length},
 *     {@code timeout}, {@code deadline}, {@code repetition}, …; null when it is whole
 */
public record Answer<A extends Record>(A value, ModelUse use, @Nullable String cut) {}
