package fetch.output;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A growing byte array with methods to append the parts of records. For one thread. */
final class ByteBuilder {
  private static final int DIGITS_OF_LONG = 20;

  private byte[] bytes;
  private int size;

  ByteBuilder(int capacity) {
    bytes = new byte[capacity];
  }

  int size() {
    return size;
  }

  void clear() {
    size = 0;
  }

  void append(char ascii) {
    ensure(1);
    bytes[size++] = (byte) ascii;
  }

  void append(ByteBuilder other) {
    ensure(other.size);
    System.arraycopy(other.bytes, 0, bytes, size, other.size);
    size += other.size;
  }

  /** Appends text as UTF-8. */
  @SuppressWarnings("deprecation") // getBytes(int, int, byte[], int) is the fastest way for ASCII
  void append(String text) {
    if (isAscii(text)) {
      ensure(text.length());
      text.getBytes(0, text.length(), bytes, size);
      size += text.length();
    } else {
      byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
      ensure(encoded.length);
      System.arraycopy(encoded, 0, bytes, size, encoded.length);
      size += encoded.length;
    }
  }

  private static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 0x80) {
        return false;
      }
    }
    return true;
  }

  void append(long number) {
    if (number < 0) {
      append(Long.toString(number));
      return;
    }
    int digits = 1;
    for (long rest = number / 10; rest > 0; rest /= 10) {
      digits++;
    }
    appendDigits(number, digits);
  }

  /** Appends a number with leading zeros. */
  void appendDigits(long number, int digits) {
    ensure(DIGITS_OF_LONG);
    long rest = number;
    for (int i = size + digits - 1; i >= size; i--) {
      bytes[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    size += digits;
  }

  /** Appends nanoseconds as seconds with this many decimals, rounded half up. */
  void appendSeconds(long nanos, int decimals) {
    long unit = 1_000_000_000;
    long scale = 1;
    for (int i = 0; i < decimals; i++) {
      unit /= 10;
      scale *= 10;
    }
    long rounded = (Math.max(0, nanos) + unit / 2) / unit;
    append(rounded / scale);
    append('.');
    appendDigits(rounded % scale, decimals);
  }

  private void ensure(int more) {
    if (bytes.length - size < more) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + more));
    }
  }

  void writeTo(OutputStream out) throws IOException {
    out.write(bytes, 0, size);
  }

  byte[] toBytes() {
    return Arrays.copyOf(bytes, size);
  }

  @Override
  public String toString() {
    return new String(bytes, 0, size, StandardCharsets.UTF_8);
  }
}
