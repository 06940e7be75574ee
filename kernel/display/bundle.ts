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
    return shown instanceof Promise
      ? shown.then((found) => describePicture(found ?? plain()), fall)
      : describePicture(shown ?? plain());
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

/** What a picture shows, said where nbconvert looks for it: a chart's text form is its alternative text. */
function describePicture(shown: Shown): Shown {
  const { "image/png": picture, "text/plain": text } = shown.data;
  if (picture === undefined || typeof text !== "string") return shown;
  const known = shown.metadata["image/png"] as object | undefined;
  return { ...shown, metadata: { ...shown.metadata, "image/png": { alt: text, ...known } } };
}

function fromDisplayable(value: object): Shown | undefined {
  return value instanceof Displayable ? value.shown : undefined;
}
