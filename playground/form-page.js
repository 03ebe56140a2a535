"use strict";

(async () => {
  const element = (name) => document.getElementById(name);
  const examples = await session.examples();
  for (const { title } of examples) element("examples").append(new Option(title));
  const choose = () => { element("query").value = examples[element("examples").selectedIndex].query; };
  element("examples").addEventListener("change", choose);
  choose();

  const run = async () => {
    const written = element("variables").value.trim();
    let variables = null;
    try {
      if (written) variables = JSON.parse(written);
    } catch (error) {
      element("answer").textContent = `The variables are no JSON: ${error.message}`;
      return;
    }
    element("answer").textContent = "…";
    element("answer").textContent = JSON.stringify(await session.send({ query: element("query").value, variables }), null, 2);
  };
  element("run").addEventListener("click", run);
  document.addEventListener("keydown", (event) => { if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) run(); });
})();
