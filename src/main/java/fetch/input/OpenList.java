package fetch.input;

import java.io.BufferedInputStream;
import org.jspecify.annotations.Nullable;

/**
 * A list that is about to be read.
 *
 * @param bytes decompressed
 * @param source where it is from
 * @param url where the last redirect led, password masked; null when the list is not at a URL
 * @param contentType as sent, null when absent
 */
record OpenList(
    BufferedInputStream bytes, Source source, @Nullable String url, @Nullable String contentType) {}
