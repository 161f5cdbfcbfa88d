package dev.kodo.kernel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kodo.kernel.Samples;
import dev.kodo.kernel.home.Json;
import java.io.IOException;
import java.time.Clock;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class OutboxTextTest {
  @Test
  void tellsInTheStatusWhatTheAuditLogDoesNotTake() throws IOException {
    ObjectNode status = Json.object().put("running", true);
    status.set("workers", Json.parse(Samples.text("status.json")));

    assertThat(StatusText.of(status, Clock.systemUTC(), ZoneOffset.UTC))
        .contains(
            "2 entries of the workers are not in the audit log:"
                + " The guard answered with HTTP status 400. `kodo doctor`");
  }
}
