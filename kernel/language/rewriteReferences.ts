import type { Node } from "oxc-parser";
import type { Analysis, Reference } from "./analyse.ts";
import type { Edits } from "./edit.ts";
import { findScope, type Scope } from "./scope.ts";

/** What a name means where it stands: something inside the cell, a name of the session, a global, or nothing that is known yet. */
type Meaning = "local" | "session" | "global" | "unknown";

export interface Resolver {
  meaning(name: string, scope: Scope): Meaning;
}

/** Names of this cell and of earlier cells belong to the session. */
export function createResolver(analysis: Analysis, isKnown: (name: string) => boolean): Resolver {
  return {
    meaning(name, scope) {
      const found = findScope(name, scope);
      if (found !== undefined) return found !== analysis.root || analysis.local.has(name) ? "local" : "session";
      if (isKnown(name) && !analysis.ambient.has(name)) return "session";
      return name === "arguments" || name === "eval" || name in globalThis ? "global" : "unknown";
    },
  };
}

/**
 * Names of the session become properties of `$`; a function that is called must not see `$` as `this`.
 * A name that nobody declared yet may be declared by a later cell, or be a global by then: it is looked up when it is used, and
 * a name that is still nowhere throws the ReferenceError it always throws.
 */
export function rewriteReferences(edits: Edits, analysis: Analysis, resolver: Resolver, $: string): void {
  for (const reference of analysis.references) {
    const meaning = resolver.meaning(reference.name, reference.scope);
    if (meaning === "local" || meaning === "global") continue;
    const { name, start } = reference;
    const found = meaning === "session" ? toSession(reference, $) : toLookup(reference, $);
    const isStart = found.startsWith("(") && analysis.starts.has(start);
    const text = `${isStart ? ";" : ""}${reference.isShorthand ? `${name}: ` : ""}${found}`;
    if (reference.role === "call") edits.replaceCallee(start, start + name.length, text);
    else edits.replace(start, start + name.length, text);
  }
  for (const { name, scope, value } of analysis.namings) {
    if (resolver.meaning(name, scope) === "session") rewriteNamed(edits, name, value);
  }
}

/** `{ f: () => 1 }.f`: a property of a session has no part in how functions are named, one of a literal has. */
export function rewriteNamed(edits: Edits, name: string, value: Node): void {
  if (!isAnonymous(value)) return;
  edits.insertBefore(value.start, name === "__proto__" ? '({["__proto__"]: ' : `({${name}: `);
  edits.insertAfter(value.end, `}).${name}`);
}

function toSession({ name, role }: Reference, $: string): string {
  return role === "call" ? `(0, ${$}.${name})` : `${$}.${name}`;
}

function toLookup({ name, role }: Reference, $: string): string {
  if (role === "write") return name;
  if (role === "typeof")
    return `("${name}" in ${$} ? ${$}.${name} : typeof ${name} === "undefined" ? undefined : ${name})`;
  return `("${name}" in ${$} ? ${$}.${name} : ${name})`;
}

function isAnonymous(value: Node): boolean {
  if (value.type === "ParenthesizedExpression") return isAnonymous(value.expression);
  if (value.type === "ArrowFunctionExpression") return true;
  return (value.type === "FunctionExpression" || value.type === "ClassExpression") && value.id === null;
}
