/// The first form of `/playground`: a page that sends a query with a key and shows the answer. It loads nothing from elsewhere
/// and keeps the key only as long as the tab is open.
enum PlaygroundPage {
    static let contentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'"

    static let html = """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>CustomerOS API playground</title>
        <link rel="stylesheet" href="/playground/style.css">
        </head>
        <body>
        <header>
        <h1>CustomerOS API</h1>
        <label>API key <input id="key" type="password" autocomplete="off" spellcheck="false" placeholder="X-CUSTOMER-OS-API-KEY"></label>
        <label>Example <select id="examples"></select></label>
        <button id="run" title="Ctrl+Enter">Run</button>
        <a href="/schema.graphql">Schema</a>
        </header>
        <main>
        <section>
        <textarea id="query" spellcheck="false" aria-label="Query"></textarea>
        <textarea id="variables" spellcheck="false" aria-label="Variables" placeholder="Variables (JSON)"></textarea>
        </section>
        <pre id="answer" aria-live="polite"></pre>
        </main>
        <script src="/playground/script.js"></script>
        </body>
        </html>

        """

    static let style = """
        * { box-sizing: border-box; }
        body { margin: 0; height: 100vh; display: flex; flex-direction: column; font: 14px/1.5 system-ui, sans-serif; color: #1c2430; }
        header { display: flex; gap: 1rem; align-items: center; padding: .5rem 1rem; background: #f2f4f8; border-bottom: 1px solid #d5dae3; }
        h1 { font-size: 1rem; margin: 0 auto 0 0; }
        main { flex: 1; display: grid; grid-template-columns: 1fr 1fr; min-height: 0; }
        section { display: flex; flex-direction: column; min-height: 0; border-right: 1px solid #d5dae3; }
        textarea, pre { border: 0; margin: 0; padding: 1rem; font: 13px/1.5 ui-monospace, monospace; resize: none; overflow: auto; outline: none; }
        #query { flex: 3; } #variables { flex: 1; border-top: 1px solid #d5dae3; }
        pre { background: #fbfcfe; white-space: pre-wrap; overflow-wrap: anywhere; }
        button { padding: .3rem 1rem; background: #2456c7; color: #fff; border: 0; border-radius: 4px; cursor: pointer; }

        """

    static let script = """
        "use strict";
        const element = (id) => document.getElementById(id);
        const examples = {
          "Contacts, a page": `query {
          contacts(pagination: { page: 0, limit: 50 }, sort: [{ by: "LAST_NAME", direction: ASC }]) {
            totalElements
            content { metadata { id } name prefix primaryEmail { email } }
          }
        }`,
          "Contact by e-mail": `query {
          contact_ByEmail(email: "buyer@example.com") { metadata { id } name jobRoles { jobTitle } }
        }`,
          "Organizations with opportunities": `query {
          organizations(pagination: { page: 1, limit: 20 }) {
            totalElements
            content { metadata { id created lastUpdated source } name website domains stage
              opportunities { metadata { id } name amount internalStage renewalLikelihood } }
          }
        }`,
          "Save an organization": `mutation {
          organization_Save(input: { name: "Acme Inc", website: "https://acme.com" }) { metadata { id } name website }
        }`,
          "Save an opportunity": `mutation {
          opportunity_Save(input: { opportunityId: null name: "Acme Expansion" amount: 50000 internalType: UPSELL }) {
            metadata { id } name amount internalStage
          }
        }`,
        };
        for (const name of Object.keys(examples)) element("examples").append(new Option(name));
        element("query").value = Object.values(examples)[0];
        element("examples").addEventListener("change", (event) => { element("query").value = examples[event.target.value]; });
        element("key").value = sessionStorage.getItem("key") || "";
        element("key").addEventListener("input", (event) => sessionStorage.setItem("key", event.target.value));
        async function run() {
          const answer = element("answer");
          answer.textContent = "…";
          try {
            const variables = element("variables").value.trim();
            const headers = { "Content-Type": "application/json" };
            if (element("key").value) headers["X-CUSTOMER-OS-API-KEY"] = element("key").value;
            const body = JSON.stringify({ query: element("query").value, variables: variables ? JSON.parse(variables) : null });
            const response = await fetch("/query", { method: "POST", headers, body });
            answer.textContent = JSON.stringify(await response.json(), null, 2);
          } catch (error) {
            answer.textContent = String(error);
          }
        }
        element("run").addEventListener("click", run);
        document.addEventListener("keydown", (event) => { if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) run(); });

        """
}
