package fetch.body;

/**
 * A place below a directory.
 *
 * @param directory the directories on the way, each followed by a slash; may be empty
 * @param file the last component
 * @param url what tells it from others, by a hash that is made only when it is needed
 * @param hashed whether the last component has the hash in it already
 */
record FileName(String directory, String file, String url, boolean hashed) {
  /** The same place under a name that no other URL has. */
  FileName distinct() {
    return hashed ? this : new FileName(directory, SafeName.mark(file, UrlHash.of(url)), url, true);
  }

  FileName in(String other) {
    return new FileName(other, file, url, hashed);
  }

  @Override
  public String toString() {
    return directory + file;
  }
}
