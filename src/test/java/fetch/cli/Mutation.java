package fetch.cli;

import java.util.Arrays;
import java.util.Random;

/** Changes a few bytes: one by another, a stretch left out, doubled, or cut off. */
final class Mutation {
  private static final byte[] TELLING = {
    0, '\r', '\n', '\t', ' ', ':', ',', ';', '-', '0', (byte) 0xff
  };

  private Mutation() {}

  static byte[] of(byte[] original, Random random) {
    byte[] mutated = original.clone();
    for (int n = random.nextInt(5); n >= 0 && mutated.length > 0; n--) {
      mutated = once(mutated, random);
    }
    return mutated;
  }

  private static byte[] once(byte[] bytes, Random random) {
    int at = random.nextInt(bytes.length);
    int length = Math.min(bytes.length - at, 1 + random.nextInt(20));
    switch (random.nextInt(6)) {
      case 0 -> bytes[at] = (byte) random.nextInt(256);
      case 1 -> bytes[at] = TELLING[random.nextInt(TELLING.length)];
      case 2 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
      case 3 -> {
        return without(bytes, at, length);
      }
      case 4 -> {
        return doubled(bytes, at, length);
      }
      default -> {
        return random.nextInt(4) == 0 ? Arrays.copyOf(bytes, at) : bytes;
      }
    }
    return bytes;
  }

  private static byte[] without(byte[] bytes, int at, int length) {
    byte[] shorter = Arrays.copyOf(bytes, bytes.length - length);
    System.arraycopy(bytes, at + length, shorter, at, bytes.length - at - length);
    return shorter;
  }

  private static byte[] doubled(byte[] bytes, int at, int length) {
    byte[] longer = Arrays.copyOf(bytes, bytes.length + length);
    System.arraycopy(bytes, at, longer, at + length, bytes.length - at);
    return longer;
  }
}
