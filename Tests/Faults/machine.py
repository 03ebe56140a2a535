"""What the campaign runs: a PostgreSQL of its own, the released program on it, a proxy between the two, and what they take."""

import http.client
import json
import os
import pwd
import re
import resource
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PROGRAM = os.environ.get("CUSTOMEROS_BINARY") or str(ROOT / ".build/release/customeros-api")
GENERATOR = os.environ.get("LOAD_GENERATOR") or str(ROOT / ".build/release/LoadGenerator")
PROGRAMS = Path(subprocess.run(["pg_config", "--bindir"], check=True, capture_output=True, text=True).stdout.strip())
# PostgreSQL refuses to run as root.
OWNER = pwd.getpwnam("postgres") if os.getuid() == 0 else None


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(condition, seconds=30, step=0.05):
    """Whether the condition has come true in time."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(step)
    return False


def alone():
    """Runs this program again in a network and with mounts of its own, where addresses and file systems can be made; root is needed."""
    if os.getuid() != 0 or os.environ.get("FAULTS_ALONE"):
        return
    if subprocess.run(["unshare", "--net", "--mount", "true"], capture_output=True).returncode != 0:
        return
    script = "ip link set lo up; for host in 1 2 3; do ip address add 10.99.0.$host/32 dev lo; done; exec \"$@\""
    os.execvpe("unshare", ["unshare", "--net", "--mount", "bash", "-c", script, "_", sys.executable, *sys.argv], {**os.environ, "FAULTS_ALONE": "1"})


HAS_ADDRESSES = bool(os.environ.get("FAULTS_ALONE"))


def as_owner(command, **options):
    return subprocess.run(
        [str(each) for each in command], check=True, capture_output=True, text=True, cwd="/", env={**os.environ, "LC_ALL": "C.UTF-8"},
        user=OWNER.pw_uid if OWNER else None, group=OWNER.pw_gid if OWNER else None, **options)


class Cluster:
    """A PostgreSQL that trusts every local account, with the role `customeros`."""

    def __init__(self, folder, options=()):
        self.folder, self.port, self.options = Path(folder), free_port(), list(options)
        self.folder.mkdir(parents=True)
        if OWNER:
            os.chown(self.folder, OWNER.pw_uid, OWNER.pw_gid)
        as_owner([PROGRAMS / "initdb", "-D", self.folder / "data", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync"])
        self.start()
        self.sql("CREATE ROLE customeros LOGIN")

    def start(self, options=()):
        given = ["max_connections=200", "fsync=off", "shared_buffers=256MB", *self.options, *options]
        text = " ".join(f"-c {each}" for each in given)
        text += f" -p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={self.folder}"
        as_owner([PROGRAMS / "pg_ctl", "-D", self.folder / "data", "-o", text, "-l", self.folder / "log", "-w", "start"])

    def stop(self, mode="immediate"):
        as_owner([PROGRAMS / "pg_ctl", "-D", self.folder / "data", "-m", mode, "-w", "stop"])

    @property
    def postmaster(self):
        return int((self.folder / "data/postmaster.pid").read_text().split("\n")[0])

    def url(self, database="customeros", port=None):
        return f"postgresql://customeros@127.0.0.1:{port or self.port}/{database}"

    def sql(self, text, database="postgres", user="postgres"):
        command = [PROGRAMS / "psql", "-h", "127.0.0.1", "-p", str(self.port), "-U", user, "-d", database, "-qAtX", "-v", "ON_ERROR_STOP=1"]
        return subprocess.run([str(each) for each in command], input=text, check=True, capture_output=True, text=True).stdout.strip()

    def session(self, text, database, user="postgres"):
        """A session that runs in parallel."""
        command = [PROGRAMS / "psql", "-h", "127.0.0.1", "-p", str(self.port), "-U", user, "-d", database, "-qAtX", "-c", text]
        return subprocess.Popen([str(each) for each in command], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def copy(self, template, name):
        self.sql(f"DROP DATABASE IF EXISTS {name} WITH (FORCE);\nCREATE DATABASE {name} TEMPLATE {template} OWNER customeros STRATEGY file_copy;")
        return name

    def sessions(self, database):
        """The processes of the server's sessions."""
        text = self.sql(f"SELECT pid FROM pg_stat_activity WHERE datname = '{database}' AND usename = 'customeros'")
        return [int(line) for line in text.split()]


def budget():
    """The megabytes that callers can take by default, as the program says; without such a setting, what they should not exceed."""
    text = subprocess.run([PROGRAM, "config", "reference"], capture_output=True, text=True).stdout
    found = re.search(r"^\| `--memory-budget [^|]*\|[^|]*\| *(\d+)", text, re.M)
    return int(found[1]) / (1 << 20) if found else 160


def memory(process, name="VmRSS"):
    """Megabytes of a process, by the name that /proc gives them."""
    try:
        found = re.search(rf"^{name}:\s+(\d+) kB", Path(f"/proc/{process}/status").read_text(), re.M)
    except OSError:
        return 0.0
    return int(found[1]) / 1024 if found else 0.0


def cpu(process):
    """CPU seconds."""
    fields = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


class Peak:
    """The most megabytes that a process takes while this runs."""

    def __init__(self, process):
        self.process, self.first, self.most = process, memory(process), 0.0
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def _watch(self):
        while not self._ended.is_set():
            self.most = max(self.most, memory(self.process))
            self._ended.wait(0.1)

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._ended.set()
        self._thread.join()
        self.most = max(self.most, memory(self.process))

    @property
    def growth(self):
        return self.most - self.first


class Server:
    """`customeros-api serve` on an existing database."""

    def __init__(self, folder, url, settings=None, program=PROGRAM, descriptors=None, data_limit=None, log=None, preload=None, arguments=(),
                 start_limit=60):
        self.folder = Path(tempfile.mkdtemp(prefix="server-", dir=folder))
        os.chmod(self.folder, 0o755)
        self.log = Path(log) if log else self.folder / "log"
        environment = {
            **os.environ, "SWIFT_BACKTRACE": "enable=no", "DRAIN_GRACE": "0", "LOG_REQUESTS": "none", "DATABASE_URL": url, **(settings or {})}
        if preload:
            environment["LD_PRELOAD"] = preload

        def limit():
            if descriptors:
                resource.setrlimit(resource.RLIMIT_NOFILE, (descriptors, descriptors))
            if data_limit:
                resource.setrlimit(resource.RLIMIT_DATA, (data_limit, data_limit))

        self.port = free_port()
        begun = time.monotonic()
        with open(self.log, "ab") as output:
            self.process = subprocess.Popen(
                [program, "serve", "--port", str(self.port), *arguments], env=environment, stdout=subprocess.DEVNULL, stderr=output,
                stdin=subprocess.DEVNULL, preexec_fn=limit)
        self.pid = self.process.pid
        if not wait_for(lambda: self.is_ready() or self.process.poll() is not None, start_limit, 0.02) or self.process.poll() is not None:
            text = self.text()
            self.kill()
            raise RuntimeError(f"The server did not start:\n{text}")
        self.start_time = time.monotonic() - begun
        (self.folder / "port").write_text(str(self.port))

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            os.kill(self.pid, signal.SIGCONT)
            self.process.terminate()
            try:
                self.process.wait(40)
            except subprocess.TimeoutExpired:
                self.kill()

    @property
    def port_file(self):
        return str(self.folder / "port")

    def text(self):
        return self.log.read_text(errors="replace") if self.log.is_file() else ""

    def kill(self):
        self.process.kill()
        self.process.wait()

    @property
    def is_alive(self):
        return self.process.poll() is None

    def get(self, path, address="127.0.0.1", timeout=30, source=None):
        """Status, body and seconds."""
        begun = time.monotonic()
        connection = http.client.HTTPConnection(address, self.port, timeout=timeout, source_address=(source, 0) if source else None)
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            return answer.status, answer.read().decode(), time.monotonic() - begun
        finally:
            connection.close()

    def is_ready(self):
        try:
            return self.get("/readiness", timeout=5)[0] == 200
        except OSError:
            return False

    def post(self, key, query, variables=None, timeout=120, connection=None):
        """Status, the body as JSON, and seconds."""
        begun = time.monotonic()
        own = connection or http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        try:
            own.request("POST", "/query", json.dumps({"query": query, "variables": variables or {}}), headers(key))
            answer = own.getresponse()
            text = answer.read()
        finally:
            if connection is None:
                own.close()
        return answer.status, json.loads(text), time.monotonic() - begun

    def metrics(self):
        """Values by name with labels."""
        values = {}
        for line in self.get("/metrics")[1].splitlines():
            if line and not line.startswith("#"):
                name, _, value = line.rpartition(" ")
                values[name] = float(value)
        return values

    @property
    def descriptors(self):
        return len(os.listdir(f"/proc/{self.pid}/fd"))


def headers(key):
    return {"Content-Type": "application/json", "X-CUSTOMER-OS-API-KEY": key}


def code(body):
    """The code of the first error, or what takes its place."""
    errors = body.get("errors")
    return errors[0].get("extensions", {}).get("code", "?") if errors else "data"


class Proxy:
    """Passes connections on to PostgreSQL, until it swallows, resets or refuses them."""

    def __init__(self, port):
        self.target, self.port, self.mode = port, free_port(), "pass"
        self._pairs, self._ended = {}, False
        self._listener = socket.create_server(("127.0.0.1", self.port), backlog=128)
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def _run(self):
        while not self._ended:
            ready, _, _ = select.select([self._listener, *self._pairs], [], [], 0.05)
            for each in ready:
                if each is self._listener:
                    self._accept()
                else:
                    self._pass(each)

    def _accept(self):
        client, _ = self._listener.accept()
        if self.mode == "black hole":
            # Taken by the kernel, and never answered.
            self._pairs[client] = client
            return
        server = socket.create_connection(("127.0.0.1", self.target))
        self._pairs[client], self._pairs[server] = server, client

    def _pass(self, each):
        if self.mode == "black hole":
            time.sleep(0.02)
            return
        try:
            data = each.recv(65536)
            if data:
                return self._pairs[each].sendall(data)
        except (OSError, KeyError):
            pass
        self._close(each)

    def _close(self, each):
        other = self._pairs.pop(each, None)
        self._pairs.pop(other, None)
        for end in (each, other):
            if end:
                end.close()

    def reset(self):
        """Ends every connection by RST."""
        for each in list(self._pairs):
            try:
                each.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\0\0\0\0\0\0\0")
            except OSError:
                pass
            self._close(each)

    def close(self):
        self._ended = True
        self._thread.join()
        self.reset()
        self._listener.close()


class Machine:
    """Seeded databases, and the keys of two tenants: a hostile one and a calm one."""

    def __init__(self, size="medium", program=PROGRAM):
        self.folder = Path(tempfile.mkdtemp(prefix="customeros-faults-"))
        os.chmod(self.folder, 0o755)
        self.cluster = Cluster(self.folder / "postgres")
        self.program = program
        self.cluster.sql("CREATE DATABASE seeded OWNER customeros")
        url = self.cluster.url("seeded")
        self.command(url, "migrate")
        self.command(url, "seed", "--size", size, "--tenant", "busy")
        self.command(url, "seed", "--size", "small", "--tenant", "calm")
        self.busy, self.calm = self.key(url, "busy"), self.key(url, "calm")
        self.calm_ids = self.ids("seeded", "calm", 50)
        self.busy_ids = self.ids("seeded", "busy", 50)
        self.cluster.sql("VACUUM ANALYZE", "seeded")

    def command(self, url, *arguments, program=None):
        done = subprocess.run(
            [program or self.program, *arguments], env={**os.environ, "DATABASE_URL": url}, capture_output=True, text=True)
        if done.returncode != 0:
            raise RuntimeError(f"{arguments}: {done.stderr}")
        return done.stdout

    def key(self, url, tenant):
        return self.command(url, "key", "create", "--tenant", tenant, "--roles", "USER,ADMIN").split("\n")[0]

    def ids(self, database, tenant, count):
        text = self.cluster.sql(
            f"SELECT o.id FROM organization o JOIN tenant t ON t.id = o.tenant_id WHERE t.name = '{tenant}' ORDER BY o.id LIMIT {count}", database)
        return text.split()

    def database(self, name):
        return self.cluster.copy("seeded", name)

    def server(self, database, **options):
        proxy = options.pop("proxy", None)
        return Server(self.folder, self.cluster.url(database, proxy.port if proxy else None), **options)

    def quiet(self, server, database):
        """Kills a server, and removes what it left in the database."""
        server.kill()
        self.cluster.sql(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{database}'")

    def close(self):
        try:
            self.cluster.stop()
        finally:
            shutil.rmtree(self.folder, ignore_errors=True)
