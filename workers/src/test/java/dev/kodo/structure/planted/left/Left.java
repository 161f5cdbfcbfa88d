package dev.kodo.structure.planted.left;

import dev.kodo.structure.planted.right.Right;

/** One half of a cycle between features. */
public record Left(Right right) {}
