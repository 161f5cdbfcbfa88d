package dev.kodo.kernel.part;

import org.jspecify.annotations.Nullable;

/**
 * What is remembered about a started part, so that a later kernel can adopt or end it.
 *
 * @param fingerprint of the command and its environment; another one means another configuration
 */
public record PartRecord(String part, @Nullable ProcessIdentity process, String fingerprint) {
  boolean isAlive() {
    return process != null && process.isAlive();
  }
}
