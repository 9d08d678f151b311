package fetch.bench;

/** What every Java program costs: a yardstick for the start of fetch. */
final class HelloWorld {
  private HelloWorld() {}

  public static void main(String[] args) {
    System.out.println("Hello, world");
  }
}
