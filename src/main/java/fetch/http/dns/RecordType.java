package fetch.http.dns;

import org.jspecify.annotations.Nullable;

/** The types of DNS records that look-ups need (RFC 1035, section 3.2.2, and RFC 3596). */
enum RecordType {
  A(1),
  CNAME(5),
  AAAA(28);

  private final int number;

  RecordType(int number) {
    this.number = number;
  }

  int number() {
    return number;
  }

  static @Nullable RecordType of(int number) {
    for (RecordType type : values()) {
      if (type.number == number) {
        return type;
      }
    }
    return null;
  }
}
