package fetch.resume;

import fetch.input.Earlier;
import fetch.input.ListChangedException;
import fetch.output.OutputFormat;

/** Looks entries up by what their records show of them. For one thread. */
record AsRecorded(OutputFormat format, Earlier records) implements Earlier {
  @Override
  public boolean has(long urlnum, String input) throws ListChangedException {
    return records.has(urlnum, format.readBack(input));
  }

  @Override
  public void isNew(long urlnum) throws ListChangedException {
    records.isNew(urlnum);
  }

  @Override
  public boolean agrees() {
    return records.agrees();
  }

  @Override
  public void atEnd(long entries, boolean limited) throws ListChangedException {
    records.atEnd(entries, limited);
  }
}
