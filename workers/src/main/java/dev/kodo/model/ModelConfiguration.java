package dev.kodo.model;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kodo.config.KodoProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Chooses the adapter that the configuration names. */
@Configuration
class ModelConfiguration {
  @Bean
  LanguageModel languageModel(KodoProperties properties, ObjectMapper json) {
    KodoProperties.Model model = properties.model();
    return switch (model.provider()) {
      case OPENAI -> new OpenAiModel(EndpointConfiguration.read(model, System::getenv), json);
      case REHEARSAL -> new RehearsalModel(Script.of(model.script()), json);
    };
  }
}
