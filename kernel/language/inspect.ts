import type { Notebook } from "./notebook.ts";

export interface Inspection {
  markdown: string;
  plain: string;
}

export async function inspect(
  _notebook: Notebook,
  _source: string,
  _offset: number,
  _detail: 0 | 1,
): Promise<Inspection | undefined> {
  return undefined;
}
