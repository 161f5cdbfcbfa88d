package dev.kodo.kernel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kodo.kernel.home.Json;
import java.io.IOException;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ModelLineTest {
  private static final Instant NOW = Instant.parse("2026-11-29T04:00:30Z");

  @Test
  void saysNothingOfAModelThatNobodyAsked() throws IOException {
    assertThat(ModelLine.of(Json.parse("{\"provider\":\"a\",\"model\":\"b\"}"), NOW)).isEmpty();
  }

  @Test
  void saysSpeedRoomContextCacheWaitAndTrouble() throws IOException {
    JsonNode model =
        Json.parse(
            """
            {"provider":"local","model":"m","read_per_second":110.4,"write_per_second":34.6,
             "think_room":600,"context_tokens":8192,"cache":"yes",
             "waiting":{"for":"a free slot","since":"2026-11-29T04:00:00Z"},
             "cut_prompt":{"sent":9000,"counted":4096,"at":"2026-11-29T04:00:00Z"},
             "too_slow":"Expected more; `timeout: PT3M` would do."}
            """);
    assertThat(ModelLine.of(model, NOW))
        .containsExactly(
            "Model local/m: reads 110 and writes 35 tokens a second, room for thought 600, context"
                + " 8192, cache yes",
            "Model local/m keeps a call waiting for a free slot, for 30.0 s",
            "Model local/m was sent about 9000 tokens and read 4096: its server cut the prompt."
                + " `kodo doctor` says what to do.",
            "Model local/m: Expected more; `timeout: PT3M` would do.");
  }
}
