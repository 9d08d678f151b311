package fetch.output;

/**
 * How text is presented.
 *
 * @param aligned whether in columns, with sizes and times in readable units
 * @param coloured whether it has colours
 */
public record Look(boolean aligned, boolean coloured) {
  /** The documented form, for programs. */
  public static final Look PLAIN = new Look(false, false);

  /** Text in a colour, if there are colours. */
  String paint(Colour colour, String text) {
    return coloured && !text.isEmpty() && colour != Colour.DEFAULT ? colour.paint(text) : text;
  }
}
