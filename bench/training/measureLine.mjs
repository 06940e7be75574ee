import { LINES } from "./lines.mjs";
import { writeNumbers } from "./numbers.mjs";
import { PEERS } from "./peers.mjs";
import { startPeer } from "./startPeer.mjs";

const TOLERANCE = 1e-3;
const TRAINING_STEPS = 3;
/** A peer whose step takes longer than this is measured in the first rounds only. */
const SLOW_MS = 1000;
const SLOW_ROUNDS = 3;

/**
 * One line, all peers: `{ peer: { times, settings } }` with a time per round in ms, or `{ reason }` for a peer that cannot do it.
 *
 *   1. every setting of every peer starts and gives its first values  →  2. they must agree  →  3. a short block finds each peer's best setting
 *      →  4. rounds, A B C D A B C D …
 */
export async function measureLine(line, options) {
  const file = writeNumbers(line);
  const found = {};
  const running = [];
  try {
    for (const name of options.peers.filter((name) => PEERS[name].lines?.includes(line) ?? true)) {
      const { best, reason } = await findBest(name, line, file, options);
      found[name] = reason === undefined ? { settings: best.settings, times: [] } : { reason };
      if (best) running.push({ name, ...best });
    }
    checkAgreement(line, running);
    for (let round = 0; round < options.rounds; round++) {
      for (const { name, peer, ms } of running) {
        if (ms > SLOW_MS && round >= SLOW_ROUNDS) continue;
        const steps = Math.max(1, Math.round(options.milliseconds / ms));
        found[name].times.push((await peer.ask({ do: "block", steps })).ms);
      }
    }
    return found;
  } finally {
    await Promise.all(running.map(({ peer }) => peer.stop()));
  }
}

async function findBest(name, line, file, { threads, uncompiled, milliseconds }) {
  let best;
  let reason;
  const own = name === "lossbook" && uncompiled ? { uncompiled } : {};
  for (const settings of PEERS[name].settings(line)) {
    const peer = startPeer(name, line, file, { threads, ...own, ...settings });
    try {
      const steps = LINES[line].quantity === "losses" ? TRAINING_STEPS : 1;
      const { values } = await peer.ask({ do: "values", steps });
      const ms = await findTime(peer, milliseconds);
      if (best === undefined || ms < best.ms) {
        await best?.peer.stop();
        best = { peer, values, ms, settings };
      } else await peer.stop();
    } catch (error) {
      await peer.stop();
      reason = error.message;
      console.error(`  ${name} ${JSON.stringify(settings)}: ${reason}`);
    }
  }
  return best ? { best } : { reason };
}

/** Longer and longer blocks until one is long enough to trust. */
async function findTime(peer, milliseconds) {
  for (let steps = 1; ; steps *= 4) {
    const start = performance.now();
    const { ms } = await peer.ask({ do: "block", steps });
    if (performance.now() - start >= milliseconds / 3) return ms;
  }
}

/** A peer that computes something else is an error, not a row. */
function checkAgreement(line, running) {
  const [first, ...others] = running;
  const scale = Math.max(...first.values.map(Math.abs));
  for (const { name, values } of others) {
    const differences = first.values.map((value, i) => Math.abs(value - values[i]) / scale);
    const largest = Math.max(...differences);
    if (!(largest <= TOLERANCE) || values.length !== first.values.length)
      throw new Error(
        `line ${line}: ${LINES[line].quantity} of ${name} and ${first.name} differ by ${largest.toExponential(1)}: ${values.slice(0, 3)} and ${first.values.slice(0, 3)}`,
      );
  }
}
