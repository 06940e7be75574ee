/** Entries as Markdown. */

/** One page: what can be called first, then classes, then types. */
export function writePage(page, entries) {
  const flat = entries.flatMap((entry) => flatten(entry, entry.name));
  const sections = SECTIONS.map(([title, kinds]) => {
    const found = merge(flat.filter(({ kind }) => kinds.includes(kind)));
    return found.length === 0 ? "" : `## ${title}\n\n${found.map(writeEntry).join("\n")}`;
  });
  return `# ${page}\n\n${sections.filter((text) => text !== "").join("\n")}`;
}

/** The list of pages, with the names on each. */
export function writeIndex(pages) {
  const lines = [...pages].map(([page, entries]) => {
    const names = entries
      .flatMap((entry) => flatten(entry, entry.name))
      .filter(({ kind }) => kind !== "type")
      .map(({ path }) => `\`${path}\``);
    return `## [${page}](${page}.md)\n\n${[...new Set(names)].join(", ")}\n`;
  });
  return `# Reference\n\nMade from the declarations by \`npm run docs\`.\n\n${lines.join("\n")}`;
}

const SECTIONS = [
  ["Functions", ["function", "const", "method"]],
  ["Classes", ["class"]],
  ["Types", ["type"]],
];

/** A namespace, and what hangs on an object or a function, are entries of their own: `optim.schedule.cosine`. */
function flatten(entry, path) {
  if (entry.kind === "namespace") return entry.members.flatMap((member) => flatten(member, `${path}.${member.name}`));
  if (!["const", "function"].includes(entry.kind)) return [{ ...entry, path }];
  const members = entry.members.flatMap((member) => flatten(member, `${path}.${member.name}`));
  return [{ ...entry, path, members: [] }, ...members];
}

/** Two names of one thing share an entry; the longer, which says where it is at home, comes first. */
function merge(entries) {
  const found = new Map();
  for (const entry of entries) {
    const same = found.get(entry.identity);
    if (same === undefined) found.set(entry.identity, { ...entry, paths: [entry.path] });
    else same.paths = [...new Set([...same.paths, entry.path])].sort((a, b) => b.length - a.length);
  }
  return [...found.values()];
}

function writeEntry({ paths, signatures, comment, options, members }) {
  return [
    `### ${paths.map((path) => `\`${path}\``).join(", ")}\n`,
    signatures.length > 0 ? writeCode(signatures.join("\n")) : "",
    ...writeComment(comment),
    writeMembers("Options", options),
    writeMembers("Members", members),
  ]
    .filter((text) => text !== "")
    .join("\n");
}

function writeComment({ text = "", example = [], throws = [], see = [] } = {}) {
  return [
    text === "" ? "" : `${text}\n`,
    example.length > 0 ? `Example:\n\n${writeCode(example.join("\n"))}` : "",
    throws.length > 0 ? `Errors:\n\n${throws.map((line) => `- ${toLine(line)}\n`).join("")}` : "",
    see.length > 0 ? `See ${see.map(toLine).join("; ")}\n` : "",
  ];
}

/** `- \`lr?: Rate\` – Learning rate.` */
function writeMembers(title, members) {
  if (members.length === 0) return "";
  const lines = members.map(({ signatures, comment }) => {
    const text = comment === undefined ? "" : ` – ${toLine(comment.text)}`;
    const thrown = (comment?.throws ?? []).map((line) => ` Throws ${toLine(line)}.`).join("");
    const shown = (comment?.example ?? []).map(toSpan).join(", ");
    const example = shown === "" ? "" : ` Example: ${shown}.`;
    return `- ${toSpan(toLine(signatures.join("; ")).replace(/^readonly /, ""))}${text}${example}${thrown}\n`;
  });
  return `${title}:\n\n${[...new Set(lines)].join("")}`;
}

function writeCode(text) {
  return `\`\`\`ts\n${text}\n\`\`\`\n`;
}

/** Code in a line, whatever marks are in it. */
function toSpan(code) {
  return code.includes("`") ? `\`\` ${code} \`\`` : `\`${code}\``;
}

function toLine(text) {
  return text.replace(/\s+/g, " ").trim();
}
