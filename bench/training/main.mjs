/**
 * Training steps beside PyTorch, TensorFlow.js and jax-js, in one run on the same threads: `npm run bench:training [-- --help]`.
 *
 *   1. install the peers, once  →  2. each line: same numbers, rounds in turn  →  3. the time to the first step  →  4. cost by size, memory
 *      →  5. the page bench/training.md and its picture
 */
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { loadavg } from "node:os";
import { join } from "node:path";
import { HERE } from "./cache.mjs";
import { install } from "./install.mjs";
import { FIRST_STEP, LINES } from "./lines.mjs";
import { measureFirstStep } from "./measureFirstStep.mjs";
import { measureLine } from "./measureLine.mjs";
import { HELP, readOptions } from "./options.mjs";
import { median, toPage } from "./page.mjs";
import { toPicture } from "./picture.mjs";

const options = tryOptions(process.argv.slice(2));
if (options.help) {
  console.log(HELP);
  process.exit(0);
}
install(options.peers);

const before = describeLoad();
const results = {};
for (const line of options.lines.filter((line) => line in LINES))
  results[line] = say(`(${line})`, await measureLine(line, options));
const firstSteps = {};
if (options.lines.includes("i"))
  for (const line of FIRST_STEP) firstSteps[line] = say(`(i) ${line}`, await measureFirstStep(line, options));
const scaling = options.scaling ? run("scaling.mjs", [String(options.threads)]) : undefined;
const memory = options.memory ? run("memory.mjs", [], ["--expose-gc"]) : undefined;

const page = toPage({ results, firstSteps, scaling, memory, load: { before, after: describeLoad() }, options });
console.log(page);
if (!options.isWhole) process.exit(0);
writeFileSync(join(HERE, "..", "training.md"), page);
writeFileSync(join(HERE, "..", "training.png"), await toPicture(results, firstSteps));
process.exit(0);

function tryOptions(args) {
  try {
    return readOptions(args);
  } catch (error) {
    console.error(`${error.message}\n\n${HELP}`);
    process.exit(2);
  }
}

function run(script, args, flags = []) {
  return JSON.parse(execFileSync(process.execPath, [...flags, join(HERE, script), ...args], { encoding: "utf8" }));
}

function say(what, found) {
  const texts = Object.entries(found).map(([name, { times }]) => `${name} ${median(times)?.toPrecision(3) ?? "–"}`);
  console.error(`${what} ${texts.join(", ")} ms; load ${describeLoad()}`);
  return found;
}

function describeLoad() {
  return loadavg()[0].toFixed(1);
}
