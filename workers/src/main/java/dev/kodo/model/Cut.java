package dev.kodo.model;

import org.jspecify.annotations.Nullable;

/** Why a text ends before its end. It is then kept up to its last whole sentence, and says so. */
public enum Cut {
  BOUND("bound", "the answer reached its bound of tokens", "返答がトークンの上限に達したため"),
  TIME("time", "the call ran out of time", "呼び出しの制限時間が過ぎたため"),
  DEADLINE("deadline", "the time of the activity was up", "活動の時間が尽きたため"),
  STOP("stop", "all calls were stopped", "すべての呼び出しが止められたため"),
  LINE("line", "the connection broke off", "接続が途切れたため"),
  REPETITION("repetition", "the text began to repeat itself", "同じ内容の繰り返しが始まったため");

  private final String word;
  private final String english;
  private final String japanese;

  Cut(String word, String english, String japanese) {
    this.word = word;
    this.english = english;
    this.japanese = japanese;
  }

  /** The form used in the front matter of files. */
  public String word() {
    return word;
  }

  /** The last line of a text that was cut, as Markdown. */
  public String mark(boolean inJapanese) {
    return inJapanese ? "*[" + japanese + "、ここまで]*" : "*[Cut here: " + english + ".]*";
  }

  /** The same for people who read a log. */
  public String sentence() {
    return "The text was cut, since " + english + ".";
  }

  /** What a model is told of an answer of which nothing can be kept. */
  String fault() {
    return switch (this) {
      case BOUND -> "was cut off at its bound of tokens";
      case TIME -> "was cut off when its call ran out of time";
      case DEADLINE -> "was cut off when the time of its activity was up";
      case STOP -> "was cut off when all calls were stopped";
      case LINE -> "broke off";
      case REPETITION -> "repeats itself";
    };
  }

  /**
   * @param raw as {@link RawAnswer} tells it; null for an answer that is whole
   */
  static @Nullable Cut of(@Nullable String raw) {
    return switch (raw) {
      case null -> null;
      case RawAnswer.LENGTH -> BOUND;
      case "timeout" -> TIME;
      case "deadline" -> DEADLINE;
      case "stopped" -> STOP;
      default -> LINE;
    };
  }
}
