import { decode, encode, type SourceMapMappings, type SourceMapSegment } from "@jridgewell/sourcemap-codec";
import type { Edited } from "./edit.ts";
import { Lines } from "./position.ts";

/** From compiled code over the edited text to what the user wrote: the map that a debugger or a stack trace reads. */
export function composeMap(
  mappings: string,
  edited: Edited,
  source: string,
  lead: number,
  linesBefore: number,
): string {
  const edits = new Lines(edited.text);
  const original = new Lines(source);
  const composed: SourceMapMappings = Array.from({ length: linesBefore }, () => []);
  for (const line of decode(mappings)) {
    const segments: SourceMapSegment[] = [];
    for (const segment of line) {
      if (segment.length === 1) continue;
      const offset = edited.toOriginal(edits.toOffset({ line: segment[2], character: segment[3] }));
      const { line: to, character } = original.toPosition(Math.min(Math.max(offset - lead, 0), source.length));
      segments.push([segment[0], 0, to, character]);
    }
    composed.push(segments);
  }
  return JSON.stringify({ version: 3, sources: ["cell"], names: [], mappings: encode(composed) });
}
