#!/usr/bin/env python3
"""Fetches a long list on Apache Spark, and prints what it took: records, memory and URLs per second.

    mvn -q -Pspark -Dmaven.test.skip package
    src/bench/spark.py [--urls N] [--hosts N] [--workers N] [--partitions N] [--master URL] [--jar FILE] [--home DIR]

Starts a standalone master and two workers with one executor of one core each, on loopback, from the jars that the
build has resolved. With --master=local[2] the driver fetches itself. The list has 1,000,000 URLs on 5,000 hosts, which
are addresses of loopback; one nginx serves them. Samples the resident memory of driver and executors. Exits with 1 when a
record is missing, or when a URL was requested more than once.

The time has three parts: until the first request (Spark starts, the list is divided), while requests are sent, and after
the last one (the summary is made from the records).

Needs nginx. Debian: nginx-core.
"""

import argparse
import json
import os
import pathlib
import re
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
    listen 0.0.0.0:{port} backlog=65535;
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


def run(cluster, given, urls):
    """Runs the job; returns its exit code, the moments of its parts, and the usage of its processes."""
    output = cluster.folder / "out"
    driver_start = time.monotonic()
    driver = cluster.start(
        "driver", "org.apache.spark.deploy.SparkSubmit", "--master", given.master, "--conf",
        "spark.driver.host=127.0.0.1", "--conf", "spark.driver.bindAddress=127.0.0.1", "--conf", "spark.ui.enabled=false",
        "--executor-memory", "1g", "--class", "fetch.spark.FetchJob", str(given.jar), "-o", str(output), "-w",
        str(given.workers), *(["--partitions", str(given.partitions)] if given.partitions else []), str(urls),
        memory="1g")
    before, most = requests(), {}
    first = last = None
    seen, asked = before, 1
    while driver.poll() is None:
        time.sleep(0.25)
        now = requests() - asked
        asked += 1
        if now > seen:
            last = time.monotonic()
            first = first or last
            seen = now
        for pid in [str(driver.pid), *cluster.executors()]:
            figures = usage(pid)
            if figures and figures[0] >= LEAST_MEGABYTES:
                most[pid] = figures
    end = time.monotonic()
    figures = {"driver": most.pop(str(driver.pid))} | {f"executor {n}": v for n, v in enumerate(most.values(), 1)}
    return driver.returncode, (driver_start, first or end, last or end, end), figures, seen - before, output


def report(given, result):
    code, (start, first, last, end), figures, sent, output = result
    records = json.loads((output / "_manifest.json").read_text())["records"] if code == 0 else 0
    print(f"{given.urls} URLs on {given.hosts} hosts in {end - start:.1f} s: {records} records, {sent} requests")
    print(f"  {first - start:.1f} s until the first request, {last - first:.1f} s of requests"
          f" ({sent / max(last - first, 0.1):.0f} URLs/s), {end - last:.1f} s after the last one")
    for name, (megabytes, seconds) in figures.items():
        print(f"  {name}: at most {megabytes} MB resident, {seconds:.0f} s of processor time")
    return code == 0 and records == given.urls and sent == given.urls


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--urls", type=int, default=1_000_000)
    options.add_argument("--hosts", type=int, default=5000)
    options.add_argument("--workers", type=int, default=64, help="requests in flight for each task")
    options.add_argument("--partitions", type=int)
    options.add_argument("--master", default=f"spark://127.0.0.1:{MASTER_PORT}")
    options.add_argument("--jar", type=pathlib.Path, default=PROJECT / "target/fetch-spark.jar")
    options.add_argument("--home", type=pathlib.Path, default=PROJECT / "target", help="where spark-class-path is")
    given = options.parse_args()
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
            result = run(cluster, given, urls)
            kept = report(given, result)
            if result[0] != 0:
                print((folder / "driver.err").read_text(), file=sys.stderr)
            else:
                print("  " + (folder / "driver.out").read_text().strip())
        finally:
            cluster.stop()
            server.terminate()
            server.wait()
    sys.exit(0 if kept else 1)


main()
