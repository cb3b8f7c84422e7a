// The peer of `card lint`: JSON.parse and ajv on the published schema, in a loop of its own.
// Arguments: the schema, then the cards. Each line on standard input is a time in seconds; the answer is cards a second, both by processor time.
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import Ajv from "ajv";

const [schemaFile, ...cardFiles] = process.argv.slice(2);
// The schema is of draft 6 and not valid itself: its "required": true and false, which say nothing there, are left out.
const { $schema, id, ...schema } = JSON.parse(readFileSync(schemaFile, "utf8"), (key, value) => (key === "required" && typeof value === "boolean" ? undefined : value));
const validate = new Ajv({ strict: false, validateSchema: false, validateFormats: false, logger: false }).compile({ ...schema, $id: id });
const cards = cardFiles.map((file) => readFileSync(file, "utf8"));

let accepted = 0;
function round() {
  accepted = 0;
  for (const card of cards) {
    if (validate(JSON.parse(card))) accepted++;
  }
}

function processorSeconds() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000_000;
}

for await (const seconds of createInterface({ input: process.stdin })) {
  const began = processorSeconds();
  let rounds = 0;
  let taken = 0;
  while (taken < Number(seconds)) {
    round();
    rounds++;
    taken = processorSeconds() - began;
  }
  console.log(JSON.stringify({ perSecond: (rounds * cards.length) / taken, accepted }));
}
