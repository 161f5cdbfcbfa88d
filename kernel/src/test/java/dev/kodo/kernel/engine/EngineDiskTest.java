package dev.kodo.kernel.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EngineDiskTest {

  @Test
  void saysWhatIsFreeAndFromWhereOnTheEngineGoesOn() {
    assertThat(EngineDisk.shortage(511L << 20)).get().asString().contains("511.0 MB", "512 MB");
    assertThat(EngineDisk.shortage(512L << 20)).isEmpty();
  }
}
