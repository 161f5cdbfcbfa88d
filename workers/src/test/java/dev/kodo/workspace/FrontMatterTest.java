package dev.kodo.workspace;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
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

  @Property(tries = 1000)
  void anyTextSurvivesAsAYamlValue(@ForAll("texts") String text) {
    String file = FrontMatter.empty().with("value", text).over("Body");

    assertThat(FrontMatter.read(file).head().get("value")).contains(text);
    String head = file.substring(4, file.indexOf("\n---\n") + 1);
    assertThat(
            new Yaml(new SafeConstructor(new LoaderOptions()))
                .<java.util.Map<String, Object>>load(head))
        .containsEntry("value", text);
  }

  @Provide
  Arbitrary<String> texts() {
    Arbitrary<Character> awkward =
        Arbitraries.of(
            '\\', '"', '\'', '\n', '\r', '\t', ' ', ':', '#', '-', '{', '[', '&', '*', '!', '|',
            '>', '%', '@', '`', '~', '1', 'e', '.', 'n', 'o', '\u0001', '\u0085', '\u2028',
            '\uFEFF', '\uFFFE', '鼓');
    return Arbitraries.oneOf(
        awkward.list().ofMaxSize(12).map(FrontMatterTest::joined),
        Arbitraries.strings()
            .ofMaxLength(40)
            // What came in as bytes has no lone surrogates.
            .map(text -> new String(text.getBytes(UTF_8), UTF_8)));
  }

  private static String joined(List<Character> letters) {
    return letters.stream().map(String::valueOf).collect(Collectors.joining());
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
