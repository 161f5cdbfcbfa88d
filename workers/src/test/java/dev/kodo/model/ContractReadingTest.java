package dev.kodo.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a contract makes of an answer that does not fit as it is. */
class ContractReadingTest {
  private static final String BODY = "The sea is wide. It is also deep.";

  record Piece(
      @Title(longest = 40) String title,
      @Brief(longest = 60) String summary,
      @Choice @Nullable String mood,
      @Between(least = 0, most = 100) int minutes,
      @Body(mayBeEmpty = true) String body) {}

  record Paragraphs(String title, @Body(paragraphs = 3) String body) {}

  private static final Question<Paragraphs> IN_PARAGRAPHS =
      new Question<>(
          new Contract<>(
              Purpose.THINK, Paragraphs.class, 400, 100, Contract.Otherwise.KEEP_WHOLE_SENTENCES),
          ModelFixture.HEARTBEAT,
          "Write a note on what the sea is.",
          List.of());

  private final AnswerReader reader = new AnswerReader();

  @Test
  void joinsTheParagraphsOfABodyAndTakesOneTextToo() {
    assertThat(paragraphs("['One.',' ','Two. ','Three.']", null))
        .isEqualTo("One.\n\nTwo.\n\nThree.");
    assertThat(paragraphs("'One. Two. Three.'", null)).isEqualTo("One. Two. Three.");
    assertThat(paragraphs("['One is whole.','Two is not", "length")).isEqualTo("One is whole.");
    assertThat(paragraphs("['One is whole.','Two','one is  WHOLE.','One is whole','Three.']", null))
        .as("ends before what comes again, at a whole sentence")
        .isEqualTo("One is whole.\n\nTwo\n\none is  WHOLE.");
    assertThat(paragraphs("['No end','No end','No end']", null)).isEqualTo("No end\n\nNo end");
    assertThat(AnswerSchema.of(IN_PARAGRAPHS, SchemaLevel.FULL))
        .contains(
            "\"body\":{\"type\":\"array\",\"items\":{\"type\":\"string\"},\"minItems\":3,\"maxItems\":10}");
    assertThat(AnswerSchema.of(IN_PARAGRAPHS, SchemaLevel.PLAIN)).doesNotContain("minItems");
  }

  private String paragraphs(String body, @Nullable String cut) {
    String end = cut == null ? "}" : "";
    return switch (reader.read(raw("{'title':'T','body':" + body + end, cut), IN_PARAGRAPHS)) {
      case Reading.Valid<Paragraphs> valid -> valid.value().body();
      case Reading.Invalid<Paragraphs> invalid -> throw new AssertionError(invalid);
    };
  }

  @Test
  void shortensShortTextsAtASentenceOrAWord() {
    assertThat(
            piece(
                    "Tide",
                    "One is here, and it is whole. Two is longer than what there is room for now.")
                .summary())
        .isEqualTo("One is here, and it is whole.");
    assertThat(
            piece("Tide", "one two three four five six seven eight nine ten eleven twelve thirteen")
                .summary())
        .isEqualTo("one two three four five six seven eight nine ten eleven…")
        .hasSizeLessThanOrEqualTo(60);
    assertThat(piece("Tide", "a\n b\tc").summary()).isEqualTo("a b c");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Tides and time | Tides and time
          '' | The sea is wide
          2026112901190420261129011904202611290119042026112901190420261129011904 | The sea is wide
          !!! | The sea is wide
          Recent beats | The sea is wide
          Write a note on what the | The sea is wide
          20261129011904_tides.md | The sea is wide
          A very long title that goes on and on behind its end | A very long title that goes on and on…
          海 | 海
          """)
  void takesATitleFromTheBodyWhereItSaysNothing(String said, String title) {
    assertThat(piece(said, "S.").title()).isEqualTo(title);
  }

  @Test
  void takesAnAnswerOfWhichNothingIsKept() {
    assertThat(
            valid(
                    "{'summary':'Nothing is worth keeping.','title':'','mood':'calm','minutes':1,'body':''}")
                .body())
        .isEmpty();
    assertThat(valid("{'summary':'Nothing.','title':null,'mood':'calm','minutes':1}").title())
        .isEmpty();
    assertThat(
            fault("{'title':'A promise','summary':'S.','mood':'calm','minutes':1,'body':''}", null))
        .isEqualTo("has only one of 'title' and the text that it names");
  }

  @Test
  void takesACutThatCostTheBodyForNoAnswerAtAll() {
    assertThat(fault("{'title':'','summary':'S.','mood':'calm','minutes':1,", "timeout"))
        .isEqualTo("was cut off when its call ran out of time");
    assertThat(fault("{'title':'','summary':'S.','mood':'calm','minutes':1,'body':'", "length"))
        .isEqualTo("was cut off at its bound of tokens");
  }

  @Test
  void readsAChoiceInOtherLettersAndNothingElse() {
    assertThat(
            valid(
                "{'title':'Tide','summary':'S.','mood':' “Calm”. ','minutes':'7','body':'Body. Body.'}"))
        .isEqualTo(new Piece("Tide", "S.", "calm", 7, "Body. Body."));
    assertThat(
            fault("{'title':'Tide','summary':'S.','mood':'wild','minutes':1,'body':'Body.'}", null))
        .isEqualTo(
            "has a value in 'mood' that is not permitted now; permitted are [\"calm\",\"keen\"]");
    assertThat(
            fault(
                "{'title':'Tide','summary':'S.','mood':'calm','minutes':20261129011904,'body':'Body.'}",
                null))
        .isEqualTo("has a number above 60 in 'minutes'");
    assertThat(
            fault(
                "{'title':'Tide','summary':'S.','mood':'calm','minutes':-1,'body':'Body.'}", null))
        .isEqualTo("has a number below 0 in 'minutes'");
  }

  @Test
  void keepsTheBodyOfAnAnswerThatWasCut() {
    String cut =
        "{'title':'Tide','summary':'S.','mood':'calm','minutes':1,'body':'One whole. And th";

    assertThat(read(cut, "timeout"))
        .isEqualTo(new Reading.Valid<>(new Piece("Tide", "S.", "calm", 1, "One whole."), Cut.TIME));
    assertThat(read(cut + "ree.'", RawAnswer.LENGTH))
        .as("only the brace was cut off")
        .isEqualTo(
            new Reading.Valid<>(new Piece("Tide", "S.", "calm", 1, "One whole. And three."), null));
    assertThat(
            fault(
                "{'title':'Tide','summary':'S.','mood':'calm','minutes':1,'body':'Not wh",
                "deadline"))
        .isEqualTo("was cut off when the time of its activity was up");
    assertThat(fault("{'title':'Tide','summary':'One whole. And", RawAnswer.LENGTH))
        .isEqualTo("was cut off at its bound of tokens");
    assertThat(
            fault(
                "{'title':'Tide','summary':'S.','mood':'calm','minutes':1,'body':'no no no no no no no no no no no no no no no no no",
                RawAnswer.LENGTH))
        .isEqualTo("repeats itself in 'body'; write short sentences");
    assertThat(fault("<think>I could say {'title':'Tide','summary", RawAnswer.LENGTH))
        .isEqualTo("was cut off at its bound of tokens");
  }

  @Test
  void keepsNoCutBodyWhereTheContractDoesNotSaySo() {
    Question<Piece> strict = question(Contract.Otherwise.FAIL);

    assertThat(
            reader.read(
                raw(
                    "{'title':'Tide','summary':'S.','mood':'calm','minutes':1,'body':'One. Tw",
                    "length"),
                strict))
        .isEqualTo(new Reading.Invalid<>("was cut off at its bound of tokens"));
  }

  @Test
  void tellsWhichKeywordsAServerIgnored() {
    assertThat(
            broken(
                "{'title':'Tide','summary':'S.','mood':'wild','minutes':99,'body':'Body.'}", null))
        .isEqualTo(Set.of("enum", "maximum"));
    assertThat(
            broken(
                "{'title':'"
                    + "x".repeat(41)
                    + "','summary':'S.','mood':'calm','minutes':9,'body':'Body.'}",
                null))
        .isEqualTo(Set.of("maxLength"));
    assertThat(broken("I would rather not.", null)).isEqualTo(Set.of("type"));
    assertThat(broken("{'title':'Tide'", "length")).as("cut, so no proof").isEmpty();
    assertThat(
            broken(
                "{'title':'Tide','summary':'S.','mood':'calm','minutes':9,'body':'Body.'}", null))
        .isEmpty();
  }

  private Piece piece(String title, String summary) {
    return valid(
        "{'title':'%s','summary':'%s','mood':'calm','minutes':1,'body':'%s'}"
            .formatted(title, summary.replace("\n", "\\n").replace("\t", "\\t"), BODY));
  }

  private Piece valid(String text) {
    if (read(text, null) instanceof Reading.Valid<Piece> valid) {
      return valid.value();
    }
    throw new AssertionError(read(text, null));
  }

  private String fault(String text, @Nullable String cut) {
    if (read(text, cut) instanceof Reading.Invalid<Piece> invalid) {
      return invalid.fault();
    }
    throw new AssertionError(read(text, cut));
  }

  private Reading<Piece> read(String text, @Nullable String cut) {
    return reader.read(raw(text, cut), question(Contract.Otherwise.KEEP_WHOLE_SENTENCES));
  }

  private Set<String> broken(String text, @Nullable String cut) {
    return reader.broken(raw(text, cut), question(Contract.Otherwise.FAIL));
  }

  private static Question<Piece> question(Contract.Otherwise otherwise) {
    return new Question<>(
            new Contract<>(Purpose.THINK, Piece.class, 400, 100, otherwise),
            ModelFixture.HEARTBEAT,
            "Write a note on what the sea is.",
            List.of(new Section("Recent beats", "none")))
        .offering("mood", List.of("calm", "keen"))
        .atMost("minutes", 60);
  }

  private static RawAnswer raw(String text, @Nullable String cut) {
    return new RawAnswer(
        "think",
        text.replace('\'', '"'),
        null,
        cut,
        false,
        0,
        0,
        null,
        null,
        null,
        null,
        "full",
        0,
        new ModelDescription("p", "m", false, null));
  }
}
