import type { Notebook } from "./notebook.ts";

export interface Completion {
  matches: string[];
  /** UTF-16 offsets into the code. */
  start: number;
  end: number;
  /** One for each match, in order. */
  items: { text: string; type: string; signature?: string; documentation?: string }[];
}

export async function complete(_notebook: Notebook, _source: string, offset: number): Promise<Completion> {
  return { matches: [], start: offset, end: offset, items: [] };
}
