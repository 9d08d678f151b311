package fetch.spark;

import org.roaringbitmap.longlong.Roaring64Bitmap;

/** The positions that have a record. Safe for many threads. */
final class Positions {
  private final Roaring64Bitmap positions = new Roaring64Bitmap();

  synchronized void add(long urlnum) {
    positions.addLong(urlnum);
  }

  synchronized boolean has(long urlnum) {
    return positions.contains(urlnum);
  }

  synchronized long count() {
    return positions.getLongCardinality();
  }
}
