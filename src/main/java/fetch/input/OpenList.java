package fetch.input;

import java.io.BufferedInputStream;
import org.jspecify.annotations.Nullable;

/**
 * A list that is about to be read.
 *
 * @param bytes decompressed
 * @param source of the list
 * @param url where the last redirect led, password masked; null if the list is not at a URL
 * @param contentType as sent, null if absent
 */
record OpenList(
    BufferedInputStream bytes, Source source, @Nullable String url, @Nullable String contentType) {}
