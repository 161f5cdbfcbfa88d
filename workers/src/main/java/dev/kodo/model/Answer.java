package dev.kodo.model;

/** A validated answer and what it took. */
public record Answer<A extends Record>(A value, ModelUse use) {}
