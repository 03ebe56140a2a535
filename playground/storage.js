"use strict";

// What GraphiQL remembers between visits (tabs, history, sizes), without the headers of requests and without the key.
const rememberingStorage = {
  prefix: "customeros.playground.",
  names() {
    return Object.keys(localStorage).filter((name) => name.startsWith(this.prefix));
  },
  get length() {
    return this.names().length;
  },
  getItem(name) {
    return localStorage.getItem(this.prefix + name);
  },
  setItem(name, value) {
    const kept = this.withoutSecrets(name, String(value));
    if (kept === null) this.removeItem(name);
    else localStorage.setItem(this.prefix + name, kept);
  },
  removeItem(name) {
    localStorage.removeItem(this.prefix + name);
  },
  clear() {
    for (const name of this.names()) localStorage.removeItem(name);
  },
  // GraphiQL writes headers into its history even where it is told not to persist them; a hash of a tab is made of them too.
  withoutSecrets(name, value) {
    if (/headers$/i.test(name)) return null;
    let kept = value;
    try {
      kept = JSON.stringify(JSON.parse(value, (member, held) => (member === "headers" || member === "hash" ? null : held)));
    } catch {
      // Plain text, such as a size.
    }
    const key = session.key();
    return key && kept.includes(key) ? null : kept;
  },
};
// A key that had been written into an operation before it was typed into its field.
session.onChange(() => {
  for (const name of rememberingStorage.names()) {
    if (session.key() && localStorage.getItem(name).includes(session.key())) localStorage.removeItem(name);
  }
});
