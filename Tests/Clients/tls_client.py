"""Python's ssl and the tools of OpenSSL against a server of ours. Usage: tls_client.py SCENARIO PORT CERTIFICATE.

The server answers "METHOD PATH LENGTH\\n"; /big answers with ten million bytes. Ends with 0 when all is as it must be.
"""

import hashlib
import os
import random
import socket
import ssl
import subprocess
import sys
import threading
import time

PORT = int(sys.argv[2])
CERTIFICATE = sys.argv[3]


def context(version=None, protocols=None):
    made = ssl.create_default_context(cafile=CERTIFICATE)
    if version is not None:
        made.minimum_version = version
        made.maximum_version = version
    if version is not None and version < ssl.TLSVersion.TLSv1_2:
        made.set_ciphers("ALL:@SECLEVEL=0")
    if protocols:
        made.set_alpn_protocols(protocols)
    return made


def plain():
    made = socket.create_connection(("127.0.0.1", PORT), timeout=20)
    made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return made


def connect(made=None, session=None):
    return (made or context()).wrap_socket(
        plain(), server_hostname="localhost", session=session, suppress_ragged_eofs=False)


def request(path="/", method="GET", body=b"", more=""):
    return f"{method} {path} HTTP/1.1\r\nHost: localhost\r\n{more}Content-Length: {len(body)}\r\n\r\n".encode() + body


class Reader:
    def __init__(self, connection):
        self.connection = connection
        self.rest = b""

    def response(self, pause=0.0):
        while b"\r\n\r\n" not in self.rest:
            self.fill(pause)
        head, self.rest = self.rest.split(b"\r\n\r\n", 1)
        length = next(int(line.split(b":")[1]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:"))
        while len(self.rest) < length:
            self.fill(pause)
        body, self.rest = self.rest[:length], self.rest[length:]
        return int(head.split()[1]), body

    def fill(self, pause):
        more = self.connection.recv(65536)
        assert more, "the connection ended"
        self.rest += more
        if pause:
            time.sleep(pause)


def alive():
    connection = connect()
    connection.sendall(request("/alive"))
    assert Reader(connection).response() == (200, b"GET /alive 0\n")
    connection.close()


def versions():
    for version, good in [(ssl.TLSVersion.TLSv1, False), (ssl.TLSVersion.TLSv1_1, False), (ssl.TLSVersion.TLSv1_2, True),
                          (ssl.TLSVersion.TLSv1_3, True)]:
        try:
            connection = connect(context(version))
            assert good, version
            connection.sendall(request())
            assert Reader(connection).response()[0] == 200
        except (ssl.SSLError, ConnectionError):
            assert not good, version


def application_protocols():
    for offered, chosen in [(["h2", "http/1.1"], "http/1.1"), (["http/1.1"], "http/1.1"), (None, None)]:
        connection = connect(context(protocols=offered))
        assert connection.selected_alpn_protocol() == chosen
        connection.sendall(request())
        assert Reader(connection).response()[0] == 200
    try:
        connect(context(protocols=["h2", "http/1.0"]))
        raise AssertionError("accepted")
    except ssl.SSLError as error:
        assert "no application protocol" in str(error), error


def many_on_one():
    connection = connect()
    reader = Reader(connection)
    for number in range(50):
        connection.sendall(request(f"/{number}", "POST", b"x" * number))
        assert reader.response() == (200, f"POST /{number} {number}\n".encode())
    connection.sendall(b"".join(request(f"/{number}", "POST", b"y" * 3000) for number in range(200)))
    for number in range(200):
        assert reader.response() == (200, f"POST /{number} 3000\n".encode())
    for byte in request("/slowly", "POST", b"abc"):
        connection.send(bytes([byte]))
    assert reader.response() == (200, b"POST /slowly 3\n")


def large_body():
    for size in [16383, 16384, 16385, 2 * 1024 * 1024]:
        connection = connect()
        connection.sendall(request("/body", "POST", os.urandom(size)))
        assert Reader(connection).response() == (200, f"POST /body {size}\n".encode())
    connection = connect()
    connection.sendall(b"POST /c HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n")
    for _ in range(100):
        connection.sendall(b"4e20\r\n" + b"z" * 20000 + b"\r\n")
    connection.sendall(b"0\r\n\r\n")
    assert Reader(connection).response() == (200, b"POST /c 2000000\n")
    connection = connect()
    connection.sendall(request("/body", "POST", b"")[:-2].replace(b"Content-Length: 0", b"Content-Length: 2097153") + b"\r\n")
    assert Reader(connection).response()[0] == 413


def large_response():
    expected = hashlib.sha256(b"0123456789" * 1_000_000).hexdigest()
    for pause in [0, 0.002]:
        connection = connect()
        connection.sendall(request("/big") + request("/after"))
        reader = Reader(connection)
        status, body = reader.response(pause)
        assert status == 200 and hashlib.sha256(body).hexdigest() == expected
        assert reader.response() == (200, b"GET /after 0\n")


def concurrent():
    failures = []

    def client(number):
        try:
            connection = connect()
            reader = Reader(connection)
            for turn in range(20):
                body = os.urandom(random.randrange(40_000))
                path = f"/{number}/{turn}"
                connection.sendall(request(path, "POST", body))
                assert reader.response() == (200, f"POST {path} {len(body)}\n".encode())
        except BaseException as error:
            failures.append(repr(error))

    threads = [threading.Thread(target=client, args=(number,)) for number in range(64)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures, failures[:3]


def resumption():
    for version in [ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3]:
        made = context(version)
        first = connect(made)
        first.sendall(request())
        Reader(first).response()
        assert not first.session_reused
        second = connect(made, session=first.session)
        second.sendall(request())
        assert Reader(second).response()[0] == 200
        assert second.session_reused, version


def last_word():
    for more in ["Connection: close\r\n", ""]:
        connection = connect()
        connection.sendall(request(more=more))
        assert Reader(connection).response()[0] == 200
        # The second connection is closed by the server's limit for idle ones. Without close_notify this raises SSLEOFError.
        assert connection.recv(1) == b""
    connection = connect()
    connection.sendall(request())
    assert Reader(connection).response()[0] == 200
    connection.unwrap()


def plain_request():
    for text in [request(), request("/x", "POST", b"{}"), b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", b"G"]:
        connection = plain()
        connection.sendall(text)
        answer = b""
        while more := connection.recv(65536):
            answer += more
        assert answer.startswith(b"HTTP/1.1 400 Bad Request\r\n"), answer
        assert b"this port speaks HTTPS" in answer and b"Connection: close" in answer
    alive()


def garbage():
    source = random.Random(7)
    for size in [1, 5, 100, 5000]:
        for first in [0, 0x16, 0x17, 0x80, 0xFF, 0x61]:
            connection = plain()
            try:
                connection.sendall(bytes([first]) + source.randbytes(size - 1))
                connection.shutdown(socket.SHUT_WR)
                while connection.recv(65536):
                    pass
            except OSError as error:
                assert not isinstance(error, TimeoutError), (size, first)
    alive()


def hello():
    incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
    client = context().wrap_bio(incoming, outgoing, server_hostname="localhost")
    try:
        client.do_handshake()
    except ssl.SSLWantReadError:
        pass
    return outgoing.read()


def slow_handshake():
    """The server gives half a second."""
    text = hello()
    for pieces in [[], [text[:3]], [text[:100]], [bytes([byte]) for byte in text[:40]], [text]]:
        connection = plain()
        start = time.monotonic()
        try:
            for piece in pieces:
                connection.send(piece)
                time.sleep(0.05)
            while connection.recv(65536):
                pass
        except ConnectionError:
            pass
        assert time.monotonic() - start < 4, "not closed"
    alive()


class Driven:
    """TLS whose records this program sees before they are sent."""

    def __init__(self):
        self.socket = plain()
        self.incoming, self.outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
        self.tls = context().wrap_bio(self.incoming, self.outgoing, server_hostname="localhost")
        while True:
            try:
                self.tls.do_handshake()
                break
            except ssl.SSLWantReadError:
                self.socket.sendall(self.outgoing.read())
                self.incoming.write(self.socket.recv(65536))
        self.socket.sendall(self.outgoing.read())

    def records(self, text):
        self.tls.write(text)
        return self.outgoing.read()


def truncated_records():
    for count in [1, 4, 5, 30, 60]:
        driven = Driven()
        driven.socket.sendall(driven.records(request("/cut"))[:count])
        driven.socket.close()
    # Not cut, but without a last word: the request was whole and the server may have done it; it must live on.
    driven = Driven()
    driven.socket.sendall(driven.records(request("/slow")))
    driven.socket.close()
    # The first half of a record now, the second later.
    driven = Driven()
    record = driven.records(request("/halves"))
    driven.socket.sendall(record[:20])
    time.sleep(0.1)
    driven.socket.sendall(record[20:])
    answer = b""
    while b"GET /halves 0\n" not in answer:
        driven.incoming.write(driven.socket.recv(65536))
        try:
            answer += driven.tls.read(65536)
        except ssl.SSLWantReadError:
            pass
    alive()


def changed_records():
    driven = Driven()
    record = bytearray(driven.records(request("/changed")))
    record[-1] ^= 1
    driven.socket.sendall(record)
    try:
        while more := driven.socket.recv(65536):
            driven.incoming.write(more)
        driven.tls.read(100)
        raise AssertionError("accepted")
    except ssl.SSLError as error:
        assert "bad record mac" in str(error).lower(), error
    alive()


def renegotiation():
    result = subprocess.run(
        ["openssl", "s_client", "-connect", f"127.0.0.1:{PORT}", "-tls1_2", "-CAfile", CERTIFICATE],
        input=b"R\n", capture_output=True, timeout=20)
    text = (result.stdout + result.stderr).decode()
    assert "RENEGOTIATING" in text and "no renegotiation" in text, text
    alive()


def ciphers():
    for name, good in [("ECDHE-ECDSA-AES128-GCM-SHA256", True), ("ECDHE-ECDSA-CHACHA20-POLY1305", True), ("AES128-SHA", False),
                       ("ECDHE-ECDSA-AES128-SHA", False)]:
        result = subprocess.run(
            ["openssl", "s_client", "-connect", f"127.0.0.1:{PORT}", "-tls1_2", "-cipher", name, "-CAfile", CERTIFICATE],
            input=b"", capture_output=True, timeout=20)
        assert (b"Verify return code: 0 (ok)" in result.stdout and b"Cipher is (NONE)" not in result.stdout) == good, (name, result)


def curl():
    for flags, good in [(["--tlsv1.2"], True), (["--tlsv1.3"], True), (["--tls-max", "1.1"], False)]:
        result = subprocess.run(
            ["curl", "--silent", "--cacert", CERTIFICATE, *flags, f"https://localhost:{PORT}/curl", "--resolve",
             f"localhost:{PORT}:127.0.0.1"], capture_output=True, timeout=20)
        assert (result.stdout == b"GET /curl 0\n") == good, (flags, result)


scenario = globals().get(sys.argv[1])
assert callable(scenario), sys.argv[1]
scenario()
