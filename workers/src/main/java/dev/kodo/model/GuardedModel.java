package dev.kodo.model;

import dev.kodo.model.http.ChatEndpoint;
import dev.kodo.model.http.ChatMessages;
import dev.kodo.model.http.ChatReply;
import dev.kodo.model.http.Cost;
import dev.kodo.model.http.EndpointRefused;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A language model behind the guard, whatever its wire format. */
final class GuardedModel implements LanguageModel {
  private final ModelDescription description;
  private final ChatEndpoint endpoint;
  private final Constitution constitution;
  private final Verdicts verdicts;
  private final Dialects dialects;
  private final ModelFacts facts;
  private final @Nullable CacheMark mark;

  /**
   * @param mark null where a cache need not be asked for
   */
  GuardedModel(
      ModelDescription description,
      ChatEndpoint endpoint,
      Constitution constitution,
      Verdicts verdicts,
      Dialects dialects,
      ModelFacts facts,
      @Nullable CacheMark mark) {
    this.description = description;
    this.endpoint = endpoint;
    this.constitution = constitution;
    this.verdicts = verdicts;
    this.dialects = dialects;
    this.facts = facts;
    this.mark = mark;
  }

  @Override
  public ModelDescription describe() {
    return description;
  }

  /**
   * A call that the provider refuses for its form had no effect, so it is made again in another
   * form, within the same effect. What was left out is remembered only when that is answered: until
   * then nobody knows that it was the reason.
   */
  @Override
  public RawAnswer reply(ModelCall call) {
    Dialect known = dialects.of(description);
    Dialect tried = known;
    @Nullable EndpointRefused first = null;
    @Nullable Cost spent = null;
    while (true) {
      try {
        ChatReply reply = endpoint.send(messages(call, tried), tried.words());
        facts.answered();
        if (!tried.equals(known)) {
          dialects.refuses(description, tried);
        }
        return answer(call, tried, reply, spent);
      } catch (EndpointRefused refused) {
        first = first == null ? refused : first;
        spent = sum(refused.cost(), spent);
        Optional<Dialect> next = tried.after(refused, hasLimits(call));
        if (next.isEmpty()) {
          throw judged(call, first, refused, spent);
        }
        tried = next.get();
      }
    }
  }

  /** What was said of the call as it was meant tells more than what was said of the last form. */
  private RuntimeException judged(
      ModelCall call, EndpointRefused first, EndpointRefused last, @Nullable Cost spent) {
    if (last.guardCode().filter("layer-0-missing"::equals).isPresent()) {
      constitution.forget();
    }
    EndpointRefused telling = last.mayBeAboutTheForm() ? first : last;
    return verdicts.of(telling, spent, call.question().allowance());
  }

  private static boolean hasLimits(ModelCall call) {
    return !AnswerSchema.of(call.question(), SchemaLevel.FULL)
        .equals(AnswerSchema.of(call.question(), SchemaLevel.PLAIN));
  }

  /**
   * @throws ProviderRefused when the prompt does not fit into the context of the model
   */
  private ChatMessages messages(ModelCall call, Dialect words) {
    Question<?> question = call.question();
    Optional<Facts> known = facts.of(description.provider(), description.name());
    Prompt prompt =
        Prompt.of(
            constitution.text(),
            call,
            enforces(words, known) ? null : AnswerSchema.of(question, SchemaLevel.FULL),
            scope(call, known));
    return new ChatMessages(
        CallHeaders.of(call),
        prompt.system(),
        prompt.turns(),
        marked(prompt, question, words, known),
        question.purpose().id(),
        AnswerSchema.of(question, words.schemaLevel()),
        question.contract().bound());
  }

  /** A command gets nothing but the text of the prompt; it is the one kind that does not stream. */
  private boolean enforces(Dialect words, Optional<Facts> known) {
    return endpoint.streams()
        && words.keepsToSchemas()
        && known.filter(Facts::ignoresSchemas).isEmpty();
  }

  private Scope scope(ModelCall call, Optional<Facts> known) {
    return known
        .map(
            facts ->
                Scope.of(
                    facts,
                    call.question().contract().bound(),
                    call.allRoom(),
                    texts -> this.facts.count(facts.provider(), facts.model(), texts)))
        .orElse(Scope.UNKNOWN);
  }

  private int marked(Prompt prompt, Question<?> question, Dialect words, Optional<Facts> known) {
    return mark == null
        ? 0
        : mark.length(
            prompt,
            question.purpose(),
            words.schemaLevel() != SchemaLevel.NONE,
            known.map(Facts::cachePrices).orElse(false),
            known.map(Facts::bytesPerToken).orElse(null));
  }

  private RawAnswer answer(
      ModelCall call, Dialect words, ChatReply reply, @Nullable Cost refusals) {
    @Nullable Cost cost = reply.cost() == null ? null : reply.cost().after(refusals);
    return new RawAnswer(
        call.question().purpose().id(),
        reply.text(),
        reply.fault(),
        reply.cut(),
        reply.thoughtOnly(),
        reply.tokens().input(),
        reply.tokens().output(),
        reply.tokens().cached(),
        reply.tokens().thinking(),
        cost == null ? null : cost.usd(),
        cost == null ? null : cost.basis(),
        words.schemaLevel().id(),
        0,
        description);
  }

  private static @Nullable Cost sum(Optional<Cost> cost, @Nullable Cost earlier) {
    return cost.map(now -> now.after(earlier)).orElse(earlier);
  }
}
