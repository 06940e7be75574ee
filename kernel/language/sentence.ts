/** `Wrong<"sentence">`, as TypeScript writes it out. */
const SENTENCE = /(?:Wrong<|\{ readonly (?:" "|' '): )("(?:[^"\\]|\\.)*"|`(?:[^`\\]|\\.)*`)(?:>|;? \})/;

/** The same, when it is so long that TypeScript breaks it off. */
const BROKEN = /(?:Wrong<|\{ readonly (?:" "|' '): )["`]([^"`]{20,})\.\.\.'/g;

/**
 * A library may say a mistake as a type: an argument that does not fit is asked to be a `{ readonly " ": "sentence" }` as well. Of a
 * message that carries such a sentence nothing else is shown.
 */
export function toSentence(message: string): string | undefined {
  const quoted = SENTENCE.exec(message)?.[1];
  if (quoted === undefined) return findBroken(message);
  if (quoted.startsWith('"')) return JSON.parse(quoted) as string;
  // A size that is not known stands in the sentence as its type, or as the alias that was to write it.
  return quoted
    .slice(1, -1)
    .replace(/\$\{(?:WriteSize<)?(\w+)>?\}/g, "$1")
    .replace(/\\(.)/g, "$1");
}

function findBroken(message: string): string | undefined {
  const [longest] = [...message.matchAll(BROKEN)].map(([, text = ""]) => text).sort((a, b) => b.length - a.length);
  return longest === undefined ? undefined : `${longest}…`;
}
