import type { Analysis } from "./analyse.ts";
import type { Edits } from "./edit.ts";

/**
 * The session sees what is awaited: a cell that was stopped gets no answer any more, so that a loop around an `await` ends. The
 * promise itself is awaited all the same, or stacks would lose their `at async`.
 */
export function rewriteAwaits(edits: Edits, { awaited }: Analysis, $cell: string): void {
  for (const { node, isEach } of awaited) {
    edits.insertBefore(node.start, `${$cell}.${isEach ? "each" : "wait"}(`);
    edits.insertAfter(node.end, ")");
  }
}
