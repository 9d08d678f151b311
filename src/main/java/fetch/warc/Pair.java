package fetch.warc;

import java.io.IOException;

/** The two records of an exchange, as they are to stand in a certain file. */
record Pair(Packed request, Packed answer) {
  long length() throws IOException {
    return request.length() + answer.length();
  }
}
