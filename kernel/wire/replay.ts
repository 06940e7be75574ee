/** How many signatures are remembered; a replay older than this is a request of its own. */
const REMEMBERED = 65_536;

/** Says whether a signature was seen before: a recorded request must not run a second time. */
export function createReplayGuard(): (signature: string) => boolean {
  let recent = new Set<string>();
  let older = new Set<string>();
  return (signature) => {
    if (recent.has(signature) || older.has(signature)) return true;
    if (recent.size >= REMEMBERED / 2) {
      older = recent;
      recent = new Set();
    }
    recent.add(signature);
    return false;
  };
}
