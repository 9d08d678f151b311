package fetch.warc;

import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Makes unique record IDs from a random prefix and a counter (UUID version 8, RFC 9562). A random
 * UUID for each would cost ten times as much. Safe for many threads.
 */
final class RecordIds {
  private static final long VERSION_BITS = 0xf000;
  private static final long VERSION_8 = 0x8000;
  private static final long VARIANT = 1L << 63;

  private final UUID random = UUID.randomUUID();
  private final AtomicLong number = new AtomicLong(random.getLeastSignificantBits() >>> 3);

  /** The next ID, as in the header of a record. */
  String next() {
    long start = (random.getMostSignificantBits() & ~VERSION_BITS) | VERSION_8;
    return "<urn:uuid:" + new UUID(start, VARIANT | number.incrementAndGet()) + ">";
  }
}
