package fetch.report;

import fetch.Attempt.Body;
import fetch.FetchResult;

/** Counts bodies by size. For one thread. */
final class BodySizes {
  /** The upper bounds of the size classes, in bytes; a last class has no bound. */
  static final long[] BOUNDS = {
    0, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000
  };

  final long[] classes = new long[BOUNDS.length + 1];
  long downloaded;
  long delivered;
  long largest;
  String largestUrl = "";

  void add(FetchResult result, Body body) {
    long size = body.delivered();
    int index = 0;
    while (index < BOUNDS.length && size > BOUNDS[index]) {
      index++;
    }
    classes[index]++;
    downloaded += body.downloaded();
    delivered += size;
    if (size > largest) {
      largest = size;
      largestUrl = FailureExample.cut(Urls.of(result));
    }
  }
}
