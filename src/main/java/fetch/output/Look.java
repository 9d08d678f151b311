package fetch.output;

/**
 * How text looks.
 *
 * @param aligned whether it stands in columns, and its sizes and times have the units that a person
 *     likes best
 * @param coloured whether it has colours
 */
public record Look(boolean aligned, boolean coloured) {
  /** As the contract has it. */
  public static final Look PLAIN = new Look(false, false);

  /** Text in a colour, if there are colours. */
  String paint(Colour colour, String text) {
    return coloured && !text.isEmpty() && colour != Colour.DEFAULT ? colour.paint(text) : text;
  }
}
