package fetch.body;

/**
 * Names a file below a directory.
 *
 * @param directory the directories, each followed by a slash; may be empty
 * @param file the last component
 * @param url the URL, hashed only when the name is ambiguous
 * @param hashed whether the last component contains the hash
 */
record FileName(String directory, String file, String url, boolean hashed) {
  /** The name with the hash of the URL, which makes it unique. */
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
