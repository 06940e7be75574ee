import { findSource } from "./definition.ts";
import { type Draft, writeDraft } from "./draft.ts";
import { findCallees, findWord } from "./identifier.ts";
import type { Notebook } from "./notebook.ts";

export interface Inspection {
  markdown: string;
  plain: string;
}

type Contents = string | { value: string } | (string | { value: string })[];

/** About the identifier at the offset, or else the function whose arguments are being written. */
export async function inspect(
  notebook: Notebook,
  source: string,
  offset: number,
  detail: 0 | 1,
): Promise<Inspection | undefined> {
  const draft = writeDraft(notebook, source);
  const word = findWord(source, offset);
  for (const place of [...(word === undefined ? [] : [word]), ...findCallees(source, offset)]) {
    const name = source.slice(place.start, place.end);
    const markdown =
      (await hover(notebook, draft, place.start)) ?? (await describeType(notebook, draft, name, place.start));
    if (markdown === undefined) continue;
    const definition = detail === 1 ? await findSource(notebook, draft, name, place.start) : undefined;
    const told = ITSELF.test(markdown) ? await tellCalls(notebook, name, markdown) : markdown;
    const whole = definition === undefined ? told : `${told}\n\n\`\`\`typescript\n${definition}\n\`\`\``;
    return { markdown: whole, plain: toPlain(whole) };
  }
  return undefined;
}

async function hover({ service }: Notebook, draft: Draft, offset: number): Promise<string | undefined> {
  const params = { position: draft.toDocument(offset) };
  const reply = await service
    .ask<{ contents: Contents } | null>("textDocument/hover", draft.document, params)
    .catch(() => null);
  if (reply === null) return undefined;
  const parts = Array.isArray(reply.contents) ? reply.contents : [reply.contents];
  const text = parts.map((part) => (typeof part === "string" ? part : part.value)).join("\n\n");
  const isNothing = text.trim() === "" || text.trim() === "```typescript\nany\n```";
  return isNothing ? undefined : toReadable(text);
}

/** What TypeScript says of a function with properties, and of a class. */
const ITSELF = /^const ([\w$]+): typeof \1$/m;

interface Signature {
  label: string;
  parameters?: { label: string | [start: number, end: number] }[];
}

/** In its place: how it is called. What comes of it depends on what is given. */
async function tellCalls(notebook: Notebook, name: string, markdown: string): Promise<string> {
  const { document, toDocument } = writeDraft(notebook, `${name}(`);
  const params = { position: toDocument(name.length + 1) };
  const reply = await notebook.service
    .ask<{ signatures: Signature[] } | null>("textDocument/signatureHelp", document, params)
    .catch(() => null);
  const calls = (reply?.signatures ?? []).map(
    ({ label, parameters = [] }) =>
      `function ${name}(${parameters.map(({ label: part }) => (typeof part === "string" ? part : label.slice(...part))).join(", ")})`,
  );
  return markdown.replace(ITSELF, () => (calls.length > 0 ? calls.join("\n") : `const ${name}`));
}

/** A type that stands alone is a mistake to TypeScript and a question to whoever asks. */
async function describeType(
  notebook: Notebook,
  draft: Draft,
  name: string,
  offset: number,
): Promise<string | undefined> {
  if (notebook.names.get(name)?.type === undefined) return undefined;
  const source = await findSource(notebook, draft, name, offset);
  return source === undefined ? undefined : `\`\`\`typescript\n${source}\n\`\`\``;
}

/** How a name came into this cell is no part of what it is. */
function toReadable(markdown: string): string {
  return markdown
    .replace(/^\(alias\) /gm, "")
    .replace(/\nimport [\w$]+(?= *\n```)/g, "")
    .replace(/import\("[^"]*lossbook-cell-[^"]*"\)\./g, "")
    .replace(/import\("[^"]*\/([^"/]+)"\)/g, 'import("$1")')
    .replace(/^const ([\w$]+): typeof import\("\1"\)$/gm, "namespace $1")
    .replace(/^module "[./][^"]*\/([^"/]+)"$/gm, "namespace $1")
    .replace(/\[([^\]]*)\]\(file:[^)]*\)/g, "`$1`")
    .trim();
}

/** Code stays as it is; of the text around it the marks go. */
function toPlain(markdown: string): string {
  const parts = markdown.split(/^```\w*\n([\s\S]*?)\n```$/m);
  return parts
    .map((part, index) => (index % 2 === 1 ? part : part.replace(/\[([^\]]*)\]\([^)]*\)/g, "$1").replace(MARKED, "$1")))
    .join("")
    .replace(/\n{3,}/g, "\n\n")
    .trim();
}

const MARKED = /[*`]{1,2}([^*`\n]+)[*`]{1,2}/g;
