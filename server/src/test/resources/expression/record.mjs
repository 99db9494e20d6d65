// Records what the reference implementation of JSONata makes of cases.json, for RecordedCasesTest.
//
//   npm pack jsonata@2.2.2 && tar xf jsonata-2.2.2.tgz      (anywhere outside the repository)
//   node record.mjs package/jsonata.js                      (writes recorded.json beside itself)
//
// Both files beside this one are ours; the reference implementation is not part of the repository.
import { createRequire } from 'node:module';
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const engine = resolve(process.argv[2]);
const require = createRequire(import.meta.url);
const jsonata = require(engine);
const version = require(join(dirname(engine), 'package.json')).version;
const here = dirname(fileURLToPath(import.meta.url));
const { documents, expressions } = JSON.parse(readFileSync(join(here, 'cases.json'), 'utf8'));

const cases = [];
for (const [document, data] of Object.entries(documents)) {
  for (const expression of expressions) {
    const recorded = { document, expression };
    try {
      const value = await jsonata(expression).evaluate(structuredClone(data));
      // Nothing and functions become no result at all.
      const json = JSON.stringify(value);
      if (json === undefined) recorded.undefined = true;
      else recorded.result = JSON.parse(json);
    } catch (error) {
      recorded.error = error.code ?? 'none';
    }
    cases.push(recorded);
  }
}
const lines = cases.map((one) => JSON.stringify(one)).join(',\n    ');
writeFileSync(
  join(here, 'recorded.json'),
  `{\n  "provenance": "What jsonata ${version} (the reference implementation, from npm) makes of cases.json; written by record.mjs",\n`
    + `  "cases": [\n    ${lines}\n  ]\n}\n`);
console.log(`${cases.length} cases recorded`);
