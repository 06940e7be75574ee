/** `Wrong<"sentence">`, as TypeScript writes it out. */
const SENTENCE = /(?:Wrong<|\{ readonly " ": )("(?:[^"\\]|\\.)*"|`(?:[^`\\]|\\.)*`)(?:>|;? \})/;

/**
 * A library may say a mistake as a type: an argument that does not fit is asked to be a `{ readonly " ": "sentence" }` as well. Of a
 * message that carries such a sentence nothing else is shown.
 */
export function toSentence(message: string): string | undefined {
  const quoted = SENTENCE.exec(message)?.[1];
  if (quoted === undefined) return undefined;
  if (quoted.startsWith('"')) return JSON.parse(quoted) as string;
  // A size that is not known stands in the sentence as its type.
  return quoted
    .slice(1, -1)
    .replace(/\$\{(\w+)\}/g, "$1")
    .replace(/\\(.)/g, "$1");
}
