import { join } from "node:path";
import type { Script } from "../protocol.ts";
import { cleanMessage } from "./message.ts";
import { findModuleSource } from "./module/source.ts";
import { findPosition } from "./position.ts";

/** Where a script came from: its name for a reader, and its source map or a way to get it. */
export interface Source {
  name: string;
  map: string | (() => string | undefined);
}

const sources = new Map<string, Source>();
const ours = [new URL("../", import.meta.url).href, new URL("../../display/", import.meta.url).href];
let scripts = 0;

/** A file name for V8, in the notebook's folder, that leads back to the cell. */
export function nameScript(script: Script, name: string): string {
  const filename = join(process.cwd(), `lossbook-cell-${++scripts}`);
  sources.set(filename, { name, map: script.map });
  return filename;
}

/** From now on stacks are in the coordinates of cells and local modules, and without frames of ours: also where the user prints them. */
export function mapStacks(): void {
  Error.prepareStackTrace = (error, frames) => {
    const lines = cutEnd(frames)
      .filter(isShown)
      .map((frame) => `\n    at ${toText(frame)}`);
    return `${toHead(error)}${lines.join("")}`;
  };
}

/** The same for a text: the head of V8's syntax errors (`/folder/lossbook-cell-3:2`), and stacks that were written in another thread. */
export function mapText(text: string): string {
  // The last frame also carries the brace that opens the error's own properties.
  const shown = text.replace(/\n\s+at (.*?)(?=( \{)?(\n|$))/g, (line) => (isHidden(line) ? "" : line));
  // What comes from another thread has lost its class, and Node says so.
  const whole = shown.replace(/^(\w+) \[Error\]:/, "$1:");
  const file = findFile(whole);
  return file ? whole.replace(file, () => sources.get(file)?.name ?? file) : whole;
}

/** The first cell's file that the text names: looked for backwards from its end, because a message may be one long word. */
function findFile(text: string): string | undefined {
  const found = /lossbook-cell-\d+(?=:)/.exec(text);
  if (!found) return undefined;
  let start = found.index;
  while (start > 0 && !/\s/.test(text[start - 1]!)) start--;
  return text.slice(start, found.index) + found[0];
}

/** Without what called the cell: our code, and Node's that called ours. */
function cutEnd(frames: NodeJS.CallSite[]): NodeJS.CallSite[] {
  const last = frames.findLastIndex((frame) => !isHidden(frame.getFileName() ?? "node:") && !isNode(frame));
  return frames.slice(last + 1).some((frame) => isOurs(frame.getFileName() ?? "")) ? frames.slice(0, last + 1) : frames;
}

function isNode(frame: NodeJS.CallSite): boolean {
  return frame.getFileName()?.startsWith("node:") ?? true;
}

/** `$imports` is what a compiled cell binds its imports with. */
function isShown(frame: NodeJS.CallSite): boolean {
  return frame.getFunctionName() !== "$imports" && !isHidden(frame.getFileName() ?? "");
}

function isHidden(place: string): boolean {
  return place.includes("node:internal/") || isOurs(place);
}

function isOurs(place: string): boolean {
  return ours.some((folder) => place.includes(folder));
}

/** V8 writes the frame; only the place in it is exchanged. */
function toText(frame: NodeJS.CallSite): string {
  const file = frame.getFileName();
  const source = file ? (sources.get(file) ?? findModuleSource(file)) : undefined;
  if (!file || !source) return String(frame);
  const [line, column] = [frame.getLineNumber() ?? 1, frame.getColumnNumber() ?? 1];
  const found = findPosition(file, source.map, line, column);
  return String(frame).replace(`${file}:${line}:${column}`, `${source.name}:${found.line}:${found.column}`);
}

function toHead(error: unknown): string {
  try {
    return cleanMessage(Error.prototype.toString.call(error));
  } catch {
    return "Error";
  }
}
