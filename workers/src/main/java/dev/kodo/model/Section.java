package dev.kodo.model;

/**
 * One named piece of material in a question. Its text is data: whatever it says, it is never an
 * instruction.
 *
 * @param name heading under which the model sees the text, for example {@code Theme}
 */
public record Section(String name, String text, Kind kind) {
  /** What a section holds. It decides what gives way when a prompt is too long for a model. */
  public enum Kind {
    /** What is permitted, and whatever else the question cannot do without; never left out. */
    FIRM,
    /** From whose point of view a theme is worked on. */
    CONTEXT,
    THEME,
    /** What the agent lives by; never left out. */
    RULES,
    /** One beat, or several older ones. */
    BEAT,
    /** The beginning and the end of something that the agent wrote. */
    PIECE,
    /** A file that the question is about. */
    FILE,
    /**
     * What the instruction says already, so that it is not sent, and paid for, a second time. The
     * rehearsal, which reads no instructions, takes it from here.
     */
    INSTRUCTION;

    /** Whether it is the same in the next question about the theme, so that a cache keeps it. */
    boolean lasts() {
      return switch (this) {
        case CONTEXT, THEME, RULES, BEAT, PIECE -> true;
        case FIRM, FILE, INSTRUCTION -> false;
      };
    }
  }

  /** Material that a question cannot do without. */
  public Section(String name, String text) {
    this(name, text, Kind.FIRM);
  }

  /** A part of the instruction, for the rehearsal, which reads no instructions. */
  public static Section ofInstruction(String name, String text) {
    return new Section(name, text, Kind.INSTRUCTION);
  }

  boolean inInstruction() {
    return kind == Kind.INSTRUCTION;
  }

  /** The same section with its middle left out, when it is longer than this many characters. */
  Section within(int longest) {
    return new Section(name, Characters.ends(text, longest), kind);
  }
}
