package fetch;

/** An entry that names something to fetch. */
public record FetchRequest(long urlnum, String input, Target target) implements Entry {}
