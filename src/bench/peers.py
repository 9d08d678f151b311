#!/usr/bin/env python3
"""Times fetch beside other tools on the same lists, against one nginx on loopback.

    src/bench/peers.py [--cases NAME,...] [--tools NAME,...] [--runs N] [--curl PATH] [--jdk DIR]

Prints two tables in Markdown. The first has a line for each case: wall seconds / processor seconds (user
and system) / peak megabytes of each tool, medians. A tool that lost URLs has their number in its cell. The
second compares fetch with its goals. The tools take turns, so that a slow minute of the machine strikes them
all alike; compare the ratios. A tool that took more than 20 seconds for a case is not run again.

Cases are all but the long ones, "1m" and "100k TLS"; --cases=all has these too. Tools are

    fetch                     target/fetch of this project
    curl, wget2, aria2        aria2 does not say which URLs it lost, and takes part in short lists
    aiohttp                   a loop of 15 lines; leave it out if time is short
    hello                     a Java program that prints one line, on the JDK's java
    okhttp                    OkHttp and virtual threads without anything of fetch, on the JDK's java
    serial,pool,virtual,async fetch's strategies

Needs nginx with its echo module, openssl and GNU time, and JDK 25 for hello and okhttp: $JAVA_HOME unless
--jdk is given. Others take part when they are there. Debian: nginx-core libnginx-mod-http-echo openssl time
curl wget2 aria2 python3-aiohttp.
"""

import argparse
import contextlib
import functools
import os
import pathlib
import random
import re
import resource
import shlex
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time

with socket.create_server(("", 0)) as http, socket.create_server(("", 0)) as tls:
    HTTP_PORT, TLS_PORT = http.getsockname()[1], tls.getsockname()[1]  # free ones
STRATEGIES = ("serial", "pool", "virtual", "async")
TOOLS = "fetch,curl,wget2,aria2,aiohttp,hello,okhttp"
LONG_CASES = {"1m", "100k TLS"}  # minutes each
SLOW_SECONDS = 20  # a tool that takes longer is not run again
LONG_LIST_BYTES = 8 << 20  # runs with Java's better compiler, as in bin/fetch

# Case, figure, the tool it is compared with or "ideal", and the most that the ratio may be; without a tool,
# the most that the figure may be.
GOALS = (
    ("one", "wall", "hello", 3.5),
    ("hundred", "wall", "hello", 4.5),
    ("10k", "wall", "curl", 2),
    ("100k", "wall", "curl", 1),
    ("1m", "wall", "wget2", 0.8),
    ("1m", "cpu", "wget2", 0.8),
    ("1m", "MB", None, 150),
    ("2000 hosts", "wall", "wget2", 0.9),
    ("2000 TLS", "wall", "curl", 1),
    ("2000 TLS", "MB", None, 120),
    ("10k TLS", "wall", "wget2", 0.8),
    ("10k TLS", "MB", None, 250),
    ("100k TLS", "MB", None, 250),
    ("HTTP/2", "wall", "curl", 1.5),
    ("100 ms", "wall", "ideal", 1.05),
    ("5000 in flight", "wall", "ideal", 1.8),
    ("1 MB bodies", "wall", "curl", 1.3),
    ("save 1 KB", "wall", "curl", 1.3),
)
# Seconds: as many rounds as the requests in flight need, each as long as a response.
IDEAL = {"100 ms": 32 * 0.1, "5000 in flight": 2 * 1}
FIGURES = ("wall", "cpu", "MB")
PROJECT = pathlib.Path(__file__).resolve().parents[2]
FETCH = PROJECT / "target/fetch/bin/fetch"
os.environ.update(XDG_CONFIG_HOME=str(PROJECT / "target/no-config"), FETCH_OPTS="")  # ignore the user's settings

SERVER = """
load_module modules/ngx_http_echo_module.so;
worker_processes 1; daemon off; pid {dir}/pid; error_log {dir}/errors crit;
worker_rlimit_nofile 20000;
events {{ worker_connections 18000; multi_accept on; }}
http {{
  access_log off; keepalive_requests 10000000; default_type text/plain;
  server {{
    listen 0.0.0.0:{http} backlog=65535; listen 0.0.0.0:{tls} ssl http2 backlog=65535;
    root {dir};
    ssl_certificate {dir}/cert; ssl_certificate_key {dir}/key;
    ssl_session_cache off; ssl_session_tickets off;
    location /small/ {{ return 200 "a small body, as of an API\\n"; }}
    location /large/ {{ try_files /megabyte =404; }}
    location /kilobyte/ {{ try_files /kilobyte =404; }}
    location /slow100 {{ echo_sleep 0.1; echo slow; }}
    location /slow1000 {{ echo_sleep 1; echo slower; }}
  }}
}}
"""

AIOHTTP = """
import asyncio, sys, aiohttp
async def main(path, workers):
    urls = iter(open(path).read().split())
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=workers, ssl=False)) as s:
        async def work():
            for url in urls:
                try:
                    async with s.get(url) as answer:
                        print(answer.status, len(await answer.read()), url)
                except Exception as failure:
                    print("---", failure, url)
        await asyncio.gather(*[work() for _ in range(workers)])
asyncio.run(main(sys.argv[1], int(sys.argv[2])))
"""


@functools.cache
def cases():
    """Name -> (URLs, workers)."""
    random.seed(11)
    base = f"http://127.0.0.1:{HTTP_PORT}"
    hosts = [f"127.{1 + i // 60000}.{i // 250 % 240}.{1 + i % 250}" for i in range(100_000)]
    spread = [f"http://{h}:{HTTP_PORT}/small/{i}" for h in hosts[:2000] for i in range(10)]
    random.shuffle(spread)
    return {
        "one": ([f"{base}/small/0"], 16),
        "hundred": ([f"{base}/small/{i}" for i in range(100)], 16),
        "10k": ([f"{base}/small/{i}" for i in range(10_000)], 64),
        "100k": ([f"{base}/small/{i}" for i in range(100_000)], 64),
        "1m": ([f"{base}/small/{i}" for i in range(1_000_000)], 64),
        "2000 hosts": (spread, 64),
        "2000 TLS": ([f"https://{h}:{TLS_PORT}/small/1" for h in hosts[:2000]], 64),
        "10k TLS": ([f"https://{h}:{TLS_PORT}/small/1" for h in hosts[:10_000]], 64),
        "100k TLS": ([f"https://{h}:{TLS_PORT}/small/1" for h in hosts], 64),
        "HTTP/2": ([f"https://127.0.0.1:{TLS_PORT}/small/{i}" for i in range(20_000)], 64),
        "100 ms": ([f"{base}/slow100?{i}" for i in range(2000)], 64),
        "5000 in flight": ([f"http://{h}:{HTTP_PORT}/slow1000" for h in hosts[:10_000]], 5000),
        "1 MB bodies": ([f"{base}/large/{i}" for i in range(500)], 16),
        "save 1 MB": ([f"{base}/large/{i}" for i in range(500)], 16),
        "hash 1 MB": ([f"{base}/large/{i}" for i in range(1000)], 16),
        "save 1 KB": ([f"{base}/kilobyte/{i}" for i in range(20_000)], 16),
    }


def serve(folder):
    (folder / "megabyte").write_bytes(random.randbytes(1 << 20))
    (folder / "kilobyte").write_bytes(random.randbytes(1 << 10))
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
         "-keyout", folder / "key", "-out", folder / "cert", "-days", "9", "-subj", "/CN=localhost"],
        check=True, stderr=subprocess.DEVNULL)
    conf = folder / "conf"
    conf.write_text(SERVER.format(dir=folder, http=HTTP_PORT, tls=TLS_PORT))
    server = subprocess.Popen(["nginx", "-p", "/usr/lib/nginx", "-c", conf], stderr=subprocess.DEVNULL)
    for _ in range(100):
        if server.poll() is not None:
            sys.exit("nginx did not start; is its echo module there?")
        try:
            socket.create_connection(("127.0.0.1", HTTP_PORT)).close()
            return server
        except ConnectionRefusedError:
            time.sleep(0.1)
    server.terminate()
    sys.exit("nginx does not listen after 10 seconds")


class Tools:
    """The command lines of tools that are there, for lists in a folder."""

    def __init__(self, folder, saved, wanted, curl, jdk):
        self.folder, self.saved, self.wanted, self.curl = folder, saved, wanted, curl
        self.jdk = self.compile(pathlib.Path(jdk)) if {"hello", "okhttp"} & set(wanted) else None

    def compile(self, jdk):
        """The JDK's java, with what it runs; None when there is no JDK."""
        if not (jdk / "bin/javac").exists():
            print(f"no JDK in {jdk}; hello and okhttp do not take part (--jdk, $JAVA_HOME)", file=sys.stderr)
            return None
        jars, sources = FETCH.parents[1] / "lib/*", PROJECT / "src/bench/java/fetch/bench"
        subprocess.run(
            [jdk / "bin/javac", "-nowarn", "-proc:none", "-cp", jars, "-d", self.folder / "classes",
             sources / "HelloWorld.java", sources / "OkHttpLoop.java"], check=True)
        return f"{jdk}/bin/java -XX:+UseSerialGC -cp {self.folder}/classes:{jars}"

    def write(self, urls, output):
        """Writes a list for all tools, and for curl where each body goes."""
        (self.folder / "list").write_text("".join(f"{u}\n" for u in urls))
        (self.folder / "list.curl").write_text(
            "".join(f'url = "{u}"\noutput = "{output(u)}"\n' for u in urls))

    def known(self, commands, options):
        """Those of the commands that are wanted and there, and fetch's with options."""
        known = {tool: f"{FETCH} {options} -s {tool} {self.folder}/list" for tool in STRATEGIES}
        known |= {"fetch": f"{FETCH} {options} {self.folder}/list"} | commands
        return {tool: known[tool] for tool in self.wanted
                if tool in known and shutil.which(known[tool].split()[0])}

    def commands(self, case):
        """Tool -> its command line for a case, whose list this writes."""
        ways = {"save": self.saving, "hash": self.hashing}
        return ways.get(case.split()[0], self.fetching)(*cases()[case])

    def saving(self, urls, workers):
        """For bodies that go into files."""
        self.write(urls, lambda u: f"{self.saved}/{u[7:]}")
        return self.known({
            "curl": f"{self.curl} -s -Z --create-dirs --parallel-max {workers} -K {self.folder}/list.curl"
                    " -w '%{http_code} %{url}\\n'",
            "wget2": f"wget2 -q -x -P {self.saved} --max-threads={workers} --stats-site=csv:/dev/stdout"
                     f" -i {self.folder}/list",
        }, f"--save {self.saved} -w {workers}")

    def hashing(self, urls, workers):
        """For bodies that are hashed; compare serial, pool and virtual."""
        self.write(urls, lambda u: "/dev/null")
        return self.known({}, f"--hash md5,sha1,sha256,sha512 -w {workers}")

    def fetching(self, urls, workers):
        """For bodies that are discarded; without tools that take minutes, or give up."""
        self.write(urls, lambda u: "/dev/null")
        (self.folder / "aio.py").write_text(AIOHTTP)
        plain, slow, secure = self.folder / "list", "slow" in urls[0], urls[0].startswith("https")
        tools = {}
        hosts = len({u.split("/")[2] for u in urls})
        if hosts <= 10_000:
            tools["curl"] = (f"{self.curl} -s -k -Z --parallel-max {workers} -K {self.folder}/list.curl"
                             " -w '%{http_code} %{url}\\n'")
            if workers < 1000:
                tools["wget2"] = (f"wget2 -q --no-check-certificate -O /dev/null --max-threads={workers}"
                                  f" --stats-site=csv:/dev/stdout -i {plain}")
        if len(urls) <= 2000:
            tools["aria2"] = (f"aria2c -q --check-certificate=false -j {workers} -x1 -d {self.saved}"
                              f" --allow-overwrite=true --auto-file-renaming=false -i {plain}")
        if len(urls) <= 100_000 and not (secure and hosts > 2000):
            tools["aiohttp"] = f"/usr/bin/python3 {self.folder}/aio.py {plain} {workers}"
        if self.jdk and len(urls) <= 100:
            tools["hello"] = f"{self.jdk} -XX:TieredStopAtLevel=1 fetch.bench.HelloWorld"
        if self.jdk and hosts <= 2000:  # its pool is one list: minutes
            compiler = 4 if plain.stat().st_size > LONG_LIST_BYTES else 1
            tools["okhttp"] = f"{self.jdk} -XX:TieredStopAtLevel={compiler} fetch.bench.OkHttpLoop {workers} {plain}"
        found = self.known(tools, f"-k -w {workers}")
        if slow:
            found.pop("serial", None)
        return found


@contextlib.contextmanager
def served(wanted, curl="curl", jdk=""):
    """The tools, while the server runs."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # stops the server, too
    files = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (files, files))  # for thousands of connections
    memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # saved bodies do not wait for a disk
    with tempfile.TemporaryDirectory() as name, tempfile.TemporaryDirectory(dir=memory) as saved:
        folder = pathlib.Path(name)
        folder.chmod(0o755)
        tools = Tools(folder, pathlib.Path(saved) / "saved", wanted, curl, jdk)
        server = serve(folder)
        try:
            yield tools
        finally:
            server.terminate()
            server.wait()


def put_aside(saved):
    """Empties what a run saved. Its inodes stay until the end: ext4 passes over those that were freed in
    the last minutes one by one, so that 20,000 files after 20,000 deleted ones took curl 4 s, not 1 s."""
    if not saved.exists():
        return
    for file in saved.rglob("*"):
        if file.is_file():
            os.truncate(file, 0)
    saved.rename(saved.with_name(f"saved-{time.time_ns()}"))


def run(folder, saved, command):
    """Wall seconds, processor seconds, peak MB and lines of output of one run."""
    report = folder / "time"
    put_aside(saved)
    timed = ["/usr/bin/time", "-q", "-f", "%U %S %M", "-o", report, *shlex.split(command)]
    start = time.perf_counter()
    with open(folder / "out", "wb") as out, open(folder / "err", "wb") as err:
        subprocess.run(timed, stdout=out, stderr=err, stdin=subprocess.DEVNULL)
    wall = time.perf_counter() - start
    user, system, peak = report.read_text().split()[-3:]
    with open(folder / "out", "rb") as out:
        answers = sum(1 for line in out if b"http" in line and b"200" in line)
    return wall, float(user) + float(system), int(peak) / 1024, answers


def measure(tools, case, times):
    """Tool -> the medians of its runs, of which there are fewer for long lists and slow tools."""
    urls, commands = cases()[case][0], tools.commands(case)
    runs = {tool: [] for tool in commands}
    for _ in range(times if len(urls) <= 100_000 else 1 + times // 3):
        for tool, command in commands.items():
            if not runs[tool] or runs[tool][-1][0] <= SLOW_SECONDS or tool == "fetch":
                runs[tool].append(run(tools.folder, tools.saved, command))
    return {tool: [statistics.median(column) for column in zip(*runs[tool])] for tool in commands}


def cell(tool, case, medians):
    wall, cpu, peak, answers = medians
    expected = 0 if tool in ("aria2", "hello") else len(cases()[case][0])
    lost = f" ({expected - answers:.0f} lost)" if answers < expected else ""
    return f"{wall:.2f} / {cpu:.2f} / {peak:.0f}{lost}"


def goals(measured):
    """The lines of the second table, for what was measured."""
    for case, figure, other, most in GOALS:
        medians = measured.get(case, {})
        if "fetch" not in medians or not (other in medians or other in (None, "ideal")):
            continue
        column = FIGURES.index(figure)
        value = medians["fetch"][column]
        if other is None:
            yield f"| {case} | {figure} | {value:.0f} |  |  | {most} | {'yes' if value <= most else 'no'} |"
            continue
        base = IDEAL[case] if other == "ideal" else medians[other][column]
        ratio = value / max(base, 0.001)
        yield (f"| {case} | {figure} | {value:.3f} | {other} {base:.3f} | {ratio:.2f} | {most} |"
               f" {'yes' if ratio <= most else 'no'} |")


def version(tool, command):
    """A tool and its version; nothing when it is not there."""
    if shutil.which(command) is None:
        return []
    said = subprocess.run([command, "--version"], capture_output=True, text=True, check=False).stdout
    return [f"{tool} {re.search(r'[0-9]+[.][-.0-9A-Za-z]+', said)[0]}"]


def parse():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--cases", help="names, separated by commas; 'all' has the long ones too")
    options.add_argument("--tools", default=TOOLS)
    options.add_argument("--runs", type=int, default=5)
    options.add_argument("--curl", default="curl", metavar="PATH")
    options.add_argument("--jdk", default=os.environ.get("JAVA_HOME", ""), metavar="DIR")
    given = options.parse_args()
    given.cases = {None: [c for c in cases() if c not in LONG_CASES], "all": list(cases())}.get(
        given.cases, (given.cases or "").split(","))
    unknown = set(given.cases) - set(cases())
    if unknown:
        options.error(f"no such case: {', '.join(sorted(unknown))}; cases are {', '.join(cases())}")
    return given


def main():
    given = parse()
    wanted = given.tools.split(",")
    if os.getloadavg()[0] > 0.5:
        print(f"the load is {os.getloadavg()[0]:.1f}: other processes disturb the figures", file=sys.stderr)
    programs = {"fetch": str(FETCH), "curl": given.curl, "wget2": "wget2", "aria2": "aria2c"}
    versions = [v for tool, program in programs.items() if tool in wanted for v in version(tool, program)]
    print(f"{', '.join(versions)}; {os.cpu_count()} cores; medians of {given.runs}\n")
    measured = {}
    with served(wanted, given.curl, given.jdk) as tools:
        print(f"| wall s / cpu s / MB | {' | '.join(wanted)} |\n|---|{'---:|' * len(wanted)}")
        for case in given.cases:
            measured[case] = measure(tools, case, given.runs)
            cells = [cell(tool, case, measured[case][tool]) if tool in measured[case] else ""
                     for tool in wanted]
            print(f"| {case} | {' | '.join(cells)} |", flush=True)
    print("\n| case | figure | fetch | beside | ratio | goal | reached |\n|---|---|---:|---:|---:|---:|---|")
    print("\n".join(goals(measured)))


if __name__ == "__main__":
    main()
