package fetch.compare;

import java.util.ArrayList;
import java.util.List;

/** Keeps what it is told. */
final class RecordingProgress implements Progress {
  final List<String> told = new ArrayList<>();

  @Override
  public void warmingUp(Setting setting) {
    told.add("warming up " + setting);
  }

  @Override
  public void begins(int number, int total, Setting setting) {
    told.add(number + "/" + total + " " + setting);
  }

  @Override
  public void ended(Trial trial) {
    told.add("ended " + trial.setting());
  }

  @Override
  public void over() {
    told.add("over");
  }
}
