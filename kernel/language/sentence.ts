/** `Wrong<"sentence">`, as TypeScript writes it out. */
const SENTENCE = /(?:Wrong<|\{ readonly " ": )("(?:[^"\\]|\\.)*")(?:>|;? \})/;

/**
 * A library may say a mistake as a type: an argument that does not fit is asked to be a `{ readonly " ": "sentence" }` as well. Of a
 * message that carries such a sentence nothing else is shown.
 */
export function toSentence(message: string): string | undefined {
  const quoted = SENTENCE.exec(message)?.[1];
  return quoted === undefined ? undefined : (JSON.parse(quoted) as string);
}
