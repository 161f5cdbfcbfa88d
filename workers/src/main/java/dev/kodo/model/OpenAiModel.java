package dev.kodo.model;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kodo.model.openai.ChatEndpoint;
import dev.kodo.model.openai.ChatMessages;
import dev.kodo.model.openai.ChatReply;
import dev.kodo.model.openai.EndpointRefused;
import dev.kodo.model.openai.EndpointSettings;
import dev.kodo.process.ErrorCode;
import dev.kodo.worker.CallRefused;

/** A language model behind any OpenAI-compatible endpoint. */
final class OpenAiModel implements LanguageModel {
  /** Place of a constitution that leads every prompt; there is none yet. */
  private static final String LEAD = "";

  private final EndpointSettings settings;
  private final ChatEndpoint endpoint;
  private final AnswerSchema schemas;

  OpenAiModel(EndpointSettings settings, ObjectMapper json) {
    this.settings = settings;
    this.endpoint = new ChatEndpoint(settings);
    this.schemas = new AnswerSchema(json);
  }

  @Override
  public ModelDescription describe() {
    return new ModelDescription("openai", settings.modelName(), false, settings.baseUrl());
  }

  @Override
  public RawAnswer reply(ModelCall call) {
    String purpose = call.question().purpose().id();
    String schema = schemas.of(call.question().answerType());
    Prompt prompt = Prompt.of(LEAD, call, schema);
    ChatMessages messages =
        new ChatMessages(call.key(), prompt.system(), prompt.turns(), purpose, schema);
    try {
      ChatReply reply = endpoint.send(messages);
      return new RawAnswer(
          purpose,
          reply.text(),
          reply.fault(),
          reply.inputTokens(),
          reply.outputTokens(),
          0,
          describe());
    } catch (EndpointRefused refused) {
      throw new CallRefused(
          ErrorCode.MODEL_UNAVAILABLE, String.valueOf(refused.getMessage()), refused);
    }
  }
}
