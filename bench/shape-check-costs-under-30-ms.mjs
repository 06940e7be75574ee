/**
 * What shapes in types cost: the same twenty cells of a notebook checked with the runtime's declarations, and with a copy of them in which tensors have
 * no shape (`unshaped.mjs`). Two languages at once, round by round; which of them begins alternates. `npm run bench:shapes` writes shape-check.md.
 *
 * Both sides see the same text. Erasing the declarations is harder on us than cells with inputs of type plain `Tensor` would be: those still pay for
 * conditional types that find nothing to do.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import typescript from "typescript/package.json" with { type: "json" };
import { createLanguage } from "../dist/kernel/language/language.js";
import { cells } from "./cells.mjs";
import { writeUnshaped } from "./unshaped.mjs";

const ROUNDS = Number(process.argv[2] ?? 31);
const TARGET = 30;
const ROOT = resolve(import.meta.dirname, "..");
const folder = mkdtempSync(join(tmpdir(), "shape-check-"));
writeUnshaped(join(ROOT, "dist/src"), join(folder, "src"));

const shaped = open(join(ROOT, "dist/src/notebook.d.ts"));
const unshaped = open(join(folder, "src/notebook.d.ts"));
await Promise.all([shaped.ready, unshaped.ready]);

// one of them knows shapes, the other does not
const wrong = "tensor.zeros([2, 3]).matmul(tensor.zeros([4, 5]))";
const [caught, missed] = [await check(shaped, wrong, 1), await check(unshaped, wrong, 1)];
if (!caught.problem?.includes("matmul: [2, 3] times [4, 5]") || missed.problem) throw new Error("The copy has shapes.");

const times = cells.map(() => ({ shaped: [], unshaped: [] }));
for (let round = 0; round < ROUNDS; round++) {
  await Promise.all([startAnew(shaped, round), startAnew(unshaped, round)]);
  for (const [i, [, source]] of cells.entries()) {
    const sides = (round + i) % 2 === 0 ? ["shaped", "unshaped"] : ["unshaped", "shaped"];
    for (const side of sides) {
      await pause(25); // what the other one prepares for its next cell is not to be paid for here
      const { ms, problem } = await check(side === "shaped" ? shaped : unshaped, `${source}\n// ${round}\n`, i + 1);
      if (problem) throw new Error(`${side}, cell ${i + 1}: ${problem}`);
      if (round > 0) times[i][side].push(ms);
    }
  }
}
await Promise.all([shaped.close(), unshaped.close()]);
rmSync(folder, { recursive: true });

const rows = times.map(({ shaped, unshaped }, i) => {
  const differences = shaped.map((ms, round) => ms - unshaped[round]);
  return {
    title: cells[i][0],
    shaped: median(shaped),
    unshaped: median(unshaped),
    more: median(differences),
    half: middleHalf(differences),
  };
});
const more = median(rows.map((row) => row.more));
const most = rows.toSorted((a, b) => b.more - a.more)[0];
writeFileSync(join(import.meta.dirname, "shape-check.md"), write());
console.log(write());
process.exitCode = more <= TARGET ? 0 : 1;

function open(file) {
  return createLanguage({ cwd: folder, check: "error", ambient: [], library: [file], served: {} });
}

/** Some cells before, never as many: else a collection of the type service falls on the same cell in every other round. */
async function startAnew(language, round) {
  for (const [, source] of cells.slice(0, (round * 7) % 13))
    await check(language, `${source}\n// before ${round}\n`, 1);
  language.forget();
}

async function check(language, source, count) {
  const start = performance.now();
  const prepared = await language.prepare(source, { run: count, count, showResult: true });
  const ms = performance.now() - start;
  if (prepared.status === "error") return { ms, problem: prepared.error.traceback.join("\n") };
  prepared.commit(Number.POSITIVE_INFINITY);
  return { ms };
}

function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  return (sorted[(sorted.length - 1) >> 1] + sorted[sorted.length >> 1]) / 2;
}

function middleHalf(values) {
  const sorted = values.toSorted((a, b) => a - b);
  return [0.25, 0.75].map((part) => sorted[Math.floor(part * sorted.length)]);
}

function write() {
  const line = ({ title, shaped, unshaped, more, half }, i) =>
    `| ${i + 1} | ${title} | ${unshaped.toFixed(1)} | ${shaped.toFixed(1)} | ${more.toFixed(1)} | ${half.map(Math.round).join(" to ")} |`;
  return `# What shapes in types cost when a cell is checked

\`npm run bench:shapes\`, ${new Date().toISOString().slice(0, 10)}: ${cpus().length} cores of ${cpus()[0].model}, Node ${process.versions.node}, TypeScript ${typescript.version}.

From the cell's text to a script that may run, in ms: median of ${ROUNDS - 1} rounds. Without shapes: the same text, checked with a copy of the declarations
from which shapes are erased (\`unshaped.mjs\`). More: the median of the differences within a round, and
where half of them lie: the service also reads, collects and prepares, at its own times.

| | cell | without shapes | with shapes | more | half of them |
|--:|---|--:|--:|--:|--:|
${rows.map(line).join("\n")}

The median cell costs **${more.toFixed(1)} ms** more, the most expensive (${most.title}) ${most.more.toFixed(1)} ms; the target is ${TARGET} ms.
`;
}
