import { afterEach, describe, expect, test, vi } from "vitest";
import { progress, type train } from "../../src/index.ts";
import { toTerminal } from "../../src/train/progress/terminal.ts";

type Shown = { readonly "text/plain": string; readonly "text/html": string };

/** A kernel's `display`, and the forms it was given. */
function fakeDisplay(): Shown[][] {
  const places: Shown[][] = [];
  const toShown = (value: unknown) => (value as Record<symbol, () => Shown>)[Symbol.for("Jupyter.display")]!();
  vi.stubGlobal("display", (value: unknown) => {
    const place = [toShown(value)];
    places.push(place);
    return { id: "1", update: (next: unknown) => place.push(toShown(next)) };
  });
  return places;
}

/** A sink that keeps everything. */
function fakeSink() {
  const shown: train.Report[][] = [];
  const ended: train.Report[][] = [];
  return {
    shown,
    ended,
    show: (r: readonly train.Report[]) => shown.push([...r]),
    end: (r: readonly train.Report[]) => ended.push([...r]),
  };
}

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe("the items", () => {
  test("are the same, in the same order, as often as they are asked for", () => {
    const bar = progress([1, 2, 3], { sink: false });
    expect([...bar]).toEqual([1, 2, 3]);
    expect([...bar]).toEqual([1, 2, 3]);
    expect([...progress(new Set("ab"), { sink: false })]).toEqual(["a", "b"]);
    expect([...progress("xyz", { sink: false })]).toEqual(["x", "y", "z"]);
  });

  test("may come later", async () => {
    async function* later() {
      yield* [1, 2];
    }
    const seen: number[] = [];
    for await (const item of progress(later(), { sink: false })) seen.push(item);
    expect(seen).toEqual([1, 2]);
  });

  test("are closed when a loop is left", () => {
    let isClosed = false;
    function* items() {
      try {
        yield* [1, 2];
      } finally {
        isClosed = true;
      }
    }
    for (const _ of progress(items(), { sink: false })) break;
    expect(isClosed).toBe(true);
  });

  test.each<[unknown, object, string]>([
    [5, {}, "progress: number 5 where something to iterate over is needed."],
    [undefined, {}, "progress: undefined undefined where something to iterate over is needed."],
    [[1], { total: -1 }, "progress: total must be a whole number of at least 0, got -1."],
  ])("%j with %j is a mistake", (items, options, sentence) => {
    expect(() => progress(items as never, options)).toThrow(sentence);
  });
});

describe("events", () => {
  test("count what is done", () => {
    const reports: train.Report[] = [];
    for (const _ of progress([1, 2, 3], { label: "rows", sink: false, onProgress: (r) => void reports.push(r) }));
    expect(reports.map(({ done, state }) => `${done} ${state}`)).toEqual([
      "0 running",
      "1 running",
      "2 running",
      "3 running",
      "3 done",
    ]);
    expect(reports.every(({ total, label }) => total === 3 && label === "rows")).toBe(true);
    expect(reports.at(-1)!.remaining).toBe(0);
  });

  test("tell rate and what is left by the clock", () => {
    vi.useFakeTimers({ toFake: ["performance"] });
    const reports: train.Report[] = [];
    for (const _ of progress([1, 2, 3, 4], { sink: false, onProgress: (r) => void reports.push(r) }))
      vi.advanceTimersByTime(500);
    expect(reports.map(({ rate, remaining, seconds }) => [rate, remaining, seconds])).toEqual([
      [0, undefined, 0],
      [2, 1.5, 0.5],
      [2, 1, 1],
      [2, 0.5, 1.5],
      [2, 0, 2],
      [2, 0, 2],
    ]);
  });

  test("say when a loop was left", () => {
    const reports: train.Report[] = [];
    for (const item of progress([1, 2, 3], { sink: false, onProgress: (r) => void reports.push(r) }))
      if (item === 2) break;
    expect(reports.at(-1)).toMatchObject({ done: 1, state: "stopped" });
  });
});

describe("in a notebook", () => {
  test("one display is updated in place, at most five times a second, and is right at the end", () => {
    vi.useFakeTimers({ toFake: ["performance"] });
    const places = fakeDisplay();
    for (const _ of progress(Array(100).fill(0), { label: "rows" })) vi.advanceTimersByTime(20);
    expect(places).toHaveLength(1);
    expect(places[0]!.length).toBe(12);
    expect(places[0]![0]!["text/plain"]).toBe("rows 0/100");
    expect(places[0]![5]!["text/plain"]).toBe("rows 50/100 · 50.0/s · 1.0 s left");
    expect(places[0]!.at(-1)!["text/plain"]).toBe("rows 100/100 · 2.0 s · 50.0/s");
    expect(places[0]!.at(-1)!["text/html"]).toContain('<progress value="100" max="100"');
  });

  test("loops inside each other share it; at the end the outermost is left", () => {
    vi.useFakeTimers({ toFake: ["performance"] });
    const places = fakeDisplay();
    for (const _ of progress([1, 2], { label: "outer" }))
      for (const _ of progress([1, 2, 3], { label: "inner" })) vi.advanceTimersByTime(300);
    expect(places).toHaveLength(1);
    expect(places[0]!.some((shown) => /^outer 1\/2 .*\ninner 2\/3 /.test(shown["text/plain"]))).toBe(true);
    expect(places[0]!.at(-1)!["text/plain"]).toBe("outer 2/2 · 1.8 s · 1.11/s");
  });

  test("loops one after the other have places of their own", () => {
    const places = fakeDisplay();
    for (const _ of progress([1]));
    for (const _ of progress([1]));
    expect(places).toHaveLength(2);
  });

  test("loops beside each other both have a final state", async () => {
    const sink = fakeSink();
    const loop = async (label: string, n: number) => {
      for (const _ of progress(Array(n).fill(0), { label, sink })) await null;
    };
    await Promise.all([loop("short", 2), loop("long", 5)]);
    expect(sink.ended).toHaveLength(1);
    expect(sink.ended[0]!.map(({ label, done, state }) => [label, done, state])).toEqual([
      ["short", 2, "done"],
      ["long", 5, "done"],
    ]);
  });

  test("what an interrupted cell left behind does not hold the next one's bar", () => {
    vi.useFakeTimers({ toFake: ["performance"] });
    const places = fakeDisplay();
    const left = progress([1, 2, 3])[Symbol.iterator]();
    left.next();
    vi.advanceTimersByTime(6000);
    for (const _ of progress([1]));
    expect(places.map((place) => place.at(-1)!["text/plain"].slice(0, 3))).toEqual(["0/3", "1/1"]);
  });

  test("nor where the kernel says that the cell was stopped, at once", () => {
    const [places, shown] = [fakeDisplay(), (globalThis as unknown as { display(value: unknown): object }).display];
    vi.stubGlobal("display", (value: unknown) => Object.assign(shown(value), { isStopped: true }));
    progress([1, 2, 3])[Symbol.iterator]().next();
    for (const _ of progress([1]));
    expect(places.map((place) => place.at(-1)!["text/plain"].slice(0, 3))).toEqual(["0/3", "1/1"]);
  });

  test("nor where the kernel stops the timers of a stopped cell", async () => {
    const places = fakeDisplay();
    const { setImmediate } = globalThis;
    vi.stubGlobal("setImmediate", () => undefined);
    progress([1, 2, 3])[Symbol.iterator]().next();
    for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve));
    for (const _ of progress([1]));
    expect(places.map((place) => place.at(-1)!["text/plain"].slice(0, 3))).toEqual(["0/3", "1/1"]);
  });

  test("a loop that waits long for something keeps its place", async () => {
    const places = fakeDisplay();
    for (const _ of progress([1, 2], { label: "outer" })) {
      await new Promise((resolve) => setTimeout(resolve, 250));
      for (const _ of progress([1], { label: "inner" }));
    }
    expect(places).toHaveLength(1);
  });

  test("labels are text, also in HTML; a total that is not known is counted", () => {
    const places = fakeDisplay();
    function* items() {
      yield 1;
    }
    for (const _ of progress(items(), { label: "<script>" }));
    expect(places[0]![0]!["text/html"]).toContain("<progress style");
    expect(places[0]!.at(-1)!["text/html"]).toContain("&#60;script&#62; 1 ·");
    expect(places[0]!.at(-1)!["text/html"]).toContain('<progress value="1" max="1"');
  });

  test("somebody else's display, without a handle, is called once", () => {
    const foreign = vi.fn();
    vi.stubGlobal("display", foreign);
    for (const _ of progress([1, 2, 3]));
    expect(foreign).toHaveBeenCalledTimes(1);
  });
});

describe("in a terminal", () => {
  test("one line is written over, cut to the width, ended at the end", () => {
    vi.useFakeTimers({ toFake: ["performance"] });
    let text = "";
    const sink = toTerminal({ isTTY: true, columns: 60, write: (part) => (text += part) })!;
    for (const _ of progress([1, 2], { label: "rows", sink })) vi.advanceTimersByTime(1000);
    expect(text.split("\r\x1b[K")).toEqual([
      "",
      "──────────────────── 0% rows 0/2",
      "━━━━━━━━━━────────── 50% rows 1/2 · 1.00/s · 1.0 s left",
      "━━━━━━━━━━━━━━━━━━━━ 100% rows 2/2 · 1.00/s · 0.0 s left",
      "━━━━━━━━━━━━━━━━━━━━ 100% rows 2/2 · 2.0 s · 1.00/s\n",
    ]);
    text = "";
    for (const _ of progress([1], { label: "x".repeat(200), sink }));
    expect(text.split("\r\x1b[K").every((part) => part.trimEnd().length < 60)).toBe(true);
  });

  test("a log stays as it is", () => {
    expect(toTerminal({ isTTY: false, write: () => expect.unreachable() })).toBeUndefined();
    expect(toTerminal(undefined)?.show).toBe(process.stderr.isTTY ? expect.anything() : undefined);
  });
});
