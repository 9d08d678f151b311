#!/usr/bin/env python3
"""Fetches a long list on Apache Spark, and prints what it took: records, memory and URLs per second.

    mvn -q -Pspark -Dmaven.test.skip package
    src/bench/spark.py                                         # 1,000,000 URLs on two executors
    src/bench/spark.py --master='local[2]' --urls=200000       # one JVM, beside bin/fetch on the same URLs
    src/bench/spark.py [--urls N] [--hosts N] [--workers N] [--partitions N] [--rounds N] [--master URL] [--format NAME]
                       [--jar FILE] [--home DIR] [--fetch FILE]

Starts a standalone master and two workers with one executor of one core each, on loopback, from the jars that the
build has resolved. With --master=local[N] the driver fetches itself, and bin/fetch fetches the same list before it, with
as many requests in flight. The list is on 5,000 hosts, which are addresses of loopback; one nginx serves them.

The table has a row for each run. The time has three parts: until the first request (programs start, the list is divided),
while requests are sent, and after the last one (records are read back for the summary). "warm" is the rate from half
of requests to nine tenths of them. Processor time has the same three parts. Memory is the most that was resident. The last lines compare the medians of Spark
with those of bin/fetch. Exits with 1 when a record is missing, or when a URL was requested more than once.

Needs nginx. Debian: nginx-core.
"""

import argparse
import json
import os
import pathlib
import re
import shlex
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request

PORT = 18094
MASTER_PORT = 18095
PROJECT = pathlib.Path(__file__).resolve().parents[2]
LEAST_MEGABYTES = 20  # a JVM, and not what starts it
TICKS = os.sysconf("SC_CLK_TCK")

SERVER = """
worker_processes 1; daemon off; pid {dir}/pid; error_log {dir}/errors crit;
worker_rlimit_nofile 30000;
events {{ worker_connections 25000; multi_accept on; }}
http {{
  access_log off; keepalive_requests 10000000; keepalive_timeout 120; default_type text/plain;
  server {{
    listen 0.0.0.0:{port} backlog=65535; allow 127.0.0.0/8; deny all;
    location / {{ return 200 "a small body, as of an API"; }}
    location = /requests {{ stub_status; }}
  }}
}}
"""

QUIET = """
rootLogger.level = warn
rootLogger.appenderRef.stderr.ref = stderr
appender.stderr.type = Console
appender.stderr.name = stderr
appender.stderr.target = SYSTEM_ERR
appender.stderr.layout.type = PatternLayout
appender.stderr.layout.pattern = %d{HH:mm:ss} %p %c{1}: %m%n%ex
"""


def address(host):
    return f"127.1.{host // 250}.{1 + host % 250}"


def requests():
    """How many requests nginx was sent, and ours."""
    with urllib.request.urlopen(f"http://127.0.0.1:{PORT}/requests") as status:
        return int(status.read().decode().splitlines()[2].split()[2])


def flags():
    """The JVM's flags that Spark needs, as in the profile of the build."""
    text = re.search(r"<spark.jvm>(.*?)</spark.jvm>", (PROJECT / "pom.xml").read_text(), re.DOTALL).group(1)
    return [word for word in text.split() if word.startswith("--")]


class Cluster:
    """Spark's programs, as processes."""

    def __init__(self, folder, home):
        self.folder, self.processes, self.workers = folder, [], []
        self.home = folder / "spark"
        (self.home / "jars").mkdir(parents=True)
        (self.home / "launcher/target/scala-2.13").mkdir(parents=True)
        (self.home / "conf").mkdir()
        (self.home / "conf/log4j2.properties").write_text(QUIET)
        for jar in (home / "spark-class-path").read_text().strip().split(os.pathsep):
            (self.home / "jars" / pathlib.Path(jar).name).symlink_to(jar)
        self.java = pathlib.Path(os.environ.get("JAVA25_HOME") or os.environ.get("JAVA_HOME") or sys.exit(
            "set JAVA25_HOME to a JDK 25"))

    def start(self, name, *program, memory="512m"):
        environment = {key: value for key, value in os.environ.items() if not key.startswith("SPARK_")}
        environment.update(
            JAVA_HOME=str(self.java), SPARK_HOME=str(self.home), SPARK_LOCAL_IP="127.0.0.1", FETCH_OPTS="",
            XDG_CONFIG_HOME=str(self.folder / "no-config"))
        with open(self.folder / f"{name}.out", "w") as out, open(self.folder / f"{name}.err", "w") as err:
            process = subprocess.Popen(
                [self.java / "bin/java", *flags(), f"-Xmx{memory}", "-cp", f"{self.home}/conf:{self.home}/jars/*",
                 *program],
                cwd=self.folder, env=environment, stdout=out, stderr=err)
        self.processes.append(process)
        return process

    def start_workers(self):
        self.start("master", "org.apache.spark.deploy.master.Master", "--host", "127.0.0.1", "--port", str(MASTER_PORT),
                   "--webui-port", "0")
        for number in (1, 2):
            self.workers.append(self.start(
                f"worker{number}", "org.apache.spark.deploy.worker.Worker", "--host", "127.0.0.1", "--port", "0",
                "--webui-port", "0", "--cores", "1", "--memory", "2g", "--work-dir", str(self.folder / "work"),
                f"spark://127.0.0.1:{MASTER_PORT}"))

    def executors(self):
        pids = []
        for worker in self.workers:
            for task in pathlib.Path(f"/proc/{worker.pid}/task").iterdir():
                pids += (task / "children").read_text().split()
        return pids

    def stop(self):
        for process in reversed(self.processes):
            process.kill()
            process.wait()


def usage(pid):
    """The most resident memory so far, in MB, and the processor time in seconds."""
    try:
        status = pathlib.Path(f"/proc/{pid}/status").read_text()
        times = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(") ", 1)[1].split()
        return int(status.split("VmHWM:")[1].split()[0]) // 1024, (int(times[11]) + int(times[12])) / TICKS
    except (OSError, IndexError):
        return None


class Run:
    """What a run has come to."""

    def __init__(self, name):
        self.name, self.samples, self.most, self.records, self.code = name, [], {}, 0, None
        self.start = time.monotonic()

    def watch(self, process, others):
        """Samples requests and memory until the process ends."""
        before, asked = requests(), 1
        while process.poll() is None:
            time.sleep(0.2)
            count = requests() - before - asked
            asked += 1
            for pid in [str(process.pid), *others()]:
                figures = usage(pid)
                if figures and figures[0] >= LEAST_MEGABYTES:
                    self.most[pid] = figures
            self.samples.append((time.monotonic(), count, sum(seconds for _, seconds in self.most.values())))
        self.end, self.code = time.monotonic(), process.returncode

    def sent(self):
        return self.samples[-1][1] if self.samples else 0

    def when(self, share):
        """The first sample with more requests than this share of them all."""
        most = min(share * self.sent(), self.sent() - 1)
        return next((sample for sample in self.samples if sample[1] > most), (self.end, 0, 0))

    def rate(self, first, last):
        begin, end = self.when(first), self.when(last)
        return (end[1] - begin[1]) / max(end[0] - begin[0], 0.001)

    def parts(self):
        """Seconds before the first request, of requests, and after the last one."""
        first, last = self.when(0)[0], self.when(1)[0]
        return first - self.start, last - first, self.end - last

    def row(self):
        before, sending, after = self.parts()
        memory = ", ".join(str(megabytes) for megabytes, _ in self.most.values())
        at = [0, self.when(0)[2], self.when(1)[2], self.samples[-1][2]]
        processor = " + ".join(f"{later - sooner:.1f}" for sooner, later in zip(at, at[1:]))
        return (f"| {self.name} | {self.records} | {self.sent()} | {before:.1f} s | {sending:.1f} s | {after:.1f} s"
                f" | {self.sent() / max(sending, 0.001):.0f} | {self.rate(0.5, 0.9):.0f} | {processor} s | {memory} MB |")


HEADER = """| | records | requests | before | requests | after | URLs/s | warm | processor | resident |
|---|---|---|---|---|---|---|---|---|---|"""


def on_spark(cluster, given, urls, number):
    output = cluster.folder / f"out{number}"
    done = Run(given.master.split(":")[0] if given.master.startswith("spark") else given.master)
    driver = cluster.start(
        "driver", "org.apache.spark.deploy.SparkSubmit", "--master", given.master, "--conf",
        "spark.driver.host=127.0.0.1", "--conf", "spark.driver.bindAddress=127.0.0.1", "--conf", "spark.ui.enabled=false",
        "--executor-memory", "1g", *(word for conf in given.conf for word in ("--conf", conf)),
        "--class", "fetch.spark.FetchJob", str(given.jar), "-o", str(output), "-f", given.format, "-w",
        str(given.workers), *(["--partitions", str(given.partitions)] if given.partitions else []), str(urls),
        memory="1g")
    done.watch(driver, cluster.executors)
    if done.code == 0:
        done.records = json.loads((output / "_manifest.json").read_text())["records"]
    else:
        print((cluster.folder / "driver.err").read_text(), file=sys.stderr)
    print(done.row(), flush=True)
    return done


def on_command_line(cluster, given, urls, number):
    output = cluster.folder / f"fetch{number}.jsonl"
    workers = given.workers * int(re.sub(r"\D", "", given.master) or os.cpu_count())
    done = Run("bin/fetch")
    process = subprocess.Popen(
        [given.fetch, "--no-config", "-q", "-f", "jsonl", "-o", output, "-w", str(workers), urls], cwd=cluster.folder)
    done.watch(process, lambda: [])
    with open(output, "rb") as records:
        done.records = sum(1 for _ in records)
    output.unlink()
    print(done.row(), flush=True)
    return done


def compare(runs):
    """Compares the medians of Spark and of the command line."""
    spark = [run for run in runs if run.name != "bin/fetch"]
    fetch = [run for run in runs if run.name == "bin/fetch"]
    if fetch:
        ratio = (statistics.median(run.rate(0.5, 0.9) for run in spark)
                 / statistics.median(run.rate(0.5, 0.9) for run in fetch))
        print(f"\nwarm: Spark has {ratio:.2f} x the rate of bin/fetch")
    rest = statistics.median(run.parts()[0] + run.parts()[2] for run in spark)
    print(f"before the first request and after the last one: {rest:.1f} s")


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--urls", type=int, default=1_000_000)
    options.add_argument("--hosts", type=int, default=5000)
    options.add_argument("--workers", type=int, default=64, help="requests in flight for each task")
    options.add_argument("--partitions", type=int)
    options.add_argument("--rounds", type=int, default=1)
    options.add_argument("--format", default="parquet")
    options.add_argument("--conf", action="append", default=[], help="a setting of Spark's")
    options.add_argument("--master", default=f"spark://127.0.0.1:{MASTER_PORT}")
    options.add_argument("--jar", type=pathlib.Path, default=PROJECT / "target/fetch-spark.jar")
    options.add_argument("--home", type=pathlib.Path, default=PROJECT / "target", help="where spark-class-path is")
    options.add_argument("--fetch", type=pathlib.Path, default=PROJECT / "target/fetch/bin/fetch")
    given = options.parse_args()
    print("    " + shlex.join(sys.argv), end="\n\n")
    print(f"{given.urls} URLs on {given.hosts} hosts\n\n{HEADER}", flush=True)
    runs = []
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        folder.chmod(0o755)
        (folder / "conf").write_text(SERVER.format(dir=folder, port=PORT))
        urls = folder / "urls.txt"
        urls.write_text("".join(f"http://{address(n % given.hosts)}:{PORT}/{n}\n" for n in range(given.urls)))
        cluster = Cluster(folder, given.home)
        server = subprocess.Popen(["nginx", "-p", folder, "-c", folder / "conf"], stderr=subprocess.DEVNULL)
        try:
            if given.master.startswith("spark:"):
                cluster.start_workers()
            time.sleep(1)
            for number in range(given.rounds):
                if not given.master.startswith("spark:"):
                    runs.append(on_command_line(cluster, given, urls, number))
                runs.append(on_spark(cluster, given, urls, number))
        finally:
            cluster.stop()
            server.terminate()
            server.wait()
    compare(runs)
    sys.exit(0 if all(run.code == 0 and run.records == run.sent() == given.urls for run in runs) else 1)


main()
