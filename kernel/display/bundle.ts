import { fromConvention } from "./convention.ts";
import { Displayable } from "./displayable.ts";
import { fromMarkup } from "./markup.ts";
import { toPlain } from "./plain.ts";
import type { Shown } from "./shown.ts";
import { fromVega } from "./vega.ts";

type Rule = (value: object) => Shown | undefined | Promise<Shown | undefined>;

/** The first rule that knows the value shows it. */
const rules: Rule[] = [fromDisplayable, fromConvention, fromVega, fromMarkup];

/**
 * The forms of a value; nothing for `undefined`. A renderer of the user's that fails is told to `complain`, and the value is shown as text.
 */
export function toShown(
  value: unknown,
  complain: (error: unknown) => void,
): Shown | undefined | Promise<Shown | undefined> {
  if (value === undefined) return undefined;
  const plain = () => ({ data: { "text/plain": toPlain(value) }, metadata: {} });
  const fall = (error: unknown) => {
    complain(error);
    return plain();
  };
  try {
    const shown = applyRules(value);
    return shown instanceof Promise ? shown.then((found) => found ?? plain(), fall) : (shown ?? plain());
  } catch (error) {
    return fall(error);
  }
}

function applyRules(value: unknown): ReturnType<Rule> {
  if (value === null || (typeof value !== "object" && typeof value !== "function")) return undefined;
  for (const rule of rules) {
    const shown = rule(value);
    if (shown) return shown;
  }
  return undefined;
}

function fromDisplayable(value: object): Shown | undefined {
  return value instanceof Displayable ? value.shown : undefined;
}
