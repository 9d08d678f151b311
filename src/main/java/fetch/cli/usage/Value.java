package fetch.cli.usage;

import java.util.List;

/** The possible values of an option or operand. */
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
