/** What a training shows while it runs: in a notebook a display with bar and curve, in a terminal a line. The browser's side is `test/browser`. */
import { afterEach, describe, expect, test, vi } from "vitest";
import { data, loss, metric, nn, progress, type Tensor, train } from "../../src/index.ts";
import { toTerminal } from "../../src/train/progress/terminal.ts";
import { findProblems } from "../chart/validity.ts";

type Forms = Readonly<Record<string, unknown>>;
interface Shown {
  readonly value: unknown;
  readonly ifStopped: unknown;
}

const DISPLAY = Symbol.for("Jupyter.display");
const VEGA = "application/vnd.vegalite.v5+json";

/** A kernel's `display`, and what it was given, by place. */
function fakeDisplay(): Shown[][] {
  const places: Shown[][] = [];
  const toShown = (value: unknown, options: { readonly ifStopped?: unknown } = {}) => ({
    value,
    ifStopped: options.ifStopped,
  });
  vi.stubGlobal("display", (value: unknown, options?: object) => {
    const place = [toShown(value, options)];
    places.push(place);
    return { id: "1", update: (next: unknown, how?: object) => place.push(toShown(next, how)) };
  });
  return places;
}

const formsOf = async (value: unknown): Promise<Forms> => await (value as Record<symbol, () => Forms>)[DISPLAY]!();
const lastOf = (place: readonly Shown[] | undefined): Promise<Forms> => formsOf(place!.at(-1)!.value);
const textOf = async (value: unknown): Promise<string> => String((await formsOf(value))["text/plain"]);

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

const model = nn.linear(4, 3);
const options = {
  data: data.iris(),
  loss: loss.crossEntropy,
  epochs: 5,
  validation: 0.2,
  seed: 1,
  compile: false,
} as const;
const metrics = { accuracy: (y: Tensor, p: Tensor) => metric.accuracy(y, p.argmax(-1)) };

/** After each step so much time has gone, by the clock that the display goes by. */
function slow(ms: number) {
  vi.useFakeTimers({ toFake: ["performance"] });
  return { onStep: () => void vi.advanceTimersByTime(ms) };
}

describe("in a notebook", () => {
  test("one display: a bar and the curve while it runs, the chart with its picture at the end", async () => {
    const places = fakeDisplay();
    await train.fit(model, { ...options, metrics, callbacks: slow(100) });
    expect(places).toHaveLength(1);
    const forms = await Promise.all(places[0]!.map(({ value }) => formsOf(value)));
    // 20 steps of 0.1 s
    expect(forms.length).toBeLessThanOrEqual(2 * 5 + 3);
    for (const each of forms.slice(0, -1)) expect(Object.keys(each)).toEqual(["text/plain", "text/html"]);
    expect(forms[0]).toMatchObject({ "text/plain": "epoch 1/5, step 0/20 · TypeScript, op by op" });
    expect(forms[6]!["text/plain"]).toMatch(
      /^epoch 4\/5, step 13\/20 · 10\.8\/s · 0\.6 s left · loss [\d.]+ · validation [\d.]+ · accuracy 0\.\d+ · TypeScript, op by op$/,
    );
    expect(forms[4]!["text/html"]).toMatch(/<progress value="9" max="20".*<svg .*aria-label="loss by step"/s);
    expect(forms[6]!["text/html"]).toContain('aria-label="loss by epoch"');
    const { [VEGA]: spec, "image/png": picture, "text/plain": text, ...others } = forms.at(-1)!;
    expect(others).toEqual({});
    expect(
      Buffer.from(picture as string, "base64")
        .subarray(1, 4)
        .toString(),
    ).toBe("PNG");
    expect(await findProblems(spec as never)).toEqual([]);
    expect(text).toMatch(
      /^epoch 5\/5, step 20\/20 · 2\.0 s · 10\.0\/s · loss .*\nTraining loss falls from .* to .* in 5 epochs; validation is lowest/,
    );
  });

  test("what stands there if the cell is stopped says where, and keeps the curve; it is ready at once", async () => {
    const places = fakeDisplay();
    await train.fit(model, { ...options, callbacks: slow(100) });
    const [first, ...later] = places[0]!.slice(0, -2).map(({ ifStopped }) => ifStopped);
    expect(await textOf(first)).toBe("stopped at epoch 1/5, step 0/20 after 0.0 s · TypeScript, op by op");
    const last = (later.at(-1) as Record<symbol, () => Forms>)[DISPLAY]!();
    expect(Object.keys(last)).toEqual([VEGA, "text/plain"]);
    expect(last["text/plain"]).toMatch(/^stopped at .*\nTraining loss falls from /);
    const { title } = last[VEGA] as { title: { subtitle: string[] } };
    expect(title.subtitle.join(" ")).toMatch(/^stopped at epoch 5\/5, step 19\/20 after 1\.8 s · 10\.6\/s · loss/);
    expect(await findProblems(last[VEGA] as never)).toEqual([]);
    // with the picture the place is as it stays
    expect(places[0]!.at(-1)!.ifStopped).toBeUndefined();
  });

  test("an error leaves the curve, and says where it stopped", async () => {
    const places = fakeDisplay();
    const onEpoch = ({ epoch }: train.FitEvent) => (epoch === 4 ? Promise.reject(new Error("no")) : undefined);
    await expect(train.fit(model, { ...options, callbacks: { onEpoch } })).rejects.toThrow("no");
    const last = await lastOf(places[0]);
    expect(Object.keys(last).sort()).toEqual([VEGA, "image/png", "text/plain"]);
    expect(last["text/plain"]).toMatch(/^stopped at epoch 4\/5, step 16\/20 after /);
    expect((last[VEGA] as { title: { subtitle: string[] } }).title.subtitle[0]).toMatch(/^stopped at epoch 4\/5/);
  });

  test("few epochs are drawn by steps; a single step is no curve", async () => {
    const places = fakeDisplay();
    await train.fit(model, { ...options, epochs: 1 });
    expect((await lastOf(places[0]))["text/plain"]).toContain("in 4 steps.");
    await train.fit(model, { ...options, epochs: 1, batchSize: 1000 });
    expect(Object.keys(await lastOf(places[1]))).toEqual(["text/plain", "text/html"]);
  });

  test("batches of an unknown number are counted by epochs", async () => {
    const places = fakeDisplay();
    const { features, target } = data.iris();
    const batches = function* () {
      yield { x: features, y: target };
    };
    await train.fit(model, { data: batches, loss: loss.crossEntropy, epochs: 3 });
    expect((await lastOf(places[0]))["text/plain"]).toMatch(/^epoch 3\/3 · /);
  });

  test("inside another loop it is drawn there while it runs; what stays is that loop's bar", async () => {
    const places = fakeDisplay();
    const callbacks = slow(100);
    for (const seed of progress([1, 2], { label: "seeds" })) await train.fit(model, { ...options, seed, callbacks });
    expect(places).toHaveLength(1);
    const forms = await Promise.all(places[0]!.map(({ value }) => formsOf(value)));
    expect(forms.some((each) => /^seeds 1\/2 .*\nepoch 4\/5, step 1/.test(String(each["text/plain"])))).toBe(true);
    expect(forms.at(-1)!["text/plain"]).toMatch(/^seeds 2\/2 /);
    expect(forms.at(-1)!["text/html"]).not.toContain("<svg");
  });

  test.each([
    [3, 9],
    [9, 3],
  ])("two beside each other, of %i and %i epochs, have both charts", async (...epochs) => {
    const places = fakeDisplay();
    await Promise.all(epochs.map((each) => train.fit(model, { ...options, epochs: each })));
    const shown = await Promise.all(places.map((place) => lastOf(place)));
    expect(shown).toHaveLength(1);
    expect((shown[0]![VEGA] as { vconcat: unknown[] }).vconcat).toHaveLength(2);
  });

  test("a curve with gaps, of one value, of many points is drawn", async () => {
    const losses = [Number.NaN, 1, 1e9, Number.POSITIVE_INFINITY, 1];
    const bars = [
      losses,
      [3, 3, 3],
      Array.from({ length: 100_000 }, (_, i) => 1 / (i + 1)),
      [],
      [Number.NaN, Number.NaN],
    ];
    const { toView } = await import("../../src/train/progress/notebook.ts");
    const report = {
      label: "",
      done: 1,
      total: 2,
      seconds: 1,
      rate: 1,
      remaining: 1,
      note: "",
      state: "running",
    } as const;
    for (const train of bars) {
      const html = String((await formsOf(toView([{ ...report, curve: { train, step: "step" } }])))["text/html"]);
      expect(html).toContain("<svg");
      expect(html).not.toMatch(/NaN|Infinity|undefined/);
      expect(html.length).toBeLessThan(40_000);
    }
  });

  test('with "bar" only the bar, with false nothing; anything else is a mistake', async () => {
    const places = fakeDisplay();
    await train.fit(model, { ...options, progress: "bar" });
    expect(Object.keys(await lastOf(places[0]))).toEqual(["text/plain", "text/html"]);
    expect((await lastOf(places[0]))["text/html"]).not.toContain("<svg");
    await train.fit(model, { ...options, progress: false });
    expect(places).toHaveLength(1);
    await expect(train.fit(model, { ...options, progress: "none" as never })).rejects.toThrow(
      'fit: progress must be true, false or "bar", got "none".',
    );
  });

  test("what comes back shows its table folded where the curve stands, open where it does not", async () => {
    fakeDisplay();
    const html = async (how: object) =>
      String((await formsOf(await train.fit(model, { ...options, ...how })))["text/html"]);
    expect(await html({})).toMatch(/^<details><summary>5 epochs: training loss /);
    expect(await html({ progress: "bar" })).toMatch(/^<details open>/);
    vi.unstubAllGlobals();
    expect(await html({ progress: false })).toMatch(/^<details open>/);
  });
});

test("in a terminal it is one line", async () => {
  let text = "";
  const stream = { isTTY: true, columns: 110, write: (part: string) => (text += part) };
  vi.stubGlobal("process", Object.create(process, { stderr: { value: stream } }));
  await train.fit(model, { ...options, callbacks: slow(100) });
  const lines = text.split("\r\x1b[K");
  expect(lines[2]).toMatch(/^━━━───────────────── 15% epoch 1\/5, step 3\/20 · 15\.0\/s · 1\.1 s left · loss [\d.]+ /);
  expect(lines.at(-1)).toMatch(/^━{20} 100% epoch 5\/5, step 20\/20 · 2\.0 s · .*\n$/);
  expect(lines.every((line) => line.trimEnd().length < 110)).toBe(true);
  expect(toTerminal(stream)?.draws).toBeUndefined();
});
