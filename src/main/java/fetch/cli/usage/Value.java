package fetch.cli.usage;

import java.util.List;

/** What can be given as the value of an option, or instead of one. */
public sealed interface Value {
  /** No value, or any text. */
  record Free() implements Value {}

  /** The name of a file. */
  record File() implements Value {}

  /** The name of a directory. */
  record Directory() implements Value {}

  /** One of these. */
  record Choice(List<String> words) implements Value {}

  /** Some of these, separated by commas. */
  record Some(List<String> words) implements Value {}
}
