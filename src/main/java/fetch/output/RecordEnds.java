package fetch.output;

/**
 * Finds the ends of records.
 *
 * @param quotes whether line ends within quotes belong to the record (RFC 4180, section 2.6)
 */
record RecordEnds(boolean quotes) {
  /** The end of the last record that ends before the limit; {@code from} if none does. */
  int lastWithin(byte[] bytes, int from, int limit) {
    int last = from;
    for (int end = next(bytes, from, limit); end > last; end = next(bytes, last, limit)) {
      last = end;
    }
    return last;
  }

  /** The end of the record that begins here; {@code from} if it does not end before the limit. */
  int next(byte[] bytes, int from, int limit) {
    boolean quoted = false;
    for (int i = from; i < limit; i++) {
      if (bytes[i] == '\n' && !quoted) {
        return i + 1;
      }
      quoted ^= quotes && bytes[i] == '"';
    }
    return from;
  }
}
