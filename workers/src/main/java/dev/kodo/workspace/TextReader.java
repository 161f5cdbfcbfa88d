package dev.kodo.workspace;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads a text file strictly and with a limit; never opens anything but a regular file. */
final class TextReader {
  private TextReader() {}

  static Reading read(Path file, long limit) throws IOException {
    if (Files.notExists(file, LinkOption.NOFOLLOW_LINKS)) {
      return new Reading.Missing();
    }
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return new Reading.NotAFile();
    }
    long size = Files.size(file);
    if (size > limit) {
      return new Reading.TooLarge(size, limit);
    }
    try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      byte[] bytes = in.readNBytes(Math.toIntExact(limit + 1));
      return bytes.length > limit ? new Reading.TooLarge(bytes.length, limit) : decode(bytes);
    } catch (NoSuchFileException removedMeanwhile) {
      return new Reading.Missing();
    }
  }

  private static Reading decode(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length + 1);
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    CoderResult result = decoder.decode(in, out, true);
    if (result.isError()) {
      return new Reading.NotText("byte %d is not valid UTF-8".formatted(in.position()));
    }
    String text = out.flip().toString();
    int zero = text.indexOf('\0');
    if (zero >= 0) {
      return new Reading.NotText("character %d is a zero byte".formatted(zero));
    }
    return new Reading.Text(text.startsWith("\uFEFF") ? text.substring(1) : text);
  }
}
