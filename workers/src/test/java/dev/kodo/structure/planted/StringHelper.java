package dev.kodo.structure.planted;

final class StringHelper {
  private StringHelper() {}
}
