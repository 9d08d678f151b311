package fetch.warc;

import java.io.IOException;

/**
 * The two records of an exchange, as they are to stand in a certain file.
 *
 * @param line what the index is to say, but for where the answer is
 */
record RequestAndResponse(EncodedRecord request, EncodedRecord answer, IndexLine line) {
  long length() throws IOException {
    return request.length() + answer.length();
  }
}
