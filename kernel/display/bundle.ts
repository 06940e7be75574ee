import { inspect } from "node:util";

export function toBundle(
  value: unknown,
): { data: Record<string, unknown>; metadata: Record<string, unknown> } | undefined {
  if (value === undefined) return undefined;
  return { data: { "text/plain": inspect(value) }, metadata: {} };
}
