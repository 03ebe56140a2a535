"""The playground in a browser, from the first key to a reload."""

import http.server
import json
import os
import re
import threading
import unittest
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

from browser import Browser
from program import KEY, ROOT, Server

PICTURES = Path(os.environ.get("PLAYGROUND_PICTURES") or ROOT / ".build/playground")
IDENTITY = "document.getElementById('identity').textContent"
TOP = "document.getElementById('graphiql').getBoundingClientRect().top"
RESPONSE = "(document.querySelector('.result-window .CodeMirror')?.CodeMirror.getValue() ?? '')"
EDITOR = "document.querySelector('.graphiql-query-editor .CodeMirror').CodeMirror"


class NoRedirects(urllib.request.HTTPRedirectHandler):
    """A redirect is passed on like any answer."""

    def redirect_request(self, *_):
        return None


class Proxy(http.server.ThreadingHTTPServer):
    """Passes what is below /crm on to the server, without that part of the path; everything else is not found."""

    def __init__(self, target):
        opener = urllib.request.build_opener(NoRedirects)

        class Handler(http.server.BaseHTTPRequestHandler):
            def pass_on(self):
                if not self.path.startswith("/crm/"):
                    return self.send_error(404)
                body = self.rfile.read(int(self.headers.get("Content-Length", 0))) or None
                headers = {name: value for name, value in self.headers.items() if name.lower() not in ("host", "connection")}
                request = urllib.request.Request(target + self.path.removeprefix("/crm"), body, headers, method=self.command)
                try:
                    answer = opener.open(request)
                except urllib.error.HTTPError as error:
                    answer = error
                content = answer.read()
                self.send_response(answer.status)
                for name, value in answer.headers.items():
                    if name.lower() not in ("connection", "date", "content-length"):
                        self.send_header(name, value)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            do_GET = do_POST = pass_on

            def log_message(self, *_):
                pass

        super().__init__(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def stop(self):
        self.shutdown()
        self.server_close()


class PlaygroundTests(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = Server()
        cls.addClassCleanup(cls.server.stop)
        cls.address = f"http://127.0.0.1:{cls.server.port}"
        page = urllib.request.urlopen(cls.address + "/playground").read().decode()
        if "graphiql.min.js" not in page:
            raise AssertionError("The program was built without GraphiQL: run scripts/setup and build again.")

    def setUp(self):
        self.browser = Browser()
        self.addCleanup(self.browser.stop)
        self.browser.resize(1280, 800)
        self.browser.open(self.address + "/playground")
        self.browser.wait("document.querySelector('.graphiql-execute-button') && document.querySelectorAll('.graphiql-tab').length >= 6")
        self.browser.wait(f"Boolean({EDITOR}.options.hintOptions.schema)")

    def identify(self, key=KEY, user=""):
        self.browser.type("#key", key)
        if user:
            self.browser.type("#user", user)

    def run_example(self, number):
        self.browser.click(f".graphiql-tab:nth-of-type({number}) .graphiql-tab-button")
        self.browser.wait(f"document.querySelector('.graphiql-tab:nth-of-type({number})').classList.contains('graphiql-tab-active')")
        # GraphiQL reads the name of the operation a moment later.
        name = self.browser.evaluate("document.querySelector('.graphiql-tab-active').innerText.trim()")
        self.browser.wait(f"{EDITOR}.operationName === {json.dumps(name)}")
        self.browser.click(".graphiql-execute-button")
        self.browser.wait(f"{RESPONSE}.includes('\"data\"') || {RESPONSE}.includes('\"errors\"')")
        return json.loads(self.browser.evaluate(RESPONSE))

    def assert_kept_inside(self, complaints=()):
        """Nothing left the machine, nothing broke the policy, and the key is in the tab's session alone."""
        found = [each for each in self.browser.complaints if not any(part in each for part in complaints)]
        self.assertEqual(found, [])
        for request in self.browser.requests:
            self.assertTrue(
                request["url"].startswith(("data:", self.address + "/")), f"{request['url'][:200]} is not on the server")
            self.assertNotIn(KEY, urllib.parse.unquote(request["url"]))
        self.assertNotIn(KEY, self.browser.evaluate("JSON.stringify(localStorage) + document.cookie + location.href"))
        self.assertEqual(self.browser.evaluate("sessionStorage.getItem('key')"), KEY)

    def test_a_newcomer_types_the_key_runs_an_example_reads_the_documentation_and_reloads(self):
        self.identify(user="maya@demo.example")
        self.assertEqual(self.browser.wait(f"{IDENTITY}.includes('Maya') && {IDENTITY}"), "Tenant demo · Maya Lindqvist · roles USER, ADMIN, OWNER")
        answer = self.run_example(1)
        self.assertNotIn("errors", answer)
        self.assertTrue(answer["data"]["organization"]["opportunities"])

        # The documentation, found by its own search.
        self.browser.click('[aria-label="Show Documentation Explorer"]')
        self.browser.wait("document.querySelector('.graphiql-doc-explorer-search input')")
        self.browser.evaluate("document.querySelector('.graphiql-doc-explorer-search input').focus()")
        self.browser.call("Input.insertText", text="Organization")
        found = ("[...document.querySelectorAll('.graphiql-doc-explorer-search [role=option]')].find((item) => item.textContent.trim() === 'Organization')")
        self.browser.wait(found)
        self.browser.evaluate(f"{found}.dataset.wanted = 'yes'")
        self.browser.click('[data-wanted="yes"]')
        self.browser.wait("document.querySelector('.graphiql-doc-explorer-title')?.textContent === 'Organization'")
        text = self.browser.evaluate("document.querySelector('.graphiql-doc-explorer').innerText")
        description = self._description("Organization")
        self.assertIn(re.sub(r"\s+", " ", description), re.sub(r"\s+", " ", text))
        self.browser.picture(PICTURES / "playground.png")

        self.browser.reload()
        self.browser.wait(f"{IDENTITY}.includes('Tenant demo')")
        self.assertEqual(self.browser.evaluate("document.getElementById('key').value"), KEY)
        self.browser.wait("document.querySelectorAll('.graphiql-tab').length >= 6")
        self.assert_kept_inside()

    def _description(self, name):
        request = urllib.request.Request(
            self.server.url, json.dumps({"query": f'{{ __type(name: "{name}") {{ description }} }}'}).encode(),
            {**self.server.headers, "Content-Type": "application/json"})
        return json.load(urllib.request.urlopen(request))["data"]["__type"]["description"]

    def test_every_example_answers_with_data(self):
        self.identify()
        self.browser.wait(f"{IDENTITY}.includes('Tenant demo')")
        count = self.browser.evaluate("document.querySelectorAll('.graphiql-tab').length")
        self.assertEqual(count, 6)
        for number in range(1, count + 1):
            answer = self.run_example(number)
            self.assertNotIn("errors", answer)
            self.assertTrue(all(value is not None for value in answer["data"].values()), answer)
        self.assert_kept_inside()

    def test_variables_headers_and_history_work_and_headers_are_not_remembered(self):
        self.identify()
        self.browser.click(".graphiql-tab:nth-of-type(3) .graphiql-tab-button")
        self.browser.evaluate(
            f"{EDITOR}.setValue('query Find($email: String!) {{ contact_ByEmail(email: $email) {{ name }} user_Current {{ name }} }}')")
        tools = "document.querySelectorAll('.graphiql-editor-tool .CodeMirror')"
        self.browser.wait(f"{EDITOR}.operationName === 'Find' && {tools}.length === 2")
        self.browser.evaluate(f"{tools}[0].CodeMirror.setValue('{{\"email\": \"buyer@example.com\"}}')")
        headers = json.dumps(json.dumps({"X-Openline-USERNAME": "tom@demo.example", "X-CUSTOMER-OS-API-KEY": KEY}))
        self.browser.evaluate(f"{tools}[1].CodeMirror.setValue({headers})")
        self.browser.click(".graphiql-execute-button")
        self.browser.wait(f"{RESPONSE}.includes('Castellan') && {RESPONSE}.includes('Okafor')")
        self.browser.click('[aria-label="Show History"]')
        self.browser.wait("document.querySelector('.graphiql-history')?.innerText.includes('Find')")
        self.browser.wait("JSON.stringify(localStorage).includes('contact_ByEmail')")
        self.assertNotIn("tom@demo.example", self.browser.evaluate("JSON.stringify(localStorage)"))
        self.assert_kept_inside()

    def test_the_windows_of_settings_and_keys_open_within_the_policy(self):
        self.identify()
        for label in ("Open settings dialog", "Open short keys dialog"):
            self.browser.click(f'[aria-label="{label}"]')
            self.browser.wait("document.querySelector('[role=dialog]')")
            self.assert_icons_are_drawn("[role=dialog]")
            self.browser.click("[role=dialog] .graphiql-dialog-close")
            self.browser.wait("!document.querySelector('[role=dialog]')")
        self.assert_kept_inside()

    def assert_icons_are_drawn(self, selector):
        """Every icon below the selector has room for its picture, without its padding."""
        sizes = self.browser.evaluate(
            f"[...document.querySelectorAll('{selector} svg')].filter((icon) => icon.checkVisibility()).map((icon) => {{"
            " const style = getComputedStyle(icon), box = icon.getBoundingClientRect();"
            " const inside = (size, ...names) => names.reduce((rest, name) => rest - parseFloat(style[name]), size);"
            " return [icon.parentElement.outerHTML.slice(0, 120), inside(box.width, 'paddingLeft', 'paddingRight'),"
            " inside(box.height, 'paddingTop', 'paddingBottom')]; })")
        self.assertTrue(sizes)
        self.assertEqual([each for each in sizes if min(each[1:]) < 6], [])

    def test_every_icon_is_drawn(self):
        self.assert_icons_are_drawn("body")
        for label in ("Show Documentation Explorer", "Show History"):
            self.browser.click(f'[aria-label="{label}"]')
            self.browser.wait("document.querySelector('.graphiql-plugin svg, .graphiql-plugin')")
            self.assert_icons_are_drawn("body")

    def test_the_line_that_says_who_asks_never_moves_the_page(self):
        for width in (1280, 1024, 700, 400):
            self.browser.resize(width, 800)
            self.identify(key="", user="")
            places = [self.browser.evaluate(TOP)]
            for key, user, said in (
                ("wrong-key-0123456789", "", "Refused"), (KEY, "", "Tenant demo"), (KEY, "maya@demo.example", "Maya"),
                (KEY, "a-name-that-nobody-in-this-tenant-has-and-that-is-rather-long@subsidiary.demo.example", "Refused"),
            ):
                self.browser.type("#user", user)
                self.identify(key=key)
                whole = self.browser.wait(f"{IDENTITY}.includes('{said}') && {IDENTITY}")
                self.assertEqual(self.browser.evaluate("document.getElementById('identity').title"), whole)
                places.append(self.browser.evaluate(TOP))
            self.assertEqual(len(set(places)), 1, f"At a width of {width} the page begins at {places}")
            self.assertLessEqual(self.browser.evaluate("document.documentElement.scrollWidth"), width)

    def test_the_documentation_begins_with_what_the_schema_is(self):
        self.identify()
        self.browser.click('[aria-label="Show Documentation Explorer"]')
        text = self.browser.wait("document.querySelector('.graphiql-doc-explorer-content .graphiql-markdown-description')?.innerText")
        self.assertRegex(text, "^The CustomerOS API: ")
        self.assertIn("X-CUSTOMER-OS-API-KEY", text)
        self.assertEqual(self.browser.evaluate("document.querySelectorAll('.graphiql-doc-explorer-content br').length"), 0)

    def test_the_root_of_the_server_leads_here(self):
        self.browser.open(self.address + "/")
        self.browser.wait("document.querySelector('.graphiql-execute-button')")
        self.assertEqual(self.browser.evaluate("location.pathname"), "/playground")

    def test_the_editors_search_opens_within_the_policy(self):
        self.identify()
        self.browser.evaluate(f"{EDITOR}.focus()")
        self.browser.evaluate(f"{EDITOR}.execCommand('find')")
        self.browser.wait("document.querySelector('.CodeMirror-search-field')")
        self.assert_kept_inside()

    def test_a_key_alone_has_its_own_roles(self):
        self.identify()
        self.assertEqual(self.browser.wait(f"{IDENTITY}.includes('Tenant') && {IDENTITY}"), "Tenant demo · no user named · roles USER, ADMIN, OWNER")

    def test_a_wrong_key_and_an_unknown_user_are_told_of(self):
        self.identify(key="wrong-key-0123456789")
        self.assertRegex(self.browser.wait(f"{IDENTITY}.startsWith('Refused') && {IDENTITY}"), "(?i)refused: .*key")
        self.assertEqual(self.run_example(1)["errors"][0]["extensions"]["code"], "UNAUTHENTICATED")
        self.identify(user="nobody@demo.example")
        self.assertRegex(self.browser.wait(f"/refused.*user/i.test({IDENTITY}) && {IDENTITY}"), "(?i)user")
        # The browser itself writes a line for every answer with status 401.
        self.assert_kept_inside(complaints=["status of 401"])

    def test_works_behind_a_proxy_that_adds_a_path(self):
        proxy = Proxy(self.address)
        self.addCleanup(proxy.stop)
        address = f"http://127.0.0.1:{proxy.server_port}"
        self.browser.requests.clear()
        self.browser.open(address + "/crm/playground")
        self.browser.wait("document.querySelectorAll('.graphiql-tab').length >= 6")
        self.identify()
        self.browser.wait(f"{IDENTITY}.includes('Tenant demo')")
        self.assertNotIn("errors", self.run_example(3))
        self.browser.open(address + "/crm/")
        self.browser.wait("document.querySelector('.graphiql-execute-button') && location.pathname === '/crm/playground'")
        self.assertEqual(
            [each["url"] for each in self.browser.requests if not each["url"].startswith(("data:", address + "/crm/"))], [])
        self.assertEqual(self.browser.complaints, [])

    def test_is_readable_on_every_screen(self):
        self.identify(user="maya@demo.example")
        self.browser.wait(f"{IDENTITY}.includes('Tenant demo')")
        self.run_example(1)
        for width, height in ((1280, 800), (400, 800)):
            for scheme in ("light", "dark"):
                self.browser.resize(width, height, scheme)
                self.browser.picture(PICTURES / f"{width}-{scheme}.png")
                wide = self.browser.evaluate("document.documentElement.scrollWidth")
                self.assertLessEqual(wide, width)
                run = self.browser.evaluate("(() => { const box = document.querySelector('.graphiql-execute-button').getBoundingClientRect(); return [box.left, box.right, box.top, box.bottom]; })()")
                self.assertTrue(0 <= run[0] and run[1] <= width and 0 <= run[2] and run[3] <= height, f"The button is at {run}")
        self.assert_kept_inside()


class SettingTests(unittest.TestCase):
    """`GRAPHQL_PLAYGROUND_ENABLED`: without it, on with the embedded database and off with another."""

    def status(self, server):
        try:
            return urllib.request.urlopen(f"http://127.0.0.1:{server.port}/playground").status
        except urllib.error.HTTPError as error:
            return error.code

    def test_is_on_with_the_embedded_database_alone_unless_the_setting_says_otherwise(self):
        with Server() as embedded:
            self.assertEqual(self.status(embedded), 200)
            with Server(database=embedded) as other:
                self.assertEqual(self.status(other), 404)
            with Server({"GRAPHQL_PLAYGROUND_ENABLED": "true"}, database=embedded) as other:
                self.assertEqual(self.status(other), 200)
        with Server({"GRAPHQL_PLAYGROUND_ENABLED": "false"}) as embedded:
            self.assertEqual(self.status(embedded), 404)
