package dev.kodo.model.http;

import java.net.http.HttpHeaders;
import java.util.Map;
import java.util.Optional;

/** The headers of a response. */
record ResponseHead(HttpHeaders headers) {
  static final ResponseHead NONE =
      new ResponseHead(HttpHeaders.of(Map.of(), (name, value) -> true));

  Optional<String> first(String name) {
    return headers.firstValue(name).map(String::strip).filter(value -> !value.isEmpty());
  }
}
