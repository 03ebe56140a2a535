"use strict";

// Who asks: the key and the acting user, kept for this tab only (sessionStorage), sent as headers, never part of an address.
const session = (() => {
  const fields = { key: "X-CUSTOMER-OS-API-KEY", user: "X-Openline-USERNAME" };
  const element = (name) => document.getElementById(name);
  const listeners = [];

  const headers = () => {
    const result = {};
    for (const [name, header] of Object.entries(fields)) {
      const value = element(name).value.trim();
      if (value) result[header] = value;
    }
    return result;
  };

  // Answers with what the server said, or with an error of the same form. Headers given override those of the fields,
  // whatever the case of their names.
  const send = async (request, given = {}) => {
    const merged = new Headers({ ...headers(), Accept: "application/json" });
    for (const [name, value] of Object.entries(given)) merged.set(name, value);
    merged.set("Content-Type", "application/json");
    try {
      const response = await fetch("query", {
        method: "POST", headers: merged, body: JSON.stringify(request), credentials: "omit", cache: "no-store",
      });
      const text = await response.text();
      try {
        return JSON.parse(text);
      } catch {
        return { errors: [{ message: `The server answered with status ${response.status}: ${text}` }] };
      }
    } catch (error) {
      return { errors: [{ message: `The request failed: ${error.message}` }] };
    }
  };

  const show = (text, state) => {
    element("identity").textContent = text;
    element("identity").title = text; // the line may be cut off
    element("identity").dataset.state = state;
  };

  let asked = 0;
  const identify = async () => {
    const number = ++asked;
    if (!element("key").value.trim()) return show("Type an API key to begin.", "none");
    const named = element("user").value.trim();
    const answer = await send({ query: named ? "{ user_Current { name } }" : "{ __typename }", extensions: { identity: true } });
    if (number !== asked) return; // the fields have changed since
    if (!answer.data) return show(`Refused: ${answer.errors?.[0]?.message ?? "no answer"}`, "refused");
    const { tenant, roles } = answer.extensions.identity;
    show(`Tenant ${tenant} · ${answer.data.user_Current?.name ?? "no user named"} · roles ${roles.join(", ") || "none"}`, "known");
  };

  for (const name of Object.keys(fields)) {
    const field = element(name);
    field.value = sessionStorage.getItem(name) ?? "";
    field.addEventListener("input", () => sessionStorage.setItem(name, field.value.trim()));
    field.addEventListener("change", () => {
      identify();
      for (const listener of listeners) listener();
    });
  }
  identify();

  // The operations to begin with: each starts with a line that is a comment.
  const examples = async () => {
    const response = await fetch(document.documentElement.dataset.examples);
    return (await response.text()).split(/^(?=# )/m).map((text) => ({
      title: text.slice(2, text.indexOf("\n")), query: text.slice(text.indexOf("\n") + 1).trim(),
    }));
  };

  return { send, examples, key: () => element("key").value.trim(), onChange: (listener) => listeners.push(listener) };
})();
