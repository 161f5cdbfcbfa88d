package dev.kodo.model.http;

import java.time.Duration;

/**
 * Where requests go, and how much of an answer is awaited.
 *
 * @param address without the path of the request
 * @param token lets the guard know the caller; never printed
 * @param timeout for one request from connecting to the last byte of its answer
 * @param maxAnswerBytes a longer response is cut off
 */
public record Target(String address, String token, Duration timeout, int maxAnswerBytes) {
  /** Takes the token out of a text that comes from outside. */
  String withoutToken(String text) {
    return text.replace(token, "***");
  }

  @Override
  public String toString() {
    return address;
  }
}
