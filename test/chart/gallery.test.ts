/**
 * Every chart on real data: its specification and its picture are those in `gallery/`. `UPDATE_GALLERY=1 npx vitest run test/chart/gallery.test.ts`
 * draws them anew; look at them before you commit.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import * as chart from "../../src/chart/index.ts";
import { SCALE, toPixels } from "../../src/chart/png.ts";
import type { Specification } from "../../src/chart/specification.ts";
import { cases } from "./cases/index.ts";
import { draw } from "./validity.ts";

const GALLERY = resolve(import.meta.dirname, "gallery");
const UPDATE = process.env["UPDATE_GALLERY"] !== undefined;

/** Each chart is made once. */
const charts = new Map<string, Promise<chart.Chart>>();
function make(name: string): Promise<chart.Chart> {
  const made = charts.get(name) ?? Promise.resolve(cases[name]!());
  charts.set(name, made);
  return made;
}

describe.each(Object.keys(cases))("%s", (name) => {
  test("is the chart of the gallery, valid, and drawn without a warning", async () => {
    const { spec, description, rows } = await make(name);
    // what the last digit of a machine's arithmetic may change is left out
    const rounded = round(spec) as Specification;
    const files = { spec: join(GALLERY, `${name}.vl.json`), picture: join(GALLERY, `${name}.png`) };
    const text = `${JSON.stringify(rounded, null, 1)}\n`;
    if (UPDATE) writeFileSync(files.spec, text);
    expect(existsSync(files.spec), `UPDATE_GALLERY=1 makes ${files.spec}`).toBe(true);
    expect(text).toBe(readFileSync(files.spec, "utf8"));
    const { problems, svg } = await draw(rounded, SCALE);
    expect(problems).toEqual([]);
    const picture = Buffer.from(await toPixels(svg));
    if (UPDATE) writeFileSync(files.picture, picture);
    expect(picture.equals(readFileSync(files.picture)), "UPDATE_GALLERY=1 draws it anew").toBe(true);
    expect(description).toMatch(/^[A-Z0-9].*\.$/s);
    expect(description).not.toMatch(/undefined|NaN|\[object/);
    expect(rows.length, "the data table").toBeGreaterThan(0);
  });
});

test("every chart has a place in the gallery", () => {
  const functions = Object.entries(chart).filter(([name, each]) => typeof each === "function" && /^[a-z]/.test(name));
  const shown = new Set(Object.keys(cases).map((name) => name.split("-")[0]));
  // a table is no picture
  expect(functions.map(([name]) => name).filter((name) => name !== "table" && !shown.has(name))).toEqual([]);
});

test("the page shows them all", async () => {
  const page = join(GALLERY, "README.md");
  const names = Object.keys(cases);
  const text = toPage(await Promise.all(names.map(async (name) => [name, (await make(name)).description] as const)));
  if (UPDATE) writeFileSync(page, text);
  expect(readFileSync(page, "utf8")).toBe(text);
});

test("nothing lies in the gallery that no case makes", () => {
  const made = new Set(Object.keys(cases).flatMap((name) => [`${name}.vl.json`, `${name}.png`]));
  const others = ["README.md", "house-prices.png"];
  expect(readdirSync(GALLERY).filter((file) => !made.has(file) && !others.includes(file))).toEqual([]);
});

/** The gallery as GitHub shows it. */
function toPage(charts: readonly (readonly [name: string, description: string])[]): string {
  const text = (description: string) => description.replace(/[[\]<>]/g, "\\$&");
  const sections = charts.map(
    ([name, description]) =>
      `## ${name}\n\n![${text(description)}](${name}.png)\n\n${text(description)} [Specification](${name}.vl.json)\n`,
  );
  return `# Charts\n\nMade by \`test/chart/gallery.test.ts\`. \`npm run docs\` writes them as one page on which they can be touched.\n\n${sections.join("\n")}`;
}

/** Six digits of every number. */
function round(value: unknown): unknown {
  if (typeof value === "number") return Number(value.toPrecision(6));
  if (Array.isArray(value)) return value.map(round);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, round(each)]));
}
