package dev.kodo.kernel.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kodo.kernel.home.Json;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * A signed statement about a run of entries.
 *
 * @param firstSeq of the first entry in the run
 * @param lastSeq of the last one
 * @param merkleRoot over the hashes of the run
 * @param hashOfLast which, by the chain, stands for everything before as well
 */
record Checkpoint(
    long firstSeq, long lastSeq, Hash merkleRoot, Hash hashOfLast, Instant at, Signed signature) {

  static Checkpoint sign(
      AuditKey key, long firstSeq, long lastSeq, Hash root, Hash hashOfLast, Instant now) {
    Instant at = now.truncatedTo(ChronoUnit.MICROS);
    byte[] statement = statement(firstSeq, lastSeq, root, hashOfLast, at);
    return new Checkpoint(firstSeq, lastSeq, root, hashOfLast, at, new Signed(key.sign(statement)));
  }

  boolean isSignedBy(AuditPublicKey key) {
    return key.verifies(
        statement(firstSeq, lastSeq, merkleRoot, hashOfLast, at), signature.bytes());
  }

  private static byte[] statement(
      long firstSeq, long lastSeq, Hash root, Hash hashOfLast, Instant at) {
    return CanonicalForm.of("kodo-audit-checkpoint-1")
        .put(firstSeq)
        .put(lastSeq)
        .put(root)
        .put(hashOfLast)
        .put(at)
        .bytes();
  }

  /** One line without its end. */
  String line() {
    ObjectNode json = Json.object();
    json.put("firstSeq", firstSeq).put("lastSeq", lastSeq);
    json.put("merkleRoot", merkleRoot.hex()).put("hashOfLast", hashOfLast.hex());
    json.put("at", at.toString()).put("signature", signature.base64());
    return Json.line(json);
  }

  /** Throws {@link IllegalArgumentException} or {@link java.time.DateTimeException}. */
  static Checkpoint of(JsonNode json) {
    return new Checkpoint(
        json.path("firstSeq").asLong(),
        json.path("lastSeq").asLong(),
        Hash.parse(json.path("merkleRoot").asText()),
        Hash.parse(json.path("hashOfLast").asText()),
        Instant.parse(json.path("at").asText()),
        Signed.parse(json.path("signature").asText()));
  }
}
