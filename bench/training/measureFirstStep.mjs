import { writeNumbers } from "./numbers.mjs";
import { PEERS } from "./peers.mjs";
import { startPeer } from "./startPeer.mjs";

const ROUNDS = 5;

/** From the start of a process to the loss of its first step: import, model, numbers from the file, compilation, one step. In ms, a time per round. */
export async function measureFirstStep(line, options) {
  const { threads, uncompiled, rounds } = options;
  const peers = options.peers.filter((name) => PEERS[name].lines === undefined);
  const file = writeNumbers(line);
  const found = Object.fromEntries(peers.map((name) => [name, { times: [] }]));
  for (let round = 0; round < Math.min(rounds, ROUNDS); round++) {
    for (const name of peers) {
      if (found[name].reason !== undefined) continue;
      const [settings] = PEERS[name].settings(line);
      const own = name === "lossbook" && uncompiled ? { uncompiled } : {};
      const start = performance.now();
      const peer = startPeer(name, line, file, { threads, ...own, ...settings });
      try {
        await peer.ask({ do: "values", steps: 1 });
        found[name].times.push(performance.now() - start);
      } catch (error) {
        found[name] = { reason: error.message };
      }
      await peer.stop();
    }
  }
  return found;
}
