"use strict";

(async () => {
  const defaultTabs = (await session.examples()).map(({ query }) => ({ query }));
  const root = ReactDOM.createRoot(document.getElementById("graphiql"));
  // Another fetcher makes GraphiQL read the schema again: without a key the server may have refused it.
  const render = () =>
    root.render(
      React.createElement(GraphiQL, {
        fetcher: (request, options) => session.send(request, options?.headers),
        storage: rememberingStorage,
        defaultTabs,
        defaultQuery: "",
        shouldPersistHeaders: false,
        showPersistHeadersSettings: false,
        isHeadersEditorEnabled: true,
        schemaDescription: true,
        inputValueDeprecation: true,
      }));
  session.onChange(render);
  render();
})();
