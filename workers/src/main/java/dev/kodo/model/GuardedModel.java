package dev.kodo.model;

import dev.kodo.model.http.ChatEndpoint;
import dev.kodo.model.http.ChatMessages;
import dev.kodo.model.http.ChatReply;
import dev.kodo.model.http.Cost;
import dev.kodo.model.http.EndpointRefused;
import org.jspecify.annotations.Nullable;

/** A language model behind the guard, whatever its wire format. */
final class GuardedModel implements LanguageModel {
  private final ModelDescription description;
  private final ChatEndpoint endpoint;
  private final Constitution constitution;
  private final Verdicts verdicts;

  GuardedModel(
      ModelDescription description,
      ChatEndpoint endpoint,
      Constitution constitution,
      Verdicts verdicts) {
    this.description = description;
    this.endpoint = endpoint;
    this.constitution = constitution;
    this.verdicts = verdicts;
  }

  @Override
  public ModelDescription describe() {
    return description;
  }

  @Override
  public RawAnswer reply(ModelCall call) {
    String schema = AnswerSchema.of(call.question(), SchemaLevel.FULL);
    Prompt prompt = Prompt.of(constitution.text(), call, schema);
    String purpose = call.question().purpose().id();
    try {
      return answer(
          purpose,
          endpoint.send(
              new ChatMessages(
                  CallHeaders.of(call), prompt.system(), prompt.turns(), purpose, schema)));
    } catch (EndpointRefused refused) {
      if (refused.guardCode().filter("layer-0-missing"::equals).isPresent()) {
        constitution.forget();
      }
      throw verdicts.of(refused, call.question().allowance());
    }
  }

  private RawAnswer answer(String purpose, ChatReply reply) {
    @Nullable Cost cost = reply.cost();
    return new RawAnswer(
        purpose,
        reply.text(),
        reply.fault(),
        reply.inputTokens(),
        reply.outputTokens(),
        cost == null ? null : cost.usd(),
        cost == null ? null : cost.basis(),
        0,
        description);
  }
}
