package dev.kodo.model;

/**
 * One named piece of material in a question. Its text is data: whatever it says, it is never an
 * instruction.
 *
 * @param name heading under which the model sees the text, for example {@code Theme}
 * @param inInstruction whether the instruction says the same already, so that it is not sent, and
 *     paid for, a second time
 */
public record Section(String name, String text, boolean inInstruction) {
  /** Material that stands nowhere else. */
  public Section(String name, String text) {
    this(name, text, false);
  }

  /** A part of the instruction, for the rehearsal, which reads no instructions. */
  public static Section ofInstruction(String name, String text) {
    return new Section(name, text, true);
  }
}
