package dev.kodo.model;

import org.jspecify.annotations.Nullable;

/**
 * A JSON object that ends in the middle, closed where it ends.
 *
 * @param text the object, or the object with its last member left out when that cannot be read, or
 *     with the text that was being written closed
 * @param whole whether the object has its own end
 * @param open name of the member whose text, or list of texts, was being written; null when it was
 *     none
 */
record CutJson(String text, boolean whole, @Nullable String open) {
  /**
   * @param text begins with the brace of the object
   */
  static CutJson closed(String text) {
    return new Scan(text).closed();
  }

  /** Reads one character after the other, and knows where the object could be closed. */
  private static final class Scan {
    private final String text;
    private int depth;
    private int end;

    /** Behind the last member that is whole, or behind the opening brace. */
    private int whole = 1;

    private boolean behindColon;
    private boolean inList;

    /** Behind the last whole text of the list that is being written; 0 before the first one. */
    private int item;

    private String name = "";

    Scan(String text) {
      this.text = text;
    }

    CutJson closed() {
      for (int at = 0; at < text.length(); at++) {
        switch (text.charAt(at)) {
          case '"' -> {
            int close = endOfText(at + 1);
            if (close < 0) {
              return inText();
            }
            told(at, close);
            at = close;
          }
          case '{', '[' -> {
            depth++;
            inList = depth == 2 ? text.charAt(at) == '[' : inList;
            item = depth == 2 ? 0 : item;
          }
          case '}', ']' -> {
            depth--;
            if (depth == 0) {
              return new CutJson(text.substring(0, at + 1), true, null);
            }
            wholeAt(at + 1);
          }
          case ':' -> behindColon |= depth == 1;
          case ',' -> {
            wholeAt(at);
            behindColon &= depth != 1;
          }
          default -> {}
        }
      }
      return depth == 2 && inList && item > 0
          ? new CutJson(text.substring(0, item) + "]}", false, name)
          : new CutJson(text.substring(0, whole) + "}", false, null);
    }

    private void told(int at, int close) {
      if (depth == 1 && !behindColon) {
        name = text.substring(at + 1, close);
      } else {
        wholeAt(close + 1);
        item = depth == 2 ? close + 1 : item;
      }
    }

    private void wholeAt(int at) {
      if (depth == 1 && behindColon) {
        whole = at;
      }
    }

    private CutJson inText() {
      if (depth == 2 && inList) {
        return new CutJson(text.substring(0, end) + "\"]}", false, name);
      }
      return depth == 1 && behindColon
          ? new CutJson(text.substring(0, end) + "\"}", false, name)
          : new CutJson(text.substring(0, whole) + "}", false, null);
    }

    /** Of the closing quotation mark; -1, and {@link #end} behind the last character, if none. */
    private int endOfText(int from) {
      int at = from;
      while (at < text.length()) {
        char sign = text.charAt(at);
        if (sign == '"') {
          return at;
        }
        int length =
            sign != '\\' ? 1 : at + 1 < text.length() && text.charAt(at + 1) == 'u' ? 6 : 2;
        if (at + length > text.length()) {
          break;
        }
        at += length;
      }
      end = at;
      return -1;
    }
  }
}
