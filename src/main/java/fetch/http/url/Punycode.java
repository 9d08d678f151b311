package fetch.http.url;

/** Decodes the labels of host names that are not ASCII (RFC 3492). */
final class Punycode {
  private static final int BASE = 36;
  private static final int LEAST_THRESHOLD = 1;
  private static final int MOST_THRESHOLD = 26;
  private static final int SKEW = 38;
  private static final int DAMP = 700;
  private static final int FIRST_BIAS = 72;
  private static final int FIRST_CODE_POINT = 0x80;

  private Punycode() {}

  /**
   * Decodes a label without its prefix {@code xn--} (section 6.2).
   *
   * @throws IllegalArgumentException when it is not in Punycode
   * @throws ArithmeticException when a number in it is too large
   */
  static String decoded(String punycode) {
    int delimiter = punycode.lastIndexOf('-');
    StringBuilder label = new StringBuilder(punycode.substring(0, Math.max(0, delimiter)));
    int bias = FIRST_BIAS;
    int codePoint = FIRST_CODE_POINT;
    int count = label.length();
    int index = 0;
    for (int position = delimiter + 1; position < punycode.length(); ) {
      int before = index;
      int weight = 1;
      for (int k = BASE; ; k += BASE) {
        int digit = position < punycode.length() ? digit(punycode.charAt(position++)) : -1;
        if (digit < 0) {
          throw new IllegalArgumentException("not Punycode: " + punycode);
        }
        index = Math.addExact(index, Math.multiplyExact(digit, weight));
        int threshold = Math.clamp(k - bias, LEAST_THRESHOLD, MOST_THRESHOLD);
        if (digit < threshold) {
          break;
        }
        weight = Math.multiplyExact(weight, BASE - threshold);
      }
      count++;
      bias = bias(index - before, count, before == 0);
      codePoint = Math.addExact(codePoint, index / count);
      index %= count;
      insert(label, index, codePoint);
      index++;
    }
    return label.toString();
  }

  private static void insert(StringBuilder label, int index, int codePoint) {
    int at = label.offsetByCodePoints(0, index);
    label.insert(at, Character.toString(codePoint));
  }

  private static int digit(char c) {
    return c < FIRST_CODE_POINT && Character.isLetter(c)
        ? Character.toLowerCase(c) - 'a'
        : c >= '0' && c <= '9' ? c - '0' + 26 : -1;
  }

  /** Section 6.1. */
  private static int bias(int delta, int count, boolean first) {
    int rest = first ? delta / DAMP : delta / 2;
    rest += rest / count;
    int k = 0;
    while (rest > (BASE - LEAST_THRESHOLD) * MOST_THRESHOLD / 2) {
      rest /= BASE - LEAST_THRESHOLD;
      k += BASE;
    }
    return k + (BASE - LEAST_THRESHOLD + 1) * rest / (rest + SKEW);
  }
}
