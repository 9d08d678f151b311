package fetch;

/** Writes a number of things, with the noun in the singular or plural. */
public final class Quantity {
  private Quantity() {}

  /**
   * {@code 1 entry}, {@code 2 entries}.
   *
   * @param noun in the singular; its plural must be regular
   */
  public static String of(long count, String noun) {
    return count + " " + noun(count, noun);
  }

  /** {@code 1 entry has}, {@code 2 entries have}. */
  public static String having(long count, String noun) {
    return of(count, noun) + (count == 1 ? " has" : " have");
  }

  /** {@code entry}, {@code entries}: the noun alone. */
  public static String noun(long count, String noun) {
    if (count == 1) {
      return noun;
    }
    return noun.endsWith("y") ? noun.substring(0, noun.length() - 1) + "ies" : noun + "s";
  }
}
