#!/usr/bin/env python3
"""Times fetch beside curl, wget2 and aiohttp on the same lists, against one nginx on loopback.

    src/bench/peers.py [--cases NAME,...] [--tools NAME,...] [--runs N]

Prints a table in Markdown, a line for each case: wall seconds / processor seconds (user and system) /
peak megabytes of each tool, medians. The tools take turns, so that a slow minute of the machine strikes
them all alike; compare the ratios. A tool that lost URLs has their number in its cell. Tools are fetch,
curl, wget2 and aiohttp; and serial, pool, virtual and async, which are fetch's strategies.

Needs nginx with its echo module, openssl and GNU time; curl, wget2 and python3-aiohttp take part when
they are there. Debian: nginx-core libnginx-mod-http-echo openssl time curl wget2 python3-aiohttp.
"""

import argparse
import os
import pathlib
import random
import shlex
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

HTTP_PORT, TLS_PORT = 18090, 18453
STRATEGIES = ("serial", "pool", "virtual", "async")
PROJECT = pathlib.Path(__file__).resolve().parents[2]
FETCH = PROJECT / "target/fetch/bin/fetch"
os.environ.update(XDG_CONFIG_HOME=str(PROJECT / "target/no-config"), FETCH_OPTS="")  # ignore the user's settings

SERVER = """
load_module modules/ngx_http_echo_module.so;
worker_processes 1; daemon off; pid {dir}/pid; error_log {dir}/errors crit;
worker_rlimit_nofile 20000;
events {{ worker_connections 16000; multi_accept on; }}
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


def cases():
    """Name -> (URLs, workers)."""
    random.seed(11)
    base = f"http://127.0.0.1:{HTTP_PORT}"
    hosts = [f"127.{1 + i // 60000}.{i // 250 % 240}.{1 + i % 250}" for i in range(10_000)]
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
        "HTTP/2": ([f"https://127.0.0.1:{TLS_PORT}/small/{i}" for i in range(20_000)], 64),
        "100 ms": ([f"{base}/slow100?{i}" for i in range(2000)], 64),
        "5000 in flight": ([f"http://{h}:{HTTP_PORT}/slow1000" for h in hosts], 5000),
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
    time.sleep(1)
    if server.poll() is not None:
        sys.exit("nginx did not start; is its echo module there?")
    return server


def saving(folder, urls, workers, tools):
    """Tool -> command line, for bodies that go into files."""
    plain, curl, saved = folder / "list", folder / "list.curl", folder / "saved"
    plain.write_text("".join(f"{u}\n" for u in urls))
    curl.write_text("".join(f'url = "{u}"\noutput = "{saved}/{u[7:]}"\n' for u in urls))
    known = {
        "curl": f"curl -s -Z --create-dirs --parallel-max {workers} -K {curl} -w '%{{http_code}} %{{url}}\\n'",
        "wget2": f"wget2 -q -x -P {saved} --max-threads={workers} --stats-site=csv:/dev/stdout -i {plain}",
        "fetch": f"{FETCH} --save {saved} -w {workers} {plain}",
    }
    for strategy in STRATEGIES:
        known[strategy] = f"{FETCH} --save {saved} -s {strategy} -w {workers} {plain}"
    return {tool: known[tool] for tool in tools if tool in known and shutil.which(known[tool].split()[0])}


def hashing(folder, urls, workers, tools):
    """Tool -> command line, for bodies that are hashed; compare serial, pool and virtual."""
    plain, options = folder / "list", f"--hash md5,sha1,sha256,sha512 -w {workers}"
    plain.write_text("".join(f"{u}\n" for u in urls))
    known = {"fetch": f"{FETCH} {options} {plain}"}
    for strategy in STRATEGIES:
        known[strategy] = f"{FETCH} {options} -s {strategy} {plain}"
    return {tool: known[tool] for tool in tools if tool in known}


def commands(folder, urls, workers, tools):
    """Tool -> command line; none where a tool takes minutes, or gives up."""
    plain, curl, aiohttp = folder / "list", folder / "list.curl", folder / "aio.py"
    plain.write_text("".join(f"{u}\n" for u in urls))
    curl.write_text("".join(f'url = "{u}"\noutput = "/dev/null"\n' for u in urls))
    aiohttp.write_text(AIOHTTP)
    known = {
        "fetch": f"{FETCH} -k -w {workers} {plain}",
        "curl": f"curl -s -k -Z --parallel-max {workers} -K {curl} -w '%{{http_code}} %{{url}}\\n'",
    }
    if len(urls) <= 100_000:
        known["aiohttp"] = f"/usr/bin/python3 {aiohttp} {plain} {workers}"
    if len(urls) <= 100_000 and workers < 1000:
        known["wget2"] = (
            f"wget2 -q --no-check-certificate -O /dev/null --max-threads={workers}"
            f" --stats-site=csv:/dev/stdout -i {plain}")
    for strategy in STRATEGIES:
        if strategy != "serial" or "slow" not in urls[0]:
            known[strategy] = f"{FETCH} -k -s {strategy} -w {workers} {plain}"
    return {tool: known[tool] for tool in tools if tool in known and shutil.which(known[tool].split()[0])}


def put_aside(saved):
    """Empties what a run saved. Its inodes stay until the end: ext4 passes over those that were freed in
    the last minutes one by one, so that 20,000 files after 20,000 deleted ones took curl 4 s, not 1 s."""
    for file in saved.rglob("*"):
        if file.is_file():
            os.truncate(file, 0)
    saved.rename(saved.with_name(f"saved-{time.time_ns()}"))


def run(folder, command):
    """Wall seconds, processor seconds, peak MB and lines of output of one run."""
    report = folder / "time"
    if (folder / "saved").exists():
        put_aside(folder / "saved")
    timed = ["/usr/bin/time", "-q", "-f", "%U %S %M", "-o", report, *shlex.split(command)]
    start = time.perf_counter()
    with open(folder / "out", "wb") as out, open(folder / "err", "wb") as err:
        subprocess.run(timed, stdout=out, stderr=err, stdin=subprocess.DEVNULL)
    wall = time.perf_counter() - start
    user, system, peak = report.read_text().split()[-3:]
    with open(folder / "out", "rb") as out:
        answers = sum(1 for line in out if b"http" in line and b"200" in line)
    return wall, float(user) + float(system), int(peak) / 1024, answers


def cell(runs, expected):
    wall, cpu, peak, answers = (statistics.median(column) for column in zip(*runs))
    lost = f" ({expected - answers:.0f} lost)" if answers < expected else ""
    return f"{wall:.2f} / {cpu:.2f} / {peak:.0f}{lost}"


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--cases", help="names, separated by commas; all by default")
    options.add_argument("--tools", default="fetch,curl,wget2,aiohttp")
    options.add_argument("--runs", type=int, default=5)
    given = options.parse_args()
    tools = given.tools.split(",")
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        folder.chmod(0o755)
        server = serve(folder)
        try:
            print(f"| wall s / cpu s / MB | {' | '.join(tools)} |\n|---|{'---:|' * len(tools)}")
            for case in given.cases.split(",") if given.cases else cases():
                urls, workers = cases()[case]
                ways = {"save": saving, "hash": hashing}.get(case.split()[0], commands)
                found = ways(folder, urls, workers, tools)
                runs = {tool: [] for tool in found}
                for _ in range(given.runs if len(urls) <= 100_000 else 1 + given.runs // 3):
                    for tool, command in found.items():
                        runs[tool].append(run(folder, command))
                cells = [cell(runs[tool], len(urls)) if tool in found else "" for tool in tools]
                print(f"| {case} | {' | '.join(cells)} |", flush=True)
        finally:
            server.terminate()
            server.wait()


main()
