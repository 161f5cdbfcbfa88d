package dev.kodo.kernel;

/** Entry point of the {@code kodo} command. */
public final class Kodo {
  private Kodo() {}

  public static void main(String[] args) {}
}
