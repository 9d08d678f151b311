package fetch.warc;

import fetch.FetchRequest;
import org.jspecify.annotations.Nullable;

/** Archives exchanges, or stores them for later archives. Safe for many threads. */
public interface ExchangeRecorder {
  /** Captures nothing, but makes connections that other recorders can tap. */
  ExchangeRecorder OF_OTHERS = _ -> null;

  /** Begins to capture an exchange; null to capture nothing. */
  @Nullable Capture begin(FetchRequest request);
}
