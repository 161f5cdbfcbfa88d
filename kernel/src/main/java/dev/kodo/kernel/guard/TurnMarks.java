package dev.kodo.kernel.guard;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Defuses the marks with which chat templates part one turn from the next: inside a message they
 * would become control tokens, and the text behind them another speaker's. A space behind the first
 * character is enough, as tokenizers know these marks by their exact letters; people read the same
 * text. What was defused is no mark any more, so doing it twice changes nothing. Not thread-safe.
 */
final class TurnMarks {
  /** No mark of {@link #MARK} is longer. */
  private static final int LONGEST = 64;

  /** Names of marks in plain angle brackets: Llama 2, Mistral, Gemma, GLM, Baichuan, Qwen. */
  private static final String NAMES =
      "s|bos|eos|sop|eop|eod|start_of_turn|end_of_turn|think|tool_call|tool_response"
          + "|(?:reserved|unused|extra_id|SPECIAL)_?[0-9]{1,4}|seed:[a-z_]{1,20}";

  private static final Pattern MARK =
      Pattern.compile(
          // <|im_start|>, <|eot_id|>, <|user|>, <|channel|>; DeepSeek's full-width <｜User｜>
          "<(?=[|\uFF5C][^\\s<>|\uFF5C]{1,60}[|\uFF5C]>"
              // Gemma 4 has a bar on one side only: <|turn> and <turn|>
              + "|[|\uFF5C][a-z_]{2,30}>|[a-z_]{2,30}[|\uFF5C]>"
              + ("|/?(?:" + NAMES + ")>")
              + "|</?SYS>>)"
              // Mistral's, and GLM's
              + "|\\[(?=/?(?:INST|SYSTEM_PROMPT|AVAILABLE_TOOLS|TOOL_RESULTS|TOOL_CONTENT"
              + "|TOOL_CALLS|THINK|MODEL_SETTINGS)\\]|[gs]MASK\\]"
              // EXAONE's [|user|], MiniMax' ]~b] and [e~[
              + "|\\|(?:system|user|assistant|tool|endofturn)\\|\\]|e~\\[)"
              + "|\\](?=~!?b[\\[\\]])");

  private int count;

  /** How many marks were defused so far. */
  int count() {
    return count;
  }

  String defused(String text) {
    Matcher marks = MARK.matcher(text);
    StringBuilder safe = null;
    int from = 0;
    while (marks.find()) {
      safe = safe == null ? new StringBuilder(text.length() + 16) : safe;
      safe.append(text, from, marks.end()).append(' ');
      from = marks.end();
      count++;
    }
    return safe == null ? text : safe.append(text, from, text.length()).toString();
  }

  /**
   * The text, defused also where it follows another one without a gap: some servers put the parts
   * of a message together like that, and a mark may begin in one and end in the next.
   *
   * @param before defused already
   */
  String defusedBehind(String before, String text) {
    String safe = defused(text);
    // Some chat templates strip each part, so no blank keeps two of them apart.
    String head = safe.stripLeading();
    String seam = end(before.stripTrailing()) + head.substring(0, Math.min(head.length(), LONGEST));
    if (!MARK.matcher(seam).find()) {
      return safe;
    }
    count++;
    return "-" + safe;
  }

  /** As much of a text's end as can belong to a mark. */
  static String end(String text) {
    return text.substring(Math.max(0, text.length() - LONGEST));
  }
}
