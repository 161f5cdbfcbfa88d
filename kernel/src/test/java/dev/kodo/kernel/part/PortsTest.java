package dev.kodo.kernel.part;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kodo.kernel.problem.Problem;
import dev.kodo.kernel.problem.ProblemCode;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class PortsTest {

  @Test
  void blamesAnotherProgramOnlyWhenThereIsOne() throws IOException {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThat(Ports.obstacle("api.port", other.getLocalPort()))
          .get()
          .extracting(Problem::code)
          .isEqualTo(ProblemCode.PORT_TAKEN);
    }
    Problem denied = Ports.problem("api.port", 80, new BindException("Permission denied"), false);
    assertThat(denied.code()).isEqualTo(ProblemCode.CONFIG_BAD_VALUE);
    assertThat(denied.sentence()).contains("port 80").contains("Permission denied");
  }
}
