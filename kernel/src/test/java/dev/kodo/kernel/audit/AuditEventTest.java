package dev.kodo.kernel.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AuditEventTest {
  private static final Instant NOW = Instant.parse("2026-11-21T04:00:00.123456789Z");

  @Test
  void keepsTextsShortPlainAndOnOneLine() {
    AuditEvent event =
        AuditEvent.of(
            Actor.BODY,
            Kind.TOOL_CALL,
            "a\nb\u0000\u001b[31m\u202e鼓動\ud800",
            "😀".repeat(PlainText.LONGEST + 1));

    assertThat(event.subject()).isEqualTo("a b[31m鼓動");
    assertThat(event.outcome()).isEqualTo("😀".repeat(PlainText.LONGEST - 1) + "…");
    assertThat(AuditEvent.of(Actor.BODY, Kind.STOP, "x".repeat(300), "").subject()).hasSize(300);
  }

  @Test
  void cleansNamesAndValuesOfDetailsAndRefusesTooMany() {
    AuditEvent event =
        AuditEvent.of(Actor.BODY, Kind.TOOL_CALL, "x", "ok")
            .with(Map.of("b\r\n", "1\t2", "a", "y".repeat(400)));
    Map<String, String> many = new HashMap<>();
    for (int i = 0; i < 21; i++) {
      many.put("k" + i, "v");
    }

    assertThat(event.detail()).containsEntry("b ", "1 2");
    assertThat(event.detail().get("a")).hasSize(300).endsWith("…");
    assertThat(event.detail().keySet()).containsExactly("a", "b ");
    assertThatThrownBy(() -> event.with(many)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void hasAHashThatEveryFieldChanges() {
    AuditEvent event = TestLog.event(1);
    AuditEntry entry = AuditEntry.of(7, NOW, event, Hash.NONE);

    assertThat(entry.at()).isEqualTo("2026-11-21T04:00:00.123456Z");
    assertThat(entry.hash())
        .isEqualTo(AuditEntry.of(7, NOW, event, Hash.NONE).hash())
        .isNotEqualTo(AuditEntry.of(8, NOW, event, Hash.NONE).hash())
        .isNotEqualTo(AuditEntry.of(7, NOW.plusNanos(1000), event, Hash.NONE).hash())
        .isNotEqualTo(AuditEntry.of(7, NOW, event, entry.hash()).hash())
        .isNotEqualTo(AuditEntry.of(7, NOW, event.with(Map.of()), Hash.NONE).hash())
        .isNotEqualTo(AuditEntry.of(7, NOW, event.about(Hash.NONE), Hash.NONE).hash());
  }

  @Test
  void keepsFieldsApartThatHaveTheSameLettersInARow() {
    AuditEvent one = AuditEvent.of(Actor.GUARD, Kind.REFUSAL, "ab", "c");
    AuditEvent other = AuditEvent.of(Actor.GUARD, Kind.REFUSAL, "a", "bc");
    AuditEvent emptyAgent =
        new AuditEvent(Actor.GUARD, Kind.REFUSAL, "", null, "ab", "c", null, Map.of());

    Hash hash = AuditEntry.of(1, NOW, one, Hash.NONE).hash();

    assertThat(hash).isNotEqualTo(AuditEntry.of(1, NOW, other, Hash.NONE).hash());
    assertThat(hash).isNotEqualTo(AuditEntry.of(1, NOW, emptyAgent, Hash.NONE).hash());
  }

  @Test
  void neverChangesHowAnEntryIsHashed() {
    AuditEntry entry = AuditEntry.of(1, NOW, TestLog.event(1), Hash.NONE);

    assertThat(entry.detail()).isEqualTo("{\"cost\":\"0.01\",\"tokens\":\"1\"}");
    assertThat(entry.hash().hex())
        .as("logs that people have would no longer verify")
        .isEqualTo("8222eda6df3d29bc79e919130386f11860cc3c809c060bbc63404f63c977c97f");
  }
}
