"""What the commands of a page find: a folder of its own, the released program, servers, and a PostgreSQL of one's own."""

import http.client
import os
import pwd
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path

KEY = "my-demo-key"


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


class World:
    """Ports that pages name are replaced by free ones, so pages run next to anything else that is running."""

    def __init__(self, binary, root):
        self.binary = Path(binary)
        self.root = root
        self.folder = Path(tempfile.mkdtemp(prefix="customeros-page-"))
        os.chmod(self.folder, 0o755)
        self.work = self.folder / "work"
        self.work.mkdir()
        os.chmod(self.work, 0o777)
        self.log = self.folder / "background.log"
        self._background = []
        self._database = None
        self._has_demo = False
        self._replacements = {f"127.0.0.1:{port}": f"127.0.0.1:{free_port()}" for port in (10000, 10001, 10002, 10443, 6432)}
        self._state = self.folder / "state.sh"
        self._state.write_text("")
        self.environment = {
            "PATH": f"{self.binary.parent}:{os.environ['PATH']}", "HOME": str(self.folder), "LANG": "C.UTF-8", "TERM": "dumb",
            "PROJECT": str(root), "SWIFT_BACKTRACE": "enable=no", "PORT": self._port(),
        }

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for process in reversed(self._background):
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGTERM)
        for process in self._background:
            try:
                process.wait(timeout=40)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
        if self._database:
            self._as_owner([str(self._programs() / "pg_ctl"), "-D", str(self.folder / "cluster"), "-m", "immediate", "stop"])
        shutil.rmtree(self.folder, ignore_errors=True)

    @property
    def has_servers(self):
        return bool(self._background)

    def has(self, variable):
        """Whether the page has exported a variable."""
        return re.search(rf"^declare -x {variable}=", self._state.read_text(), re.M) is not None

    def data_directory(self):
        """A folder with an embedded database that has all tables and no data."""
        place = self.folder / "scratch"
        if not place.exists():
            self.run(f"env -u DATABASE_URL customeros-api migrate --data-dir {place}")
        return place

    def adapt(self, text):
        """The text of a page with what holds here: ports, and the database of one's own once a page speaks of it."""
        if "db.internal" in text and self._database is None:
            self._database = self._start_database()
            self._replacements["db.internal port=5432"] = f"127.0.0.1 port={self._database}"
            self._replacements["db.internal"] = f"127.0.0.1:{self._database}"
        for name, value in self._replacements.items():
            text = text.replace(name, value)
            if ":" in name:
                for form in ("--port {}", "PORT={}", "port = {}"):
                    text = text.replace(form.format(name.split(":")[-1]), form.format(value.split(":")[-1]))
        return text

    def _port(self, name="127.0.0.1:10000"):
        """The free port that stands for one that pages name."""
        return self._replacements[name].split(":")[-1]

    def restore(self, text):
        """What a command wrote, in the words of the page."""
        for name, value in self._replacements.items():
            text = text.replace(value, name)
        return text

    def run(self, text, timeout=600):
        """Runs commands in bash; variables and the folder last until the next. Returns status, standard output and error."""
        script = (
            f"set -aeuo pipefail\nsource {self._state}\n"
            f"trap 'status=$?; {{ export -p; printf \"cd %q\\n\" \"$PWD\"; }} >{self._state}; exit $status' EXIT\n{text}\n")
        done = subprocess.run(
            ["bash", "-c", script], cwd=self.work, env=self.environment, capture_output=True, text=True, timeout=timeout, stdin=subprocess.DEVNULL)
        return done.returncode, done.stdout, done.stderr

    def start(self, text):
        """Runs a command that goes on, and waits until the address that it serves answers."""
        with self.log.open("ab") as output:
            process = subprocess.Popen(
                ["bash", "-c", f"source {self._state}\n{text}"], cwd=self.work, env={**self.environment, "DRAIN_GRACE": "0"},
                stdout=output, stderr=output, stdin=subprocess.DEVNULL, start_new_session=True)
        self._background.append(process)
        named = re.search(r"(?:--port |PORT=)(\d+)", text)
        self._wait(int(named[1] if named else self._port()), process)

    def demo(self):
        """The port of a server with the demo data, started when a page first asks something."""
        if not self._has_demo:
            self._has_demo = True
            self.start(f"CUSTOMEROS_DEMO_API_KEY={KEY} exec customeros-api serve --port {self._port()} --data-dir {self.folder}/demo")
        return int(self._port())

    def _wait(self, port, process):
        for _ in range(1200):
            try:
                connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
                connection.request("GET", "/readiness")
                if connection.getresponse().status == 200:
                    return
            except OSError:
                pass
            if process.poll() is not None:
                break
            time.sleep(0.1)
        raise RuntimeError("The server did not start:\n" + self.log.read_text(errors="replace"))

    def _programs(self):
        return Path(subprocess.run(["pg_config", "--bindir"], check=True, capture_output=True, text=True).stdout.strip())

    def _as_owner(self, command):
        """PostgreSQL refuses to run as root."""
        user = pwd.getpwnam("postgres") if os.getuid() == 0 else None
        environment = {**os.environ, "LC_ALL": "C.UTF-8"}
        subprocess.run(
            command, check=True, capture_output=True, env=environment, cwd="/", user=user.pw_uid if user else None, group=user.pw_gid if user else None)

    def _start_database(self):
        """A cluster with an empty database `customeros` of the role `customeros`; trusts all local connections."""
        cluster, port = self.folder / "cluster", free_port()
        cluster.mkdir()
        if os.getuid() == 0:
            owner = pwd.getpwnam("postgres")
            os.chown(cluster, owner.pw_uid, owner.pw_gid)
        programs = self._programs()
        self._as_owner([str(programs / "initdb"), "-D", str(cluster), "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync"])
        options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={cluster} -c fsync=off"
        self._as_owner([str(programs / "pg_ctl"), "-D", str(cluster), "-o", options, "-l", str(cluster / "log"), "-w", "start"])
        for statement in ("CREATE ROLE customeros LOGIN", "CREATE DATABASE customeros OWNER customeros"):
            self._as_owner([str(programs / "psql"), "-h", "127.0.0.1", "-p", str(port), "-U", "postgres", "-c", statement])
        return port
