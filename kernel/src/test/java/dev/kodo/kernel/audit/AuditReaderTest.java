package dev.kodo.kernel.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kodo.kernel.books.GuardDatabase;
import dev.kodo.kernel.postgres.DatabaseAccess;
import dev.kodo.kernel.problem.Problem;
import dev.kodo.kernel.problem.ProblemCode;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
class AuditReaderTest {
  private static final Instant EARLY = Instant.parse("2026-11-20T00:00:00Z");
  private static final Instant LATE = Instant.parse("2026-11-21T00:00:00Z");

  @TempDir Path home;
  private TestLog log;

  @BeforeEach
  void prepare() throws Exception {
    log = TestLog.in(home);
    append(EARLY, AuditEvent.of(Actor.KERNEL, Kind.START, "kernel", "started"));
    append(EARLY, AuditEvent.of(Actor.GUARD, Kind.REFUSAL, "m", "no").by("main", "1"));
    append(LATE, AuditEvent.of(Actor.GUARD, Kind.REFUSAL, "m", "no").by("owl", "2"));
    append(LATE, AuditEvent.of(Actor.GUARD, Kind.MODEL_CALL, "m", "ok").by("owl", "2"));
  }

  @Test
  void showsTheNewestEntriesOfAFilterInTheirOrder() {
    assertThat(seqs(filter(null, null, null, null, 20))).containsExactly(1L, 2L, 3L, 4L);
    assertThat(seqs(filter(null, null, null, null, 2))).containsExactly(3L, 4L);
    assertThat(seqs(filter(Kind.REFUSAL, null, null, null, 20))).containsExactly(2L, 3L);
    assertThat(seqs(filter(null, "owl", null, null, 20))).containsExactly(3L, 4L);
    assertThat(seqs(filter(null, null, "1", null, 20))).containsExactly(2L);
    assertThat(seqs(filter(null, null, null, LATE, 20))).containsExactly(3L, 4L);
    assertThat(seqs(filter(Kind.REFUSAL, "owl", "2", EARLY, 1))).containsExactly(3L);
    assertThat(seqs(filter(Kind.PANIC, null, null, null, 20))).isEmpty();
  }

  @Test
  void followsNewEntriesOnceEach() throws Exception {
    List<Long> seen = new ArrayList<>();
    List<Boolean> looks = new ArrayList<>();

    reader()
        .follow(
            filter(null, null, null, null, 20).following(4),
            entry -> seen.add(entry.seq()),
            () -> {
              looks.add(true);
              try {
                append(LATE, TestLog.event(looks.size()));
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
              return looks.size() <= 3;
            });

    assertThat(seen).containsExactly(5L, 6L, 7L);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "drop table guard.audit_entry",
        "alter table guard.audit_entry drop column outcome",
        "alter table guard.audit_entry alter column outcome type bytea using convert_to(outcome,"
            + " 'UTF8'), drop column hash",
        "drop schema guard cascade"
      })
  void callsALogBrokenThatLostItsForm(String sql) throws SQLException {
    log.tamper(sql);

    assertThatThrownBy(() -> reader().verify())
        .isInstanceOfSatisfying(
            Problem.class,
            problem -> assertThat(problem.code()).isEqualTo(ProblemCode.AUDIT_BROKEN));
  }

  @Test
  void saysWhatToDoWhenTheDatabaseDoesNotAnswer() {
    DatabaseAccess nobody = new DatabaseAccess("jdbc:postgresql://127.0.0.1:1/kodo", "kodo", "x");
    AuditReader reader = new AuditReader(new GuardDatabase(nobody), log.folder());

    assertThatThrownBy(reader::verify)
        .isInstanceOfSatisfying(
            Problem.class,
            problem -> {
              assertThat(problem.code()).isEqualTo(ProblemCode.NOT_RUNNING);
              assertThat(problem.next()).contains("kodo up");
            });
  }

  private AuditReader reader() {
    return new AuditReader(log.books().guard(), log.folder());
  }

  private List<Long> seqs(EntryFilter filter) {
    return reader().newest(filter).stream().map(AuditEntry::seq).toList();
  }

  private static EntryFilter filter(
      @Nullable Kind kind,
      @Nullable String agent,
      @Nullable String heartbeat,
      @Nullable Instant since,
      int limit) {
    return new EntryFilter(0, kind, agent, heartbeat, since, limit);
  }

  private void append(Instant now, AuditEvent event) throws Exception {
    try (AuditLog open = log.open(Clock.fixed(now, ZoneOffset.UTC), Duration.ofMinutes(1))) {
      open.append(event);
    }
  }
}
