package fetch.body;

import fetch.Checksum;
import fetch.FailureKind;
import fetch.FetchRequest;
import fetch.HashAlgorithm;
import fetch.SavedBody;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Hashes bodies, and compares them with the checksums of the list. A body with a wrong checksum is
 * not saved. Safe for many threads.
 */
public final class HashingSink implements BodySink {
  private final Set<HashAlgorithm> asked;
  private final IntPredicate ok;
  private final @Nullable BodySink next;

  /**
   * @param asked the hashes for the records
   * @param ok the status codes that count as success; only their bodies are compared
   * @param next takes the bodies; null to discard them
   */
  public HashingSink(List<HashAlgorithm> asked, IntPredicate ok, @Nullable BodySink next) {
    this.asked = asked.isEmpty() ? Set.of() : EnumSet.copyOf(asked);
    this.ok = ok;
    this.next = next;
  }

  /** Whether the hashes of a saved body match the checksums of the entry, if it has any. */
  public static boolean agrees(FetchRequest request, SavedBody before) {
    return expected(request).stream()
        .allMatch(checksum -> checksum.matches(before.digests().get(checksum.algorithm())));
  }

  private static List<Checksum> expected(FetchRequest request) {
    try {
      return Checksum.of(request.meta());
    } catch (Checksum.Unreadable e) {
      throw new IllegalStateException("an entry was requested whose checksum is unreadable", e);
    }
  }

  @Override
  public @Nullable BodyWriter begin(IncomingBody incoming) throws BodySaveException {
    List<Checksum> expected = ok.test(incoming.status()) ? expected(incoming.request()) : List.of();
    BodyWriter writer = next == null ? null : next.begin(incoming);
    if (asked.isEmpty() && expected.isEmpty()) {
      return writer;
    }
    return new Writer(asked, expected, writer).resume(incoming);
  }

  @Override
  public @Nullable PartialBody takePartial(FetchRequest request) {
    return next == null ? null : next.takePartial(request);
  }

  /** Hashes one body. */
  private static final class Writer extends PassingWriter {
    private final Set<HashAlgorithm> asked;
    private final List<Checksum> expected;
    private final Map<HashAlgorithm, Digest> digests = new EnumMap<>(HashAlgorithm.class);

    Writer(Set<HashAlgorithm> asked, List<Checksum> expected, @Nullable BodyWriter next) {
      super(next);
      this.asked = asked;
      this.expected = expected;
      asked.forEach(algorithm -> digests.put(algorithm, Digest.of(algorithm)));
      expected.forEach(checksum -> digests.computeIfAbsent(checksum.algorithm(), Digest::of));
    }

    @Override
    void see(byte[] bytes, int offset, int length) {
      digests.values().forEach(digest -> digest.update(bytes, offset, length));
    }

    @Override
    public SavedBody finish() throws BodySaveException {
      Map<HashAlgorithm, String> hashes = new EnumMap<>(HashAlgorithm.class);
      digests.forEach((algorithm, digest) -> hashes.put(algorithm, digest.finish()));
      for (Checksum checksum : expected) {
        String found = hashes.get(checksum.algorithm());
        if (!checksum.matches(found)) {
          String wanted = String.join(" or ", checksum.digests());
          throw new BodySaveException(
              FailureKind.CHECKSUM,
              "the body's " + checksum.algorithm().label() + " is " + found + ", not " + wanted);
        }
      }
      hashes.keySet().retainAll(asked);
      return super.finish().withDigests(Map.copyOf(hashes));
    }
  }
}
