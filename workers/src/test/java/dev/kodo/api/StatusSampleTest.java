package dev.kodo.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.kodo.kernel.Samples;
import org.junit.jupiter.api.Test;

class StatusSampleTest {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  /** The kernel shows what is in the sample: see its own tests of {@code kodo status}. */
  @Test
  void writesTheStatusThatTheKernelReads() throws JsonProcessingException {
    String sample = Samples.text("status.json");

    String written = JSON.writeValueAsString(JSON.readValue(sample, StatusController.Status.class));

    assertThat(JSON.readTree(written)).isEqualTo(JSON.readTree(sample));
  }
}
