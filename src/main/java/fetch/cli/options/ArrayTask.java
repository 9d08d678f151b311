package fetch.cli.options;

import fetch.input.Shard;
import java.util.Map;

/**
 * Finds the shard of an array task of a cluster, from its environment.
 *
 * <ul>
 *   <li>{@code FETCH_SHARD}, such as 3/64, takes precedence.
 *   <li>Slurm, AWS Batch, Google Batch and Cloud Run provide the index and the number of tasks.
 *   <li>Kubernetes provides only the index to a pod of an Indexed Job. {@code FETCH_SHARDS} must
 *       have the number of completions.
 * </ul>
 */
final class ArrayTask {
  private static final String OURS = "FETCH_SHARD";
  private static final String OUR_COUNT = "FETCH_SHARDS";
  private static final String SLURM = "SLURM_ARRAY_TASK_";

  private final Map<String, String> environment;

  ArrayTask(Map<String, String> environment) {
    this.environment = environment;
  }

  /**
   * The part of this task.
   *
   * @throws UsageException if this process is not such a task
   */
  Shard shard() throws UsageException {
    if (environment.containsKey(OURS)) {
      return ours();
    }
    if (environment.containsKey(SLURM + "ID")) {
      return slurm();
    }
    if (environment.containsKey("AWS_BATCH_JOB_ARRAY_INDEX")) {
      return counted("AWS_BATCH_JOB_ARRAY_INDEX", "AWS_BATCH_JOB_ARRAY_SIZE");
    }
    if (environment.containsKey("BATCH_TASK_INDEX")) {
      return counted("BATCH_TASK_INDEX", "BATCH_TASK_COUNT");
    }
    if (environment.containsKey("CLOUD_RUN_TASK_INDEX")) {
      return counted("CLOUD_RUN_TASK_INDEX", "CLOUD_RUN_TASK_COUNT");
    }
    if (environment.containsKey("JOB_COMPLETION_INDEX")) {
      return counted("JOB_COMPLETION_INDEX", OUR_COUNT);
    }
    throw new UsageException(
        "--shard=auto finds no array task in the environment; set FETCH_SHARD, such as 1/4");
  }

  private Shard ours() throws UsageException {
    try {
      return Shard.parse(environment.getOrDefault(OURS, ""));
    } catch (IllegalArgumentException e) {
      throw new UsageException(OURS + ": " + e.getMessage());
    }
  }

  /** The indexes of a Slurm array may have any start and a step: --array=10-40:10. */
  private Shard slurm() throws UsageException {
    long first = number(SLURM + "MIN");
    long step = environment.containsKey(SLURM + "STEP") ? number(SLURM + "STEP") : 1;
    long count = number(SLURM + "COUNT");
    long offset = number(SLURM + "ID") - first;
    boolean regular =
        step > 0 && offset % step == 0 && number(SLURM + "MAX") - first == (count - 1) * step;
    if (!regular) {
      throw new UsageException(
          "--shard=auto needs a Slurm array without gaps, such as --array=0-63");
    }
    return part(SLURM + "ID", offset / step, count);
  }

  private Shard counted(String index, String count) throws UsageException {
    return part(index, number(index), number(count));
  }

  private static Shard part(String name, long index, long count) throws UsageException {
    if (count > Integer.MAX_VALUE || index < 0 || index >= count) {
      throw new UsageException(name + ": there is no task " + index + " of " + count + ", from 0");
    }
    return new Shard((int) index + 1, (int) count);
  }

  private long number(String name) throws UsageException {
    String text = environment.get(name);
    if (text == null) {
      throw new UsageException("--shard=auto needs " + name + ", the number of tasks");
    }
    try {
      return Converters.number(text, 0, Integer.MAX_VALUE);
    } catch (IllegalArgumentException e) {
      throw new UsageException(name + ": " + e.getMessage());
    }
  }
}
