package dev.kodo.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kodo.config.KodoProperties;
import dev.kodo.model.openai.EndpointSettings;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;

class EndpointConfigurationTest {
  private static final String URL = "http://127.0.0.1:1234/v1";

  @Test
  void readsTheKeyFromTheNamedVariable() {
    EndpointSettings settings =
        EndpointConfiguration.read(model(URL, "m", "MY_KEY"), Map.of("MY_KEY", " sk-1 \n")::get);

    assertThat(settings.apiKey()).isEqualTo("sk-1");
    assertThat(settings.toString()).doesNotContain("sk-1");
  }

  @Test
  void wantsNoKeyWhenNoVariableIsNamed() {
    assertThat(EndpointConfiguration.read(model(URL, "m", ""), name -> null).apiKey()).isNull();
  }

  @Test
  void namesTheVariableThatIsMissing() {
    assertThatThrownBy(() -> EndpointConfiguration.read(model(URL, "m", "MY_KEY"), name -> null))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("MY_KEY")
        .hasMessageContaining("model.api-key-env");
  }

  @Test
  void doesNotShowAKeyThatCannotBeOne() {
    assertThatThrownBy(
            () -> EndpointConfiguration.read(model(URL, "m", "MY_KEY"), name -> "sk-1\nsk-2"))
        .hasMessageContaining("MY_KEY")
        .hasMessageNotContaining("sk-");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"localhost:1234", "ftp://x/v1", "http://", "http://a b", "http://me:secret@x/v1"})
  void refusesAWrongAddressWithoutRepeatingIt(String baseUrl) {
    assertThatThrownBy(() -> EndpointConfiguration.read(model(baseUrl, "m", null), name -> null))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("model.base-url")
        .hasMessageNotContaining("secret");
  }

  @Test
  void saysWhatIsNotSet() {
    assertThatThrownBy(() -> EndpointConfiguration.read(model(null, "m", null), name -> null))
        .hasMessageContaining("model.base-url");
    assertThatThrownBy(() -> EndpointConfiguration.read(model(URL, " ", null), name -> null))
        .hasMessageContaining("model.name");
  }

  private static KodoProperties.Model model(
      @Nullable String baseUrl, @Nullable String name, @Nullable String variable) {
    return new KodoProperties.Model(
        KodoProperties.Provider.OPENAI,
        baseUrl,
        name,
        variable,
        Duration.ofMinutes(2),
        4096,
        DataSize.ofMegabytes(1),
        null);
  }
}
