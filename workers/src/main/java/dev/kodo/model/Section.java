package dev.kodo.model;

/**
 * One named piece of material in a question. Its text is data: whatever it says, it is never an
 * instruction.
 *
 * @param name heading under which the model sees the text, for example {@code Theme}
 */
public record Section(String name, String text) {}
