"""Debian's chromium without a window, driven through the Chrome DevTools Protocol."""

import base64
import json
import re
import shutil
import subprocess
import tempfile
import time
import urllib.request
from pathlib import Path

import websocket


class Browser:
    """One page in a profile of its own. It writes down every request, every complaint of the console and of the security policy."""

    def __init__(self):
        self._folder = tempfile.mkdtemp(prefix="customeros-browser-")
        self._log = Path(self._folder) / "output.log"
        self.requests, self.complaints = [], []
        self._number = 0
        with self._log.open("wb") as output:
            self._process = subprocess.Popen(
                ["chromium", "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
                 "--disable-background-networking", "--disable-component-update", "--disable-sync", "--remote-debugging-port=0",
                 f"--user-data-dir={self._folder}/profile", "about:blank"],
                stdin=subprocess.DEVNULL, stdout=output, stderr=output)
        try:
            self._connect()
        except BaseException:
            self.stop()
            raise

    def _connect(self):
        port = self.wait(lambda: re.search(r"DevTools listening on ws://127\.0\.0\.1:(\d+)/", self._log.read_text(errors="replace")))[1]
        pages = json.load(urllib.request.urlopen(f"http://127.0.0.1:{port}/json"))
        address = next(page["webSocketDebuggerUrl"] for page in pages if page["type"] == "page")
        self._socket = websocket.create_connection(address, timeout=30, suppress_origin=True)
        for domain in ("Page", "Runtime", "Network", "Log"):
            self.call(domain + ".enable")

    def stop(self):
        self._process.terminate()
        try:
            self._process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        shutil.rmtree(self._folder, ignore_errors=True)

    def call(self, method, **parameters):
        """The result of a method of the protocol. What happens meanwhile is written down."""
        self._number += 1
        number = self._number
        self._socket.send(json.dumps({"id": number, "method": method, "params": parameters}))
        while True:
            message = json.loads(self._socket.recv())
            if message.get("id") == number:
                if "error" in message:
                    raise RuntimeError(f"{method}: {message['error']}")
                return message["result"]
            self._note(message.get("method"), message.get("params", {}))

    def _note(self, method, parameters):
        if method == "Network.requestWillBeSent":
            self.requests.append(parameters["request"])
        elif method == "Runtime.exceptionThrown":
            self.complaints.append(json.dumps(parameters["exceptionDetails"]))
        elif method == "Runtime.consoleAPICalled" and parameters["type"] in ("error", "assert"):
            self.complaints.append(json.dumps(parameters["args"]))
        elif method == "Log.entryAdded" and parameters["entry"]["level"] == "error":
            self.complaints.append(f"{parameters['entry']['text']} {parameters['entry'].get('url', '')}")

    def evaluate(self, expression):
        """The value of JavaScript in the page."""
        answer = self.call("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in answer:
            raise RuntimeError(json.dumps(answer["exceptionDetails"]))
        return answer["result"].get("value")

    def wait(self, condition, seconds=30):
        """What `condition` gives, or the JavaScript of that text, as soon as it is something."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            found = self.evaluate(f"(found => found instanceof Node || found)({condition})") if isinstance(condition, str) else condition()
            if found:
                return found
            time.sleep(0.05)
        shown = "" if not isinstance(condition, str) else self.evaluate("document.body.innerText")
        raise AssertionError(f"It did not come about: {condition}\n{shown}\n{self.complaints}")

    def open(self, url):
        self.call("Page.navigate", url=url)
        self.wait("document.readyState === 'complete' && location.href !== 'about:blank'")

    def reload(self):
        self.evaluate("window.beforeReload = true")
        self.call("Page.reload")
        self.wait("!window.beforeReload && document.readyState === 'complete'")

    def click(self, selector):
        """Clicks in the middle of the first element of the selector, as a mouse does."""
        x, y = self.wait(
            f"(() => {{ const box = document.querySelector({json.dumps(selector)})?.getBoundingClientRect();"
            " return box && box.width && [box.x + box.width / 2, box.y + box.height / 2]; })()")
        for kind in ("mouseMoved", "mousePressed", "mouseReleased"):
            self.call("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)

    def type(self, selector, text):
        """Replaces the text of a field and leaves the field, as the Tab key does."""
        self.evaluate(f"document.querySelector({json.dumps(selector)}).focus(); document.querySelector({json.dumps(selector)}).select?.()")
        if text:
            self.call("Input.insertText", text=text)
        else:
            self.press("Delete", 46)
        self.press("Tab", 9)

    def press(self, key, code, modifiers=0):
        for kind in ("keyDown", "keyUp"):
            self.call("Input.dispatchKeyEvent", type=kind, key=key, code=key, windowsVirtualKeyCode=code, modifiers=modifiers)

    def resize(self, width, height, scheme="light"):
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)
        self.call("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])

    def picture(self, path):
        path = Path(path)
        path.parent.mkdir(parents=True, exist_ok=True)
        time.sleep(0.5)  # Movements end.
        path.write_bytes(base64.b64decode(self.call("Page.captureScreenshot", format="png")["data"]))
