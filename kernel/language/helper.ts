/** What a compiled cell brings along, as text: a cell needs nothing from the session but names, imports and its progress. */

/**
 * Puts imported names into the session. A CommonJS module that Node could not look into has its names in its default export. A name
 * that is missing is an error where the cell uses it as a value, with Node's words; otherwise it was a type.
 */
export const IMPORT_NAMES = [
  "const $imports = ($, module, names, found) => {",
  'const inner = found.default !== null && (typeof found.default === "object" || typeof found.default === "function") ? found.default : {};',
  "for (const [local, name, isUsed] of names) {",
  'if (name === "*") $[local] = found;',
  "else if (name in found) $[local] = found[name];",
  "else if (name in inner) $[local] = inner[name];",
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the text of a program
  "else if (isUsed) throw new SyntaxError(`The requested module '${module}' does not provide an export named '${name}'`);",
  "}",
  "};",
  'const $missing = (error) => { if (error?.code !== "ERR_MODULE_NOT_FOUND" && error?.code !== "ERR_PACKAGE_PATH_NOT_EXPORTED") throw error; return {}; };',
].join(" ");

/** `using` for engines that lack it: resources are disposed in reverse order, errors are kept together. */
export const USING = [
  "const babelHelpers = { usingCtx() {",
  'const Suppressed = typeof SuppressedError === "function" ? SuppressedError : class SuppressedError extends Error { constructor(error, suppressed, message) { super(message); this.name = "SuppressedError"; this.error = error; this.suppressed = suppressed; } };',
  'const asyncDispose = Symbol.asyncDispose ?? Symbol.for("Symbol.asyncDispose"), dispose = Symbol.dispose ?? Symbol.for("Symbol.dispose");',
  "const empty = {}, stack = [];",
  "const using = (isAwait, value) => {",
  "if (value != null) {",
  'if (Object(value) !== value) throw new TypeError("using declarations can only be used with objects, functions, null, or undefined.");',
  "let method; if (isAwait) method = value[asyncDispose];",
  "if (method === undefined) { const inner = value[dispose]; method = isAwait && inner ? function () { try { inner.call(value); } catch (error) { return Promise.reject(error); } } : inner; }",
  'if (typeof method !== "function") throw new TypeError("Object is not disposable.");',
  "stack.push({ v: value, d: method, a: isAwait });",
  "} else if (isAwait) stack.push({ d: value, a: isAwait });",
  "return value; };",
  "return { e: empty, u: using.bind(null, false), a: using.bind(null, true), d() {",
  "let error = this.e, pending = 0, resource;",
  "const next = () => { while ((resource = stack.pop())) try {",
  "if (!resource.a && pending === 1) { pending = 0; stack.push(resource); return Promise.resolve().then(next); }",
  "if (resource.d) { const result = resource.d.call(resource.v); if (resource.a) { pending |= 2; return Promise.resolve(result).then(next, fail); } }",
  "else pending |= 1;",
  "} catch (thrown) { return fail(thrown); }",
  "if (pending === 1) return error === empty ? Promise.resolve() : Promise.reject(error);",
  "if (error !== empty) throw error; };",
  'const fail = (thrown) => { error = error === empty ? thrown : new Suppressed(thrown, error, "An error was suppressed during disposal"); return next(); };',
  "return next(); } }; } };",
].join(" ");
