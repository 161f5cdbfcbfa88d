package dev.kodo.kernel.search;

import dev.kodo.kernel.http.HttpAnswer;
import dev.kodo.kernel.http.HttpCall;
import java.io.IOException;

/**
 * Operate 8.6 always makes two users of its own, {@code act} and {@code view}, whose passwords are
 * their names and cannot be set. The search engine itself replaces these passwords by something
 * that no password matches, when Operate stores the users: there is no moment at which they work.
 */
record LockedUsers(String search) {
  private static final String PIPELINE =
      """
      {
        "description": "Locks the users that Operate makes beside the configured one.",
        "processors": [
          {
            "set": {
              "if": "ctx.userId == 'act' || ctx.userId == 'view'",
              "field": "password",
              "value": "{bcrypt}locked"
            }
          }
        ]
      }
      """;

  private static final String TEMPLATE =
      """
      {
        "index_patterns": ["operate-user-1*", "tasklist-user-1*"],
        "template": {"settings": {"index.final_pipeline": "kodo-locked-users"}}
      }
      """;

  /** Must have returned before Operate starts for the first time. */
  void apply() throws IOException {
    put("/_ingest/pipeline/kodo-locked-users", PIPELINE);
    put("/_index_template/kodo-locked-users", TEMPLATE);
  }

  private void put(String path, String json) throws IOException {
    HttpAnswer answer = SearchPart.send(HttpCall.put(search + path, json));
    if (!answer.isOk()) {
      throw new IOException(
          "Expected the search engine to take "
              + path
              + ", but it answered "
              + answer.status()
              + ": "
              + answer.excerpt());
    }
  }
}
