package dev.kodo.structure.planted.right;

import dev.kodo.structure.planted.left.Left;
import org.jspecify.annotations.Nullable;

/** The other half. */
public record Right(@Nullable Left left) {}
