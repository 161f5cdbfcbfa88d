package dev.kodo.model;

import java.time.Instant;

/**
 * One inquiry at one provider.
 *
 * @param place of the provider in the list, counted from 0
 */
record Attempt(Inquiry inquiry, int place, Provider provider, Instant begun) {
  String step() {
    return inquiry.step(place);
  }
}
