package dev.kodo.worker;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import java.io.IOException;
import java.util.List;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * What a person lists on a task: a text with commas or line breaks between the items, or a list
 * that an expression gives, whose items stay whole. An expression that gives null lists nothing;
 * that is another thing than a field which was left empty, and which is absent.
 */
@JsonDeserialize(using = Items.Reader.class)
public record Items(List<String> all) {
  public Items {
    all = all.stream().map(String::strip).filter(item -> !item.isEmpty()).distinct().toList();
  }

  public static Items of(String... items) {
    return new Items(List.of(items));
  }

  public boolean isEmpty() {
    return all.isEmpty();
  }

  static final class Reader extends StdDeserializer<Items> {
    Reader() {
      super(Items.class);
    }

    @Override
    public Items deserialize(JsonParser parser, DeserializationContext context) throws IOException {
      JsonNode node = parser.readValueAsTree();
      if (node.isTextual()) {
        return Items.of(node.textValue().split("[,\\n]", -1));
      }
      List<JsonNode> items = StreamSupport.stream(node.spliterator(), false).toList();
      if (!node.isArray() || !items.stream().allMatch(Reader::isTextOrNull)) {
        return (Items)
            context.handleUnexpectedToken(
                Items.class, node.asToken(), parser, "Expected a text or a list of texts");
      }
      return new Items(
          items.stream().filter(JsonNode::isTextual).map(JsonNode::textValue).toList());
    }

    private static boolean isTextOrNull(JsonNode item) {
      return item.isTextual() || item.isNull();
    }

    @Override
    public Items getNullValue(DeserializationContext context) {
      return new Items(List.of());
    }

    @Override
    public @Nullable Object getAbsentValue(DeserializationContext context) {
      return null;
    }
  }
}
