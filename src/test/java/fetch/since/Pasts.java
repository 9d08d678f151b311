package fetch.since;

import fetch.HashAlgorithm;
import fetch.SavedBody;
import fetch.Validators;
import java.util.Map;

/** What an earlier run may have found. */
final class Pasts {
  static final String DATE = "Sun, 06 Nov 1994 08:49:37 GMT";

  /** An answer with a status of 200, ten bytes and no type. */
  static final long USUAL = EarlierResult.shape(200, 10, null);

  private Pasts() {}

  static EarlierResult ok(long shape, Validators validators) {
    return new EarlierResult(true, false, shape, null, validators, SavedBody.NOTHING);
  }

  static EarlierResult ok(Validators validators, Map<HashAlgorithm, String> digests) {
    return new EarlierResult(true, false, USUAL, null, validators, new SavedBody(null, digests));
  }

  static EarlierResult failed(boolean gone) {
    return new EarlierResult(false, gone, USUAL, null, Validators.NONE, SavedBody.NOTHING);
  }
}
