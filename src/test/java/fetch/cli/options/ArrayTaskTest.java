package fetch.cli.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fetch.input.Shard;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArrayTaskTest {
  private static Map<String, String> environment(String text) {
    Map<String, String> environment = new HashMap<>();
    for (String variable : text.split(" ", -1)) {
      int equals = variable.indexOf('=');
      environment.put(variable.substring(0, equals), variable.substring(equals + 1));
    }
    return environment;
  }

  @ParameterizedTest
  @CsvSource({
    "FETCH_SHARD=2/4, 2, 4",
    "JOB_COMPLETION_INDEX=0 FETCH_SHARDS=64, 1, 64",
    "JOB_COMPLETION_INDEX=63 FETCH_SHARDS=64, 64, 64",
    "AWS_BATCH_JOB_ARRAY_INDEX=9 AWS_BATCH_JOB_ARRAY_SIZE=10, 10, 10",
    "BATCH_TASK_INDEX=1 BATCH_TASK_COUNT=3, 2, 3",
    "CLOUD_RUN_TASK_INDEX=1 CLOUD_RUN_TASK_COUNT=3, 2, 3",
    "FETCH_SHARD=2/4 BATCH_TASK_INDEX=1 BATCH_TASK_COUNT=3, 2, 4",
    "SLURM_ARRAY_TASK_ID=7 SLURM_ARRAY_TASK_MIN=1 SLURM_ARRAY_TASK_MAX=8"
        + " SLURM_ARRAY_TASK_COUNT=8, 7, 8",
    "SLURM_ARRAY_TASK_ID=30 SLURM_ARRAY_TASK_MIN=10 SLURM_ARRAY_TASK_MAX=40"
        + " SLURM_ARRAY_TASK_STEP=10 SLURM_ARRAY_TASK_COUNT=4, 3, 4",
  })
  void eachTaskOfAnArrayHasItsPart(String variables, int index, int count) throws UsageException {
    assertThat(new ArrayTask(environment(variables)).shard()).isEqualTo(new Shard(index, count));
  }

  @ParameterizedTest
  @CsvSource({
    "HOME=/, finds no array task in the environment",
    "FETCH_SHARD=5/4, FETCH_SHARD: '5/4' is not a part",
    "JOB_COMPLETION_INDEX=3, needs FETCH_SHARDS",
    "JOB_COMPLETION_INDEX=3 FETCH_SHARDS=3, there is no task 3 of 3",
    "JOB_COMPLETION_INDEX=x FETCH_SHARDS=3, JOB_COMPLETION_INDEX: 'x' is not a whole number",
    "BATCH_TASK_INDEX=0 BATCH_TASK_COUNT=0, there is no task 0 of 0",
    "SLURM_ARRAY_TASK_ID=3 SLURM_ARRAY_TASK_MIN=1 SLURM_ARRAY_TASK_MAX=7"
        + " SLURM_ARRAY_TASK_COUNT=3, needs a Slurm array without gaps",
  })
  void anythingElseIsSaid(String variables, String message) {
    assertThatThrownBy(() -> new ArrayTask(environment(variables)).shard())
        .isInstanceOf(UsageException.class)
        .hasMessageContaining(message);
  }

  @Test
  void aGapInASlurmArrayIsNoPart() {
    String gap =
        "SLURM_ARRAY_TASK_ID=2 SLURM_ARRAY_TASK_MIN=1 SLURM_ARRAY_TASK_MAX=5"
            + " SLURM_ARRAY_TASK_STEP=2 SLURM_ARRAY_TASK_COUNT=3";
    assertThatThrownBy(() -> new ArrayTask(environment(gap)).shard())
        .hasMessageContaining("without gaps");
  }
}
