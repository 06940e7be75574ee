import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { type Expression, parseSync } from "oxc-parser";
import { findTypeRoot } from "./executable.ts";

export interface ConfigurationOptions {
  cwd: string;
  ambient: string[];
  served: Record<string, string>;
}

/** The `tsconfig.json` that TypeScript sees in the notebook's folder: ours, with what the folder's own one says about strictness, libraries and paths. */
export function toConfiguration({ cwd, ambient, served }: ConfigurationOptions): Record<string, unknown> {
  const own = readConfiguration(join(cwd, "tsconfig.json"));
  const options = own["compilerOptions"] as Record<string, unknown> | undefined;
  const kept = Object.fromEntries(
    Object.entries(options ?? {}).filter(([name]) => !(name in FORCED) && !DROPPED.has(name)),
  );
  const paths = Object.fromEntries(Object.entries(served).map(([specifier, file]) => [specifier, [file]]));
  const types = new Set(["node", ...((options?.["types"] as string[] | undefined) ?? [])]);
  return {
    ...(own["extends"] === undefined ? {} : { extends: own["extends"] }),
    compilerOptions: {
      ...DEFAULTS,
      typeRoots: [...findTypeRoots(cwd), findTypeRoot()],
      ...kept,
      ...FORCED,
      types: [...types],
      paths: { ...(kept["paths"] as Record<string, string[]> | undefined), ...paths },
    },
    files: ambient,
    include: ["lossbook-cell-*.ts", "*.d.ts"],
  };
}

/** Whether the notebook's folder asks for the decorators of old. */
export function hasLegacyDecorators(cwd: string): boolean {
  const options = readConfiguration(join(cwd, "tsconfig.json"))["compilerOptions"];
  return (options as Record<string, unknown> | undefined)?.["experimentalDecorators"] === true;
}

const DEFAULTS = { strict: true, lib: ["esnext"] };

const FORCED = {
  target: "esnext",
  module: "preserve",
  moduleResolution: "bundler",
  moduleDetection: "force",
  noEmit: true,
  allowImportingTsExtensions: true,
  resolveJsonModule: true,
  esModuleInterop: true,
  skipLibCheck: true,
  isolatedModules: false,
  verbatimModuleSyntax: false,
  erasableSyntaxOnly: false,
  noUnusedLocals: false,
  noUnusedParameters: false,
  allowUnusedLabels: true,
  allowUnreachableCode: true,
  checkJs: false,
};

/** What is about output, or about a project of many files. */
const DROPPED = new Set(
  "composite declaration declarationDir declarationMap emitDeclarationOnly incremental inlineSourceMap inlineSources isolatedDeclarations mapRoot outDir outFile rootDir rootDirs sourceMap sourceRoot tsBuildInfoFile useDefineForClassFields baseUrl rewriteRelativeImportExtensions importHelpers noEmitOnError".split(
    " ",
  ),
);

function findTypeRoots(folder: string): string[] {
  const root = join(folder, "node_modules", "@types");
  const parent = dirname(folder);
  return parent === folder ? [root] : [root, ...findTypeRoots(parent)];
}

/** JSON with comments and trailing commas, which is an expression of JavaScript. */
function readConfiguration(file: string): Record<string, unknown> {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch {
    return {};
  }
  const statement = parseSync("tsconfig.js", `(${text.replace(/^\uFEFF/, "")}\n)`).program.body[0];
  const value = statement?.type === "ExpressionStatement" ? toValue(statement.expression) : undefined;
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}

function toValue(node: Expression): unknown {
  if (node.type === "ParenthesizedExpression") return toValue(node.expression);
  if (node.type === "Literal") return node.value;
  if (node.type === "ArrayExpression") {
    return node.elements.map((element) =>
      element === null || element.type === "SpreadElement" ? null : toValue(element),
    );
  }
  if (node.type !== "ObjectExpression") return undefined;
  return Object.fromEntries(
    node.properties.flatMap((property) =>
      property.type === "Property" && property.key.type === "Literal"
        ? [[property.key.value, toValue(property.value)]]
        : [],
    ),
  );
}
