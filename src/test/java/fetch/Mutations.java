package fetch;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Damages bytes at random, but always alike for a seed. For one thread. */
public final class Mutations {
  /** Bytes that mean something to one parser or another. */
  private static final List<String> TOKENS =
      List.of(
          "\0",
          "\r",
          "\n",
          "\r\n",
          "\t",
          " ",
          "\"",
          "\\",
          "%",
          "%00",
          "@",
          ":",
          "://",
          "[",
          "]",
          "..",
          "xn--",
          "#",
          "?",
          "{",
          "}",
          ",",
          "\ufeff",
          "\u200b",
          "\u202e",
          "。",
          "é",
          "sep=;\n",
          "-1",
          "99999999999999999999",
          "\u001b[2J");

  private final Random random;

  public Mutations(long seed) {
    this.random = new Random(seed);
  }

  /** The bytes with so many damages. */
  public byte[] of(byte[] bytes, int damages) {
    byte[] damaged = bytes;
    for (int i = 0; i < damages; i++) {
      damaged = damaged(damaged);
    }
    return damaged;
  }

  private byte[] damaged(byte[] bytes) {
    int at = random.nextInt(bytes.length + 1);
    int end = Math.min(bytes.length, at + 1 + random.nextInt(8));
    return switch (random.nextInt(5)) {
      case 0 -> join(bytes, at, randomBytes(), end);
      case 1 -> join(bytes, at, randomBytes(), at);
      case 2 -> join(bytes, at, new byte[0], end);
      case 3 -> join(bytes, at, token(), at);
      default -> join(bytes, end, Arrays.copyOfRange(bytes, at, end), end);
    };
  }

  private byte[] randomBytes() {
    byte[] some = new byte[1 + random.nextInt(4)];
    random.nextBytes(some);
    return some;
  }

  private byte[] token() {
    return TOKENS.get(random.nextInt(TOKENS.size())).getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] join(byte[] bytes, int end, byte[] middle, int begin) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream(bytes.length + middle.length);
    joined.write(bytes, 0, end);
    joined.writeBytes(middle);
    joined.write(bytes, begin, bytes.length - begin);
    return joined.toByteArray();
  }
}
