package fetch.warc;

import fetch.FetchRequest;
import org.jspecify.annotations.Nullable;

/** Archives exchanges, or keeps them for archives that are written later. Safe for many threads. */
public interface ExchangeRecorder {
  /** Captures nothing, but has connections opened so that others can. */
  ExchangeRecorder OF_OTHERS = _ -> null;

  /** Begins to capture an exchange; null to capture nothing of it. */
  @Nullable Capture begin(FetchRequest request);
}
