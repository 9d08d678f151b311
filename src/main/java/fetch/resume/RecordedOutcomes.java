package fetch.resume;

import fetch.FailureKind;
import fetch.input.RecordedOutcome;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Holds how the entries at some positions ended: two bytes a position, in blocks that are made when
 * they are needed.
 */
final class RecordedOutcomes {
  private static final int BLOCK = 1024;
  private static final short ABSENT = (short) RecordedOutcome.NO_CODE;

  private short[][] blocks = new short[64][];

  void add(long urlnum, int status, @Nullable FailureKind failure) {
    int block = (int) (urlnum / BLOCK);
    if (block >= blocks.length) {
      blocks = Arrays.copyOf(blocks, Math.max(block + 1, blocks.length + blocks.length / 2));
    }
    if (blocks[block] == null) {
      blocks[block] = new short[BLOCK];
      Arrays.fill(blocks[block], ABSENT);
    }
    blocks[block][(int) (urlnum % BLOCK)] = (short) RecordedOutcome.code(status, failure);
  }

  /** How the entry at a position ended; null if that was not added. */
  @Nullable RecordedOutcome get(long urlnum) {
    long block = urlnum / BLOCK;
    short[] codes = block < blocks.length ? blocks[(int) block] : null;
    int code = codes == null ? ABSENT : codes[(int) (urlnum % BLOCK)];
    return code == ABSENT ? null : RecordedOutcome.of(urlnum, code & RecordedOutcome.NO_CODE);
  }
}
