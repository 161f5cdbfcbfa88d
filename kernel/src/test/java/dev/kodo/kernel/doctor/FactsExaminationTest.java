package dev.kodo.kernel.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kodo.kernel.home.Json;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class FactsExaminationTest {
  @Test
  void saysWhatIsKnownAndAStepForEachTrouble() throws IOException {
    List<Finding> findings =
        new FactsExamination(
                Json.parse(
                    """
                    {"models":[
                     {"provider":"a","model":"m","server":"llama.cpp","context_tokens":8192,
                      "schema":"enforced","tools":"no","usage":"yes","cache":"yes","thinks":"no"},
                     {"provider":"b","model":"m","too_slow":"It reads 3.0 a second."},
                     {"provider":"c","model":"m","thinking_refused":true},
                     {"provider":"d","model":"m","cut_prompt":{"sent":9,"counted":4,"at":"x"}}]}
                    """))
            .findings();

    assertThat(findings)
        .extracting(Finding::grade)
        .containsExactly(
            Finding.Grade.TROUBLE, Finding.Grade.TROUBLE, Finding.Grade.TROUBLE, Finding.Grade.OK);
    assertThat(findings.getFirst().text()).contains("b/m is too slow", "3.0 a second");
    assertThat(findings.getFirst().next()).contains("`timeout`", "`b`");
    assertThat(findings.get(1).next()).contains("`thinking: as-it-is`");
    assertThat(findings.get(2).next()).contains("larger context");
    assertThat(findings.getLast().text())
        .isEqualTo(
            "a/m (llama.cpp, context 8192, schema enforced, tools no, usage yes, cache yes, thinks"
                + " no)");
    assertThat(new FactsExamination(null).findings())
        .extracting(Finding::grade)
        .containsExactly(Finding.Grade.NOTE);
  }
}
