// Validates FHIR bundles (R4) by the npm package `fhir`, which has the resources' definitions with it.
//
//     NODE_PATH=node_modules node tests/exchange/fhir_validator.cjs BUNDLE...
//
// Prints each error; codes of SNOMED CT and LOINC are in no list that it has, so warnings are not told.
const fs = require("node:fs");
const { Fhir } = require("fhir");

let errors = 0;
for (const path of process.argv.slice(2)) {
  const found = new Fhir().validate(JSON.parse(fs.readFileSync(path, "utf8")), { errorOnUnexpected: true });
  for (const { severity, location, message } of found.messages) {
    if (severity !== "error" && severity !== "fatal") continue;
    errors += 1;
    console.log(`${path}: ${location}: ${message}`);
  }
}
process.exit(errors ? 1 : 0);
