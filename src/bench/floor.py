#!/usr/bin/env python3
"""Shows where fetch's processor time goes, beside curl's whole time, on the lists of peers.py.

    src/bench/floor.py [--cases NAME,...] [--curl PATH]

Prints a table in Markdown, a line for each case: processor seconds of curl, of fetch, and of fetch by the
code that ran. The last column is what would remain if fetch's own code took no time. From one run each, with
Linux's perf and 1,000 samples a second; the map of compiled code makes the run a little longer.

    kernel       system calls, most of them on sockets and files
    TLS          BoringSSL
    JVM          loading of classes, garbage collection, locks, waits of virtual threads
    interpreter  Java code, of whatever library, that is not compiled yet
    compiler     C1 or C2
    JDK, OkHttp, fetch   compiled code; OkHttp with Okio and Kotlin's library, fetch with all other libraries

Needs what peers.py needs, and perf. Debian: linux-perf.
"""

import argparse
import collections
import os
import pathlib
import re
import resource
import shlex
import shutil
import subprocess
import tempfile

import peers

CASES = ("one", "hundred", "10k", "100k", "2000 hosts", "10k TLS", "HTTP/2", "100 ms", "5000 in flight",
         "1 MB bodies", "save 1 KB")
COLUMNS = ("kernel", "TLS", "JVM", "interpreter", "compiler", "JDK", "OkHttp", "fetch")
RATE = 1000  # samples a second
SAMPLE = re.compile(r"\s*(.+?)\s+[0-9a-f]{6,}\s+(.*)\s+\((.*)\)\s*$")
METHOD = re.compile(r"(?:^|\s)((?:[\w$]+\.)+)[\w$<>-]+\(")


def place(thread, symbol, binary):
    """The column of a sample."""
    if "Compiler" in thread:
        return "compiler"
    if "kernel" in binary or binary.startswith("["):
        return "kernel"
    if "netty_tcnative" in binary:
        return "TLS"
    if ".map" not in binary:
        return "JVM"
    if symbol.startswith(("Interpreter", "[unknown]")):
        return "interpreter"
    method = METHOD.search(symbol)
    if not method:
        return "JVM"  # its stubs
    package = method[1].split(".")[0]
    return {"java": "JDK", "jdk": "JDK", "sun": "JDK", "javax": "JDK",
            "okhttp3": "OkHttp", "okio": "OkHttp", "kotlin": "OkHttp"}.get(package, "fetch")


def profile(folder, saved, command):
    """Column -> processor seconds of one run."""
    if saved.exists():
        peers.put_aside(saved)
    options = "-XX:+UnlockDiagnosticVMOptions -XX:+DumpPerfMapAtExit -Dfetch.exit=orderly"
    data = folder / "perf.data"
    subprocess.run(
        ["perf", "record", "-q", "-e", "cpu-clock", "-F", str(RATE), "-o", data, "--", *shlex.split(command)],
        env=os.environ | {"FETCH_JAVA_OPTS": options}, check=False, stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    seconds = collections.Counter()
    script = subprocess.run(["perf", "script", "-i", data, "-F", "comm,ip,sym,dso"],
                            capture_output=True, text=True, check=True).stdout
    for line in script.splitlines():
        if sample := SAMPLE.match(line):
            seconds[place(*sample.groups())] += 1 / RATE
    for map_file in pathlib.Path("/tmp").glob("perf-*.map"):
        map_file.unlink(missing_ok=True)
    return seconds


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--cases", default=",".join(CASES), help="names, separated by commas")
    options.add_argument("--curl", default="curl", metavar="PATH")
    given = options.parse_args()
    files = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (files, files))
    print(f"| case | curl | fetch | {' | '.join(COLUMNS)} | without fetch's |\n|---|{'---:|' * (len(COLUMNS) + 3)}")
    memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
    with tempfile.TemporaryDirectory() as name, tempfile.TemporaryDirectory(dir=memory) as saved:
        folder = pathlib.Path(name)
        folder.chmod(0o755)
        tools = peers.Tools(folder, pathlib.Path(saved) / "saved", ["fetch", "curl"], given.curl, "")
        server = peers.serve(folder)
        try:
            for case in given.cases.split(","):
                urls, workers = peers.cases()[case]
                commands = (tools.saving if case.startswith("save") else tools.fetching)(urls, workers)
                curl = peers.run(folder, tools.saved, commands["curl"])[1] if shutil.which(given.curl) else 0
                seconds = profile(folder, tools.saved, commands["fetch"])
                total = sum(seconds.values())
                cells = [curl, total, *(seconds[c] for c in COLUMNS), total - seconds["fetch"]]
                print(f"| {case} | {' | '.join(f'{x:.2f}' for x in cells)} |", flush=True)
        finally:
            server.terminate()
            server.wait()


if __name__ == "__main__":
    main()
