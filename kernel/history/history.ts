import { closeSync, mkdirSync, openSync, readdirSync, readFileSync, unlinkSync } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { join } from "node:path";
import { toPattern } from "./glob.ts";

export interface Entry {
  session: number;
  line: number;
  input: string;
  output?: string;
}

/** What was run, by this kernel and by earlier ones. Each kernel is one *session*, numbered in the order of their first cells. */
export interface History {
  add(line: number, input: string, output: string | undefined): void;
  tail(count: number): Entry[];
  /** Lines `start` ≤ line < `stop` of a session; 0 is this one, −1 the one before. */
  range(session: number, start: number, stop: number | undefined): Entry[];
  /** The last `count` inputs that match a shell pattern; with `unique`, each text once, where it stood last. */
  search(glob: string, count: number | undefined, unique: boolean): Entry[];
  close(): Promise<void>;
}

/** Sessions on disk beyond this are the oldest and are deleted. */
const KEPT_SESSIONS = 1000;

/**
 * One file a session, one JSON line an entry. A file is created exclusively, which is what gives two kernels that start together
 * different numbers; it is created with the first entry, so that a kernel which ran nothing leaves nothing. Where the folder
 * cannot be written, history is kept in memory.
 */
export function openHistory(folder: string): History {
  const entries: Entry[] = [];
  let session = (findSessions(folder).at(-1) ?? 0) + 1;
  let file: Promise<FileHandle | undefined> | undefined;
  let written: Promise<unknown> = Promise.resolve();
  const earlier = (): Entry[] =>
    findSessions(folder)
      .filter((n) => n < session)
      .flatMap((n) => readSession(folder, n));
  return {
    add(line, input, output) {
      if (!file) {
        const claimed = claimSession(folder, session);
        session = claimed ?? session;
        file =
          claimed === undefined
            ? Promise.resolve(undefined)
            : open(toPath(folder, claimed), "a").catch(() => undefined);
      }
      const entry: Entry = { session, line, input, ...(output === undefined ? {} : { output }) };
      entries.push(entry);
      written = written
        .then(async () => (await file)?.appendFile(`${JSON.stringify([line, input, output])}\n`))
        .catch(() => {});
    },
    tail(count) {
      if (count <= 0) return [];
      const missing = count - entries.length;
      return missing > 0 ? [...earlier().slice(-missing), ...entries] : entries.slice(-count);
    },
    range(number, start, stop) {
      const within = ({ line }: Entry) => line >= start && (stop === undefined || line < stop);
      const wanted = number > 0 ? number : session + number;
      return (wanted === session ? entries : readSession(folder, wanted)).filter(within);
    },
    search(glob, count, unique) {
      const pattern = toPattern(glob);
      const found = [...earlier(), ...entries].filter(({ input }) => pattern.test(input));
      const kept = unique
        ? [...new Map(found.reverse().map((entry) => [entry.input, entry])).values()].reverse()
        : found;
      return count === undefined ? kept : count > 0 ? kept.slice(-count) : [];
    },
    async close() {
      await written;
      await (await file)?.close();
    },
  };
}

function toPath(folder: string, session: number): string {
  return join(folder, `${String(session).padStart(8, "0")}.jsonl`);
}

function findSessions(folder: string): number[] {
  try {
    return readdirSync(folder)
      .flatMap((name) => (/^\d+\.jsonl$/.test(name) ? [Number.parseInt(name, 10)] : []))
      .sort((a, b) => a - b);
  } catch {
    return [];
  }
}

/** The first free number from `from` on, now taken; nothing when the folder cannot be written. */
function claimSession(folder: string, from: number): number | undefined {
  try {
    mkdirSync(folder, { recursive: true });
    for (const old of findSessions(folder).slice(0, -KEPT_SESSIONS)) unlinkSync(toPath(folder, old));
    for (let number = from; ; number++) {
      try {
        closeSync(openSync(toPath(folder, number), "wx", 0o600));
        return number;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
      }
    }
  } catch {
    return undefined;
  }
}

function readSession(folder: string, session: number): Entry[] {
  let text: string;
  try {
    text = readFileSync(toPath(folder, session), "utf8");
  } catch {
    return [];
  }
  return text.split("\n").flatMap((row) => {
    try {
      const [line, input, output] = JSON.parse(row) as [number, string, string | undefined];
      return [{ session, line, input, ...(typeof output === "string" ? { output } : {}) }];
    } catch {
      // The last line of a kernel that was killed while writing.
      return [];
    }
  });
}
