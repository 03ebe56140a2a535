"""The released program as these tools use it: its schema, its judge and its server."""

import http.client
import json
import os
import re
import shutil
import subprocess
import tempfile
import threading
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
BINARY = os.environ.get("CUSTOMEROS_BINARY") or str(ROOT / ".build/release/customeros-api")
KEY = "client-test-key-0123456789abcdef"


def schema_text():
    """What `schema print` writes."""
    return subprocess.run([BINARY, "schema", "print"], check=True, capture_output=True, text=True).stdout


class Judge:
    """`customeros-api validate`, kept running: JSON lines in, JSON lines out."""

    def __init__(self, schema):
        self._schema = json.dumps(schema)
        environment = {**os.environ, "SWIFT_BACKTRACE": "enable=no"}
        self._process = subprocess.Popen([BINARY, "validate"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._process.stdin.close()
        self._process.wait()

    def errors(self, requests):
        """The errors of each `(document, rules or None)`, as lists of `(message, ((line, column), …))`."""
        requests = list(requests)
        # Written by a thread: both pipes may fill up.
        writer = threading.Thread(target=self._write, args=(requests,))
        writer.start()
        answers = []
        for number, (document, _) in enumerate(requests):
            line = self._process.stdout.readline()
            if not line:
                raise RuntimeError(f"The judge ended at request {number}: {document!r}")
            answer = json.loads(line)
            if answer["id"] != number:
                raise RuntimeError(f"The judge answered {answer['id']} instead of {number}.")
            answers.append([_error(error) for error in answer["errors"]])
        writer.join()
        return answers

    def _write(self, requests):
        try:
            for number, (document, rules) in enumerate(requests):
                rest = f', "rules": {json.dumps(rules)}' if rules else ""
                line = f'{{"id": {number}, "schema": {self._schema}, "query": {json.dumps(document)}{rest}}}\n'
                self._process.stdin.write(line.encode())
            self._process.stdin.flush()
        except BrokenPipeError:
            pass  # The reader finds the end and says at which request.


def _error(error):
    return error["message"], tuple((place["line"], place["column"]) for place in error["locations"])


class Server:
    """`customeros-api serve` with its embedded database and the demo data, in a folder of its own."""

    def __init__(self, settings=None, database=None):
        """`settings` are variables of the environment; `database`, another server of this kind, gives its database to this one."""
        self._folder = tempfile.mkdtemp(prefix="customeros-clients-")
        os.chmod(self._folder, 0o755)
        self._log = Path(self._folder) / "output.log"
        environment = {**os.environ, "CUSTOMEROS_DEMO_API_KEY": KEY, "DRAIN_GRACE": "0"}
        environment.pop("DATABASE_URL", None)
        if database is not None:
            environment["DATABASE_URL"] = f"host='{database._folder}/data/postgres.socket' port=5432 user=customeros dbname=customeros"
        environment.update(settings or {})
        with self._log.open("wb") as output:
            self._process = subprocess.Popen(
                [BINARY, "serve", "--port", os.environ.get("CLIENTS_PORT", "0"), "--data-dir", self._folder + "/data"],
                stdout=output, stderr=output, env=environment)
        self.port = self._wait()
        self.url = f"http://127.0.0.1:{self.port}/query"
        self.headers = {"X-CUSTOMER-OS-API-KEY": KEY}
        self._connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)

    def _wait(self):
        for _ in range(1200):
            text = self._log.read_text(errors="replace")
            if "Stop with Ctrl+C." in text:
                return int(re.search(r"http://127\.0\.0\.1:(\d+)", text).group(1))
            if self._process.poll() is not None:
                break
            time.sleep(0.05)
        text = self._log.read_text(errors="replace")
        self.stop()
        raise RuntimeError(f"The server did not start:\n{text}")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()

    def stop(self):
        """Ends it as an operator does, and removes its data. Returns its status."""
        self._process.terminate()
        status = self._process.wait(timeout=60)
        shutil.rmtree(self._folder, ignore_errors=True)
        return status

    def post(self, query, variables=None, operation=None):
        """The status and the body's text of one request."""
        request = {"query": query}
        if variables is not None:
            request["variables"] = variables
        if operation is not None:
            request["operationName"] = operation
        headers = {**self.headers, "Content-Type": "application/json", "Accept": "application/json"}
        self._connection.request("POST", "/query", body=json.dumps(request), headers=headers)
        response = self._connection.getresponse()
        return response.status, response.read().decode()
