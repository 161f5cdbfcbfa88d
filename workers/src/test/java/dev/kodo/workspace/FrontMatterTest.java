package dev.kodo.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

class FrontMatterTest {
  @Test
  void writesTheFieldsInOrderOverTheBody() {
    String file =
        FrontMatter.empty()
            .with("heartbeat", "20261121100000")
            .with("activity", "think")
            .with("title", "鼓動: \"yes\"\n---")
            .with("rehearsal", true)
            .with("cost", new BigDecimal("0.000120"))
            .with("price", (BigDecimal) null)
            .with("duration_ms", 12)
            .with("answer", "no")
            .over("# Body\n");

    assertThat(file)
        .isEqualTo(
            """
            ---
            heartbeat: "20261121100000"
            activity: think
            title: "鼓動: \\"yes\\"\\n---"
            rehearsal: true
            cost: 0.000120
            price: null
            duration_ms: 12
            answer: "no"
            ---

            # Body
            """);
  }

  @Test
  void readsBackWhatItWrote() {
    String file =
        FrontMatter.empty().with("title", "a: b\n---\n").with("cost", (String) null).over("Body");

    FrontMatter.Document read = FrontMatter.read(file.replace("\n", "\r\n"));

    assertThat(read.head().get("title")).contains("a: b\n---\n");
    assertThat(read.head().get("cost")).isEmpty();
    assertThat(read.body().strip()).isEqualTo("Body");
  }

  @Property(tries = 500)
  void anyTextSurvivesAsAYamlValue(@ForAll @StringLength(max = 40) String text) {
    String written =
        new String(
            text.getBytes(java.nio.charset.StandardCharsets.UTF_8),
            java.nio.charset.StandardCharsets.UTF_8);
    String file = FrontMatter.empty().with("value", written).over("Body");

    assertThat(FrontMatter.read(file).head().get("value")).contains(written);
    String head = file.substring(4, file.indexOf("\n---\n") + 1);
    assertThat(
            new Yaml(new SafeConstructor(new LoaderOptions()))
                .<java.util.Map<String, Object>>load(head))
        .containsEntry("value", written);
  }

  @Test
  void takesPlainValuesOnly() {
    FrontMatter head =
        FrontMatter.read(
                """
                ---
                when: !!timestamp 2026-99-99
                list: [a, b]
                nested: {a: b}
                nothing: ~
                ok: fine
                ---
                Body
                """)
            .head();

    assertThat(head.values())
        .containsOnly(java.util.Map.entry("when", "2026-99-99"), java.util.Map.entry("ok", "fine"));
  }

  @Test
  void leavesABrokenOrExplodingHeadInTheBody() {
    String bomb =
        """
        ---
        a: &a [x,x,x,x,x,x,x,x,x]
        b: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]
        c: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]
        d: [*c,*c,*c,*c,*c,*c,*c,*c,*c]
        ---
        Body
        """;
    String building =
        "---\na: !!javax.script.ScriptEngineManager [!!java.net.URL ['http://127.0.0.1/']]\n---\n";
    String nested = "---\na: " + "[".repeat(10_000) + "\n---\nBody\n";
    String broken = "---\na: 'b\n---\nBody\n";
    String open = "---\nno end\n";

    assertThat(FrontMatter.read(bomb).head().values()).isEmpty();
    assertThat(FrontMatter.read(building).body()).isEqualTo(building);
    assertThat(FrontMatter.read(nested).body()).isEqualTo(nested);
    assertThat(FrontMatter.read(broken).body()).isEqualTo(broken);
    assertThat(FrontMatter.read(open).body()).isEqualTo(open);
    assertThat(FrontMatter.read("---\n" + "x: y\n".repeat(100_000)).head().values()).isEmpty();
  }
}
