package fetch.warc;

import java.io.IOException;

/**
 * Holds the two encoded records of an exchange.
 *
 * @param line the line of the index, without the location
 */
record RequestAndResponse(EncodedRecord request, EncodedRecord response, IndexLine line) {
  long length() throws IOException {
    return request.length() + response.length();
  }
}
