import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import { LINES } from "./lines.mjs";
import { PEERS } from "./peers.mjs";

const ALL_LINES = [...Object.keys(LINES), "i"];

export const HELP = `npm run bench:training [-- options]

  --lines c,d        lines to measure: ${Object.keys(LINES).join(" ")}, and i for the time to the first step
  --peers torch,jax  peers beside lossbook: ${Object.keys(PEERS)
    .filter((name) => name !== "lossbook")
    .join(" ")}; "none" for lossbook alone
  --threads N        threads for everyone (all cores: ${availableParallelism()})
  --rounds N         rounds (11)
  --seconds S        seconds of a round for one peer (0.3)
  --quick            3 rounds of 0.1 s, no scaling, no memory
  --uncompiled       lossbook without compile
  --skip-scaling, --skip-memory
  --help

The page and its picture are written by a whole run: all lines, all peers, compiled, scaling and memory. Another one prints the page.
`;

const FLAGS = {
  lines: { type: "string", default: ALL_LINES.join(",") },
  peers: { type: "string", default: Object.keys(PEERS).join(",") },
  threads: { type: "string", default: String(availableParallelism()) },
  rounds: { type: "string" },
  seconds: { type: "string" },
  quick: { type: "boolean", default: false },
  uncompiled: { type: "boolean", default: false },
  "skip-scaling": { type: "boolean", default: false },
  "skip-memory": { type: "boolean", default: false },
  help: { type: "boolean", default: false },
};

/** What the command line asks for, or the sentence about what is wrong with it. */
export function readOptions(args) {
  const { values } = parseArgs({ args, options: FLAGS });
  const { quick } = values;
  const others = values.peers === "none" ? [] : pick("peer", values.peers, Object.keys(PEERS));
  const lines = pick("line", values.lines, ALL_LINES);
  // ours first: the others are compared with it
  const peers = ["lossbook", ...others.filter((name) => name !== "lossbook")];
  const [scaling, memory] = ["scaling", "memory"].map((name) => !quick && !values[`skip-${name}`]);
  const isWhole = lines.length === ALL_LINES.length && peers.length === Object.keys(PEERS).length;
  return {
    help: values.help,
    uncompiled: values.uncompiled,
    lines,
    peers,
    scaling,
    memory,
    isWhole: isWhole && scaling && memory && !values.uncompiled,
    threads: toCount("threads", values.threads),
    rounds: toCount("rounds", values.rounds ?? (quick ? "3" : "11")),
    milliseconds: 1000 * toPositive("seconds", values.seconds ?? (quick ? "0.1" : "0.3")),
    command: ["npm run bench:training", ...(args.length > 0 ? ["--", ...args] : [])].join(" "),
  };
}

function pick(what, list, known) {
  const names = list.split(",").map((name) => name.trim());
  for (const name of names)
    if (!known.includes(name)) throw new RangeError(`there is no ${what} ${name}; there are ${known.join(", ")}`);
  return known.filter((name) => names.includes(name));
}

function toCount(name, text) {
  const value = toPositive(name, text);
  if (!Number.isInteger(value)) throw new RangeError(`--${name} ${text} where a whole number is needed`);
  return value;
}

function toPositive(name, text) {
  const value = Number(text);
  if (!(value > 0)) throw new RangeError(`--${name} ${text} where a positive number is needed`);
  return value;
}
