package dev.kodo.kernel.home;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PrintableTest {

  @Test
  void leavesOutWhatWouldRuleATerminal() {
    assertThat(Printable.text("a\u001b[2Jb\u009bc\rd\u202ee\u2066f\u007fg"))
        .isEqualTo("a[2Jbcdefg");
    assertThat(Printable.text("蜂の一生 🐝\n\tnext")).isEqualTo("蜂の一生 🐝\n\tnext");
  }

  @Test
  void losesNothingInJson() throws Exception {
    String title = "a\u009bb\u202ec\u001b";

    String printed = Json.print(Json.object().put("title", title));

    assertThat(printed).isEqualTo(Printable.text(printed));
    assertThat(Json.parse(printed).path("title").asText()).isEqualTo(title);
  }
}
