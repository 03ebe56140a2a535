"""The released program under a service manager, which this plays: sd_notify(3), sd_watchdog_enabled(3), sd_listen_fds(3), credentials; and
as the first process of a container."""

import ctypes
import http.client
import json
import os
import resource
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import unittest
from pathlib import Path

from program import BINARY


class Service:
    """A process as systemd starts one: it knows its own number, and descriptors stand from 3 on."""

    def __init__(self, arguments, environment, sockets=(), names=(), process_id=None, orphan=None, descriptors=None):
        self.output = tempfile.TemporaryFile()
        self.pid = os.fork()
        if self.pid == 0:
            try:
                os.setsid()
                os.dup2(self.output.fileno(), 1)
                os.dup2(self.output.fileno(), 2)
                variables = {**os.environ, "SWIFT_BACKTRACE": "enable=no", "DRAIN_GRACE": "0", **environment}
                if sockets:
                    # Away from the places that they take.
                    high = [os.dup2(each.fileno(), 100 + number, inheritable=False) for number, each in enumerate(sockets)]
                    for number, descriptor in enumerate(high):
                        os.dup2(descriptor, 3 + number, inheritable=True)
                    variables |= {"LISTEN_FDS": str(len(sockets)), "LISTEN_PID": str(process_id or os.getpid()), "LISTEN_FDNAMES": ":".join(names)}
                if descriptors:
                    resource.setrlimit(resource.RLIMIT_NOFILE, (descriptors, descriptors))
                if orphan:
                    # It inherits what its descendants leave behind, as process 1 does.
                    PR_SET_CHILD_SUBREAPER = 36
                    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
                    subprocess.run(["sh", "-c", f"{orphan} & echo $!"], check=True)
                os.execve(BINARY, [BINARY, *arguments], variables)
            finally:
                os._exit(127)

    def end(self):
        """After a test that failed half-way."""
        try:
            os.kill(self.pid, signal.SIGCONT)
            os.kill(self.pid, signal.SIGTERM)
            self.wait()
        except (ProcessLookupError, ChildProcessError):
            pass

    def signal(self, number):
        os.kill(self.pid, number)

    def wait(self, seconds=60):
        for _ in range(seconds * 50):
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                return os.waitstatus_to_exitcode(status)
            time.sleep(0.02)
        self.signal(signal.SIGKILL)
        raise AssertionError("The service does not end.\n" + self.text())

    def text(self):
        return os.pread(self.output.fileno(), 1 << 20, 0).decode(errors="replace")


class Manager:
    """What a service tells."""

    def __init__(self, address):
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.socket.bind(address)
        self.socket.settimeout(25)

    def message(self):
        return self.socket.recv(4096).decode().split("\n")

    def until(self, line):
        seen = []
        while True:
            seen.append(self.message())
            if line in seen[-1]:
                return seen


def listener():
    made = socket.socket()
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    made.bind(("127.0.0.1", 0))
    made.listen(128)
    return made


def get(port, path):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    finally:
        connection.close()


class ServiceTests(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = Path(tempfile.mkdtemp(prefix="customeros-service-"))
        os.chmod(cls.folder, 0o755)
        cls.addClassCleanup(shutil.rmtree, cls.folder, ignore_errors=True)
        cls.data = ["--data-dir", str(cls.folder / "data")]

    def manager(self, name):
        path = str(self.folder / name)
        manager = Manager(path)
        self.addCleanup(manager.socket.close)
        return manager, {"NOTIFY_SOCKET": path}

    def service(self, arguments, environment, **options):
        service = Service(["serve", *arguments], environment, **options)
        self.addCleanup(service.end)
        return service

    def test_tells_that_it_is_ready_alive_and_stopping(self):
        manager, environment = self.manager("alive")
        service = self.service(["--port", "0", *self.data], {**environment, "WATCHDOG_USEC": "900000"})
        ready = manager.until("READY=1")[-1]
        self.assertTrue(any(line.startswith("STATUS=Serving on http://127.0.0.1:") for line in ready), ready)
        start = time.monotonic()
        for _ in range(4):
            self.assertEqual(manager.message(), ["WATCHDOG=1"])
        self.assertGreater(time.monotonic() - start, 0.5)
        # The database's programs are no service of this manager.
        database = (self.folder / "data/postgres/postmaster.pid").read_text().split("\n")[0]
        self.assertNotIn(b"NOTIFY_SOCKET", Path(f"/proc/{database}/environ").read_bytes())
        # A process that does not run gives no sign of life.
        service.signal(signal.SIGSTOP)
        manager.socket.settimeout(1.5)
        with self.assertRaises(TimeoutError):
            for _ in range(10):
                manager.message()
        service.signal(signal.SIGCONT)
        manager.socket.settimeout(30)
        service.signal(signal.SIGTERM)
        self.assertIn("STATUS=Running requests may finish", manager.until("STOPPING=1")[-1])
        self.assertEqual(service.wait(), 0, service.text())

    def test_asks_for_time_while_it_migrates_and_tells_an_abstract_address(self):
        address = f"customeros-{os.getpid()}"
        manager = Manager("\0" + address)
        self.addCleanup(manager.socket.close)
        service = self.service(["--port", "0", "--data-dir", str(self.folder / "fresh")], {"NOTIFY_SOCKET": "@" + address})
        seen = manager.until("READY=1")
        self.assertTrue(any("EXTEND_TIMEOUT_USEC=600000000" in lines for lines in seen))
        self.assertTrue(any(line.startswith("STATUS=Migrating: 0001_shared, 1 of ") for lines in seen for line in lines))
        self.assertFalse(any("WATCHDOG=1" in lines for lines in seen))
        service.signal(signal.SIGTERM)
        self.assertEqual(service.wait(), 0)

    def test_listens_on_what_it_is_given_and_loses_no_client_when_it_starts_anew(self):
        main, metrics = listener(), listener()
        self.addCleanup(main.close)
        self.addCleanup(metrics.close)
        port = main.getsockname()[1]
        manager, environment = self.manager("activated")

        def start():
            return self.service(
                ["--port", "1", *self.data], environment, sockets=[metrics, main], names=["metrics", "http"])

        # The first client is there before the service.
        client = socket.create_connection(("127.0.0.1", port), timeout=25)
        self.addCleanup(client.close)
        client.sendall(b"GET /readiness HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n")
        service = start()
        self.assertIn(b"200 OK", client.recv(4096))
        ready = manager.until("READY=1")[-1]
        self.assertIn(f"STATUS=Serving on http://127.0.0.1:{port}", ready)
        self.assertEqual(get(metrics.getsockname()[1], "/metrics")[0], 200)
        # The database has none of the sockets: it would keep them beyond the service's end.
        database = (self.folder / "data/postgres/postmaster.pid").read_text().split("\n")[0]
        inode = f"socket:[{os.fstat(main.fileno()).st_ino}]"
        self.assertNotIn(inode, [os.readlink(entry) for entry in Path(f"/proc/{database}/fd").iterdir()])
        self.assertEqual(get(port, "/metrics")[0], 404)
        service.signal(signal.SIGTERM)
        self.assertEqual(service.wait(), 0, service.text())
        # Nobody serves; who comes now waits for the next one.
        waiting = socket.create_connection(("127.0.0.1", port), timeout=25)
        self.addCleanup(waiting.close)
        waiting.sendall(b"GET /health HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n")
        again = start()
        self.assertIn(b"200 OK", waiting.recv(4096))
        again.signal(signal.SIGTERM)
        self.assertEqual(again.wait(), 0)

    def test_leaves_no_zombies_of_what_it_inherits(self):
        manager, environment = self.manager("inherits")
        service = self.service(["--port", "0", *self.data], environment, orphan="sleep 1000")
        manager.until("READY=1")
        orphan = int(service.text().split("\n")[0])
        self.assertIn(f"\nPPid:\t{service.pid}\n", Path(f"/proc/{orphan}/status").read_text())
        os.kill(orphan, signal.SIGKILL)
        for _ in range(100):
            if not Path(f"/proc/{orphan}").exists():
                break
            time.sleep(0.02)
        self.assertFalse(Path(f"/proc/{orphan}").exists(), "It has become a zombie.")
        # Its own child, the database, still ends before it.
        database = int((self.folder / "data/postgres/postmaster.pid").read_text().split("\n")[0])
        service.signal(signal.SIGTERM)
        self.assertEqual(service.wait(), 0, service.text())
        self.assertFalse(Path(f"/proc/{database}").exists())

    def test_refuses_what_is_no_listening_socket_and_leaves_what_is_for_others(self):
        datagrams = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.addCleanup(datagrams.close)
        service = self.service(["--port", "0", *self.data], {}, sockets=[datagrams], names=["http"])
        self.assertEqual(service.wait(), 1)
        self.assertIn("is not a listening TCP socket: the unit needs ListenStream=PORT", service.text())
        manager, environment = self.manager("others")
        other = self.service(["--port", "0", *self.data], environment, sockets=[datagrams], names=["http"], process_id=1)
        manager.until("READY=1")
        other.signal(signal.SIGTERM)
        self.assertEqual(other.wait(), 0)

    def test_keeps_descriptors_for_the_database_when_clients_take_all_others(self):
        key = "descriptors-test-key-0123456789abcdef"
        manager, environment = self.manager("descriptors")
        arguments = ["--port", "0", "--loops", "2", "--pool-size", "8", *self.data]
        service = self.service(arguments, {**environment, "CUSTOMEROS_DEMO_API_KEY": key}, descriptors=160)
        ready = manager.until("READY=1")[-1]
        port = int(next(line for line in ready if line.startswith("STATUS=")).rsplit(":", 1)[1])
        headers = {"Content-Type": "application/json", "X-CUSTOMER-OS-API-KEY": key}
        kept = [http.client.HTTPConnection("127.0.0.1", port, timeout=30) for _ in range(8)]
        for connection in kept:
            self.addCleanup(connection.close)
            connection.request("GET", "/health")
            self.assertEqual(connection.getresponse().read(), b'{"status":"ok"}\n')
        # Each of a crowd is connected as far as the kernel is concerned; the server takes as many as it has room for.
        crowd = [socket.create_connection(("127.0.0.1", port), timeout=30) for _ in range(300)]
        try:
            for each in crowd:
                each.sendall(b"GET /health HTTP/1.1\r\nHost: here\r\n\r\n")
            crowd[0].recv(4096)
            time.sleep(0.5)
            # Eight changes at a time want eight sessions, which were not there.
            for number, connection in enumerate(kept):
                name = f"Crowded {number}"
                body = {"query": "mutation($name: String!) { organization_Save(input: { name: $name }) { name } }", "variables": {"name": name}}
                connection.request("POST", "/query", json.dumps(body), headers)
            for number, connection in enumerate(kept):
                self.assertEqual(json.load(connection.getresponse()), {"data": {"organization_Save": {"name": f"Crowded {number}"}}})
        finally:
            for each in crowd:
                each.close()
        self.assertEqual(get(port, "/readiness")[0], 200)
        self.assertNotIn("no connection accepted", service.text())
        service.signal(signal.SIGTERM)
        self.assertEqual(service.wait(), 0)

    def test_takes_secrets_from_credentials(self):
        credentials = self.folder / "credentials"
        credentials.mkdir()
        key = "key-of-a-credential-0123456789abcdef"
        (credentials / "demo-api-key").write_text(key + "\n")
        manager, environment = self.manager("credentials.socket")
        service = self.service(["--port", "0", *self.data], {**environment, "CREDENTIALS_DIRECTORY": str(credentials)})
        ready = manager.until("READY=1")[-1]
        port = int(next(line for line in ready if line.startswith("STATUS=")).rsplit(":", 1)[1])
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        self.addCleanup(connection.close)
        connection.request("POST", "/query", json.dumps({"query": "{ tenant }"}), {"Content-Type": "application/json", "X-CUSTOMER-OS-API-KEY": key})
        self.assertEqual(json.load(connection.getresponse()), {"data": {"tenant": "demo"}})
        service.signal(signal.SIGTERM)
        self.assertEqual(service.wait(), 0)


if __name__ == "__main__":
    unittest.main()
