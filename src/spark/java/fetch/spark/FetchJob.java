package fetch.spark;

/** {@code spark-submit --class fetch.spark.FetchJob fetch-spark.jar}: fetches a list on Spark. */
public final class FetchJob {
  private FetchJob() {}

  /** Prints the usage. */
  public static void main(String[] args) {
    System.out.println(
        "Usage: spark-submit --class fetch.spark.FetchJob fetch-spark.jar [OPTIONS] -o DIR"
            + " LIST...");
  }
}
