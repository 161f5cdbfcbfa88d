package dev.kodo.kernel.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kodo.kernel.home.Json;

/**
 * A signed statement that the log has come at least so far. The database may be ahead of it, after
 * a crash; it is never behind.
 */
record Head(long seq, Hash hash, Signed signature) {
  /** Promises nothing. */
  static final Head NONE = new Head(0, Hash.NONE, new Signed(new byte[0]));

  static Head sign(AuditKey key, long seq, Hash hash) {
    return new Head(seq, hash, new Signed(key.sign(statement(seq, hash))));
  }

  boolean isSignedBy(AuditPublicKey key) {
    return key.verifies(statement(seq, hash), signature.bytes());
  }

  private static byte[] statement(long seq, Hash hash) {
    return CanonicalForm.of("kodo-audit-head-1").put(seq).put(hash).bytes();
  }

  String text() {
    ObjectNode json = Json.object();
    json.put("seq", seq).put("hash", hash.hex()).put("signature", signature.base64());
    return Json.print(json) + "\n";
  }

  /** Throws {@link IllegalArgumentException} when the fields are not those of a head. */
  static Head of(JsonNode json) {
    return new Head(
        json.path("seq").asLong(),
        Hash.parse(json.path("hash").asText()),
        Signed.parse(json.path("signature").asText()));
  }
}
