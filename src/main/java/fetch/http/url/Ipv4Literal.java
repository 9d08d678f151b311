package fetch.http.url;

import org.jspecify.annotations.Nullable;

/**
 * Parses an IPv4 address as URLs may have it: one to four numbers, each decimal, octal after {@code
 * 0} or hexadecimal after {@code 0x}; the last fills the remaining bytes (WHATWG URL, section 3.5).
 */
final class Ipv4Literal {
  private static final int MOST_NUMBERS = 4;

  private Ipv4Literal() {}

  /** Whether the last label is a number: the host is then an IPv4 address or invalid. */
  static boolean endsInNumber(String host) {
    int end = end(host);
    return isNumber(host.substring(host.lastIndexOf('.', end - 1) + 1, end));
  }

  /** The address in its usual form, null if the host is not an address. */
  static @Nullable String usual(String host) {
    String[] labels = host.substring(0, end(host)).split("\\.", -1);
    if (labels.length > MOST_NUMBERS) {
      return null;
    }
    long address = 0;
    for (int i = 0; i < labels.length; i++) {
      boolean last = i == labels.length - 1;
      int bytes = last ? MOST_NUMBERS - i : 1;
      long number = isNumber(labels[i]) ? number(labels[i]) : -1;
      if (number < 0 || number >> (8 * bytes) != 0) {
        return null;
      }
      address = address << (8 * bytes) | number;
    }
    return (address >> 24)
        + "."
        + (address >> 16 & 255)
        + "."
        + (address >> 8 & 255)
        + "."
        + (address & 255);
  }

  /** The end of the host, without a trailing dot. */
  private static int end(String host) {
    return host.endsWith(".") ? host.length() - 1 : host.length();
  }

  private static boolean isNumber(String label) {
    int start = label.startsWith("0x") ? 2 : 0;
    for (int i = start; i < label.length(); i++) {
      char c = label.charAt(i);
      boolean digit = c >= '0' && c <= '9';
      if (!digit && (start == 0 || c < 'a' || c > 'f')) {
        return false;
      }
    }
    return !label.isEmpty();
  }

  /** The value of a label, -1 if it exceeds that of an address. */
  private static long number(String label) {
    boolean hex = label.startsWith("0x");
    boolean octal = !hex && label.length() > 1 && label.startsWith("0");
    String digits = hex ? label.substring(2) : label;
    try {
      return digits.isEmpty() ? 0 : Long.parseLong(digits, hex ? 16 : octal ? 8 : 10);
    } catch (NumberFormatException e) {
      return -1;
    }
  }
}
