// The same as Main.swift with graphql-js, whose module folder is the first argument, then the documents and the schema.
const [, , modules, documents, schemaFile] = process.argv;
const fs = require("fs");
const { parse, validate, buildSchema } = require(modules);
const schema = buildSchema(fs.readFileSync(schemaFile, "utf8"));
const texts = JSON.parse(fs.readFileSync(documents, "utf8"));
function measure(name, count, body) {
  for (let i = 0; i < count * 3; i++) body();
  let least = Infinity;
  for (let round = 0; round < 9; round++) {
    const start = process.cpuUsage();
    for (let i = 0; i < count; i++) body();
    const used = process.cpuUsage(start);
    least = Math.min(least, (used.user + used.system) / count);
  }
  console.log(JSON.stringify({ name, microseconds: Math.round(least * 100) / 100 }));
}
for (const name of Object.keys(texts).sort()) {
  const document = parse(texts[name]);
  const errors = validate(schema, document);
  if (errors.length) console.log(JSON.stringify({ name, errors: errors.map((e) => e.message) }));
  measure("parse " + name, 300, () => parse(texts[name]));
  measure("validate " + name, 100, () => validate(schema, document));
}
