package fetch.warc;

import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Names records as no others in the world are named: by a random beginning and a number (UUID
 * version 8, RFC 9562), for a random one each costs ten times as much. Safe for many threads.
 */
final class RecordIds {
  private static final long VERSION_BITS = 0xf000;
  private static final long VERSION_8 = 0x8000;
  private static final long VARIANT = 1L << 63;

  private final UUID random = UUID.randomUUID();
  private final AtomicLong number = new AtomicLong(random.getLeastSignificantBits() >>> 3);

  /** As it stands in the header of a record. */
  String next() {
    long start = (random.getMostSignificantBits() & ~VERSION_BITS) | VERSION_8;
    return "<urn:uuid:" + new UUID(start, VARIANT | number.incrementAndGet()) + ">";
  }
}
