package dev.kodo.kernel.guard;

/**
 * The least number of tokens that a text can be, whatever the tokenizer: more than one for sixteen
 * bytes, and three for four words, as the widest tokenizers that join words (superword BPE) still
 * need about 0.86 tokens a word. Whoever counts less has not counted the text.
 */
final class TokenFloor {
  private static final int MOST_BYTES_PER_TOKEN = 16;

  /** Characters looked at in one go; asking the text for each takes three times as long. */
  private static final int PART = 4096;

  private long bytes;
  private long words;
  private boolean inWord;

  /**
   * Adds the next part of a text. Where a part ends need not be where a word does: streams are cut
   * anywhere. Only words of Latin letters are counted, as other scripts do not part words alike.
   */
  void add(String text) {
    char[] part = new char[Math.min(PART, text.length())];
    for (int start = 0; start < text.length(); start += part.length) {
      int end = Math.min(start + part.length, text.length());
      text.getChars(start, end, part, 0);
      add(part, end - start);
    }
  }

  private void add(char[] part, int length) {
    for (int i = 0; i < length; i++) {
      char c = part[i];
      bytes += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
      boolean letter = isLetter(c);
      words += letter && !inWord ? 1 : 0;
      inWord = letter || c >= 0x80;
    }
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }

  /** Of the text so far, in UTF-8. */
  long bytes() {
    return bytes;
  }

  long tokens() {
    return Math.max(bytes / MOST_BYTES_PER_TOKEN, words * 3 / 4);
  }
}
