package dev.kodo.kernel.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every manipulation is done by the superuser of the database, who can do anything there. */
@Tag("slow")
class AuditVerificationTest {
  /** The hash of a row as PostgreSQL itself computes it: what an attacker with SQL would write. */
  private static final String FORGED_HASH =
      """
      create function pg_temp.field(value bytea) returns bytea immutable language sql as $$
        select case when value is null then '\\xffffffff'::bytea
                    else int4send(octet_length(value)) || value end $$;
      create function pg_temp.hash_of(e audit_entry) returns bytea immutable language sql as $$
        select sha256(
          pg_temp.field(convert_to('kodo-audit-entry-1', 'UTF8'))
          || pg_temp.field(int8send(e.seq)) || pg_temp.field(timestamptz_send(e.at))
          || pg_temp.field(convert_to(e.actor, 'UTF8')) || pg_temp.field(convert_to(e.kind, 'UTF8'))
          || pg_temp.field(convert_to(e.agent_id, 'UTF8'))
          || pg_temp.field(convert_to(e.heartbeat_id, 'UTF8'))
          || pg_temp.field(convert_to(e.subject, 'UTF8'))
          || pg_temp.field(convert_to(e.outcome, 'UTF8'))
          || pg_temp.field(e.digest) || pg_temp.field(convert_to(e.detail, 'UTF8'))
          || pg_temp.field(e.previous_hash)) $$;
      """;

  /** Makes the chain fit again from an entry on. */
  private static final String REHASH_FROM =
      FORGED_HASH
          + """
            do $$
            declare
              n bigint;
            begin
              for n in select seq from audit_entry where seq >= %d order by seq loop
                update audit_entry e set previous_hash =
                  coalesce((select p.hash from audit_entry p where p.seq < n
                            order by p.seq desc limit 1), decode(repeat('00', 32), 'hex'))
                  where e.seq = n;
                update audit_entry e set hash = pg_temp.hash_of(e) where e.seq = n;
              end loop;
            end $$
            """;

  @TempDir Path home;
  private TestLog log;

  @BeforeEach
  void prepare() throws SQLException, IOException {
    log = TestLog.in(home);
    log.write(20);
    log.write(20);
    assertThat(log.verify().findings()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "subject | 'provider/other'",
        "outcome | 'refused'",
        "detail | '{}'",
        "actor | 'owner'",
        "kind | 'stop'",
        "agent_id | null",
        "heartbeat_id | ''",
        "digest | null",
        "at | at + interval '1 microsecond'",
        "hash | sha256('x')"
      })
  void locatesAnEntryOfWhichOneFieldWasChanged(String field, String value) throws Exception {
    log.tamper("update audit_entry set " + field + " = " + value + " where seq = 13");

    assertThat(log.verify().findings())
        .contains(Finding.at(Damage.ENTRY_ALTERED, 13, "Entry 13 is not as it was written."))
        .noneMatch(finding -> finding.damage() == Damage.ENTRY_ALTERED && finding.firstSeq() != 13);
  }

  @Test
  void locatesDeletedEntries() throws Exception {
    log.tamper("delete from audit_entry where seq in (7, 8, 30)");

    assertThat(log.verify().findings())
        .contains(ChainCheck.missing(7, 8), ChainCheck.missing(30, 30))
        .filteredOn(finding -> finding.damage() == Damage.ENTRIES_MISSING)
        .hasSize(2);
  }

  @Test
  void locatesADeletionBehindWhichTheNumbersWereClosedUp() throws Exception {
    log.tamper("delete from audit_entry where seq = 7");
    log.tamper("update audit_entry set seq = seq + 999 where seq > 7");
    log.tamper("update audit_entry set seq = seq - 1000 where seq > 1000");
    log.tamper(REHASH_FROM.formatted(7));

    assertThat(log.verify().findings())
        .contains(
            SealCheck.rewritten(1, 20), SealCheck.rewritten(21, 40), ChainCheck.missing(40, 40))
        .noneMatch(finding -> finding.damage() == Damage.ENTRY_ALTERED);
  }

  @Test
  void locatesEntriesThatChangedPlaces() throws Exception {
    log.tamper("update audit_entry set seq = seq + 1000 where seq in (11, 12)");
    log.tamper("update audit_entry set seq = 1023 - (seq - 1000) - 1000 where seq > 1000");

    assertThat(log.verify().findings())
        .filteredOn(finding -> finding.damage() == Damage.ENTRY_ALTERED)
        .extracting(Finding::firstSeq)
        .containsExactly(11L, 12L);
  }

  @Test
  void locatesWhereTheEndWasCutOff() throws Exception {
    log.tamper("delete from audit_entry where seq > 33");

    assertThat(log.verify().findings()).contains(ChainCheck.missing(34, 40));
  }

  @Test
  void noticesThatEverythingIsGone() throws Exception {
    log.tamper("delete from audit_entry; delete from audit_checkpoint");

    assertThat(log.verify().findings())
        .contains(ChainCheck.missing(1, 40), CheckpointComparison.missing(40));
  }

  @Test
  void noticesADatabaseThatWasSetBackToAnEarlierStateWithItsCheckpoints() throws Exception {
    log.tamper(
        "delete from audit_entry where seq > 20; delete from audit_checkpoint where last_seq > 20");

    assertThat(log.verify().findings())
        .contains(ChainCheck.missing(21, 40), CheckpointComparison.missing(40));
  }

  @Test
  void locatesARunWhoseHashesWereAllComputedAnew() throws Exception {
    log.tamper("update audit_entry set outcome = 'never happened' where seq = 27");
    log.tamper(REHASH_FROM.formatted(27));

    assertThat(log.verify().findings())
        .containsExactlyInAnyOrder(SealCheck.rewritten(40, 40), SealCheck.rewritten(21, 40));
  }

  @Test
  void provesByTheCheckpointAloneThatHashesWereComputedAnew() throws Exception {
    Files.delete(log.folder().head());
    log.tamper("update audit_entry set outcome = 'never happened' where seq = 27");
    log.tamper(REHASH_FROM.formatted(27));

    assertThat(log.verify().findings())
        .contains(SealCheck.rewritten(21, 40))
        .extracting(Finding::damage)
        .containsExactlyInAnyOrder(Damage.HEAD_UNUSABLE, Damage.HISTORY_REWRITTEN);
  }

  @Test
  void provesByTheHeadAloneThatTheNewestEntriesWereRewritten() throws Exception {
    try (AuditLog open = log.open()) {
      open.append(TestLog.event(41));
      open.append(TestLog.event(42));
      await("the head is written").until(() -> log.folder().readHead().seq() == 42);
      log.tamper("update audit_entry set outcome = 'never happened' where seq = 42");
      log.tamper(REHASH_FROM.formatted(42));

      assertThat(log.verify().findings()).containsExactly(SealCheck.rewritten(42, 42));
    }
  }

  @Test
  void noticesThatTheForgerOfHashesAlsoForgedTheCheckpoint() throws Exception {
    log.tamper("update audit_entry set outcome = 'never happened' where seq = 27");
    log.tamper(REHASH_FROM.formatted(27));
    log.tamper(
        "update audit_checkpoint set hash_of_last = (select hash from audit_entry where seq = 40)"
            + " where last_seq = 40");

    assertThat(log.verify().findings())
        .extracting(Finding::damage)
        .contains(Damage.CHECKPOINT_ALTERED, Damage.HISTORY_REWRITTEN);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "merkle_root | sha256('x')",
        "hash_of_last | sha256('x')",
        "first_seq | 22",
        "at | at + interval '1 second'",
        "signature | decode(repeat('00', 64), 'hex')",
        "signature | ''"
      })
  void locatesAnAlteredCheckpoint(String field, String value) throws Exception {
    log.tamper("update audit_checkpoint set " + field + " = " + value + " where last_seq = 40");

    assertThat(log.verify().findings())
        .filteredOn(finding -> finding.damage() == Damage.CHECKPOINT_ALTERED)
        .singleElement()
        .satisfies(finding -> assertThat(finding.lastSeq()).isEqualTo(40));
  }

  @Test
  void noticesASignatureOfAnotherKey() throws Exception {
    AuditFolder other = new AuditFolder(home.resolve("other"));
    AuditKey stranger = AuditKey.obtain(home.resolve("other-secrets"), other);
    Checkpoint original = lastInFile();
    Checkpoint forged =
        Checkpoint.sign(
            stranger,
            original.firstSeq(),
            original.lastSeq(),
            original.merkleRoot(),
            original.hashOfLast(),
            original.at());
    log.tamper(
        "update audit_checkpoint set signature = decode('"
            + forged.signature().base64()
            + "', 'base64') where last_seq = 40");
    replaceLastLine(forged.line());
    log.folder().write(Head.sign(stranger, 40, original.hashOfLast()));

    assertThat(log.verify().findings())
        .extracting(Finding::damage)
        .containsExactlyInAnyOrder(
            Damage.HEAD_UNUSABLE, Damage.CHECKPOINT_ALTERED, Damage.CHECKPOINT_ALTERED);
  }

  @Test
  void noticesADeletedCheckpointInEitherPlace() throws Exception {
    log.tamper("delete from audit_checkpoint where last_seq = 20");
    assertThat(log.verify().findings()).containsExactly(CheckpointComparison.missing(20));

    log.write(1);
    List<String> lines = log.folder().checkpointLines();
    Files.writeString(log.folder().checkpoints(), lines.get(0) + "\n" + lines.get(2) + "\n");
    assertThat(log.verify().findings())
        .extracting(Finding::text)
        .contains("The checkpoint up to entry 40 is missing in the file of checkpoints.");
  }

  @Test
  void noticesCheckpointsThatAreGoneFromBothPlaces() throws Exception {
    log.tamper("delete from audit_checkpoint where last_seq = 20");
    String last = log.folder().checkpointLines().getLast();
    Files.writeString(log.folder().checkpoints(), last + "\n");

    assertThat(log.verify().findings())
        .extracting(Finding::text)
        .containsExactly("No checkpoint covers the entries 1 to 20.");
  }

  @Test
  void noticesAMissingKeyAndAForgedHead() throws Exception {
    Files.writeString(
        log.folder().head(), Files.readString(log.folder().head()).replace("40", "39"));
    assertThat(log.verify().findings())
        .extracting(Finding::damage)
        .containsExactly(Damage.HEAD_UNUSABLE);

    Files.delete(log.folder().publicKey());
    assertThat(log.verify().findings())
        .extracting(Finding::damage)
        .containsExactly(Damage.KEY_UNUSABLE);
  }

  @Test
  void noticesAnEntryThatWasSlippedIn() throws Exception {
    log.tamper(
        "insert into audit_entry select 41, at, actor, kind, agent_id, heartbeat_id, 'slipped in',"
            + " outcome, digest, detail, previous_hash, hash from audit_entry where seq = 40");

    assertThat(log.verify().findings())
        .extracting(Finding::damage)
        .containsExactly(Damage.ENTRY_ALTERED, Damage.CHAIN_BROKEN);
  }

  @Test
  void keepsItsReportShortWhenEverythingIsDamaged() throws Exception {
    log.write(200);
    log.tamper("update audit_entry set subject = 'x'");

    AuditReport report = log.verify();

    assertThat(report.findings()).hasSize(100);
    assertThat(report.allFindings()).isEqualTo(240);
  }

  private Checkpoint lastInFile() throws IOException {
    return Checkpoint.of(dev.kodo.kernel.home.Json.parse(log.folder().checkpointLines().getLast()));
  }

  private void replaceLastLine(String line) throws IOException {
    List<String> lines = log.folder().checkpointLines();
    Files.write(
        log.folder().checkpoints(),
        (lines.getFirst() + "\n" + line + "\n").getBytes(StandardCharsets.UTF_8));
  }
}
