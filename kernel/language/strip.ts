import { transformSync } from "oxc-transform";

export interface Stripped {
  code: string;
  /** The mappings of a source map (version 3) from `code` to the text. */
  mappings: string;
}

export interface StripOptions {
  /** `experimentalDecorators` of the notebook's own configuration. */
  legacyDecorators: boolean;
}

/** Types go, enums and namespaces become objects, `using` becomes `try … finally`; nothing when that is beyond oxc. */
export function strip(text: string): Stripped | undefined {
  const { code, map, errors } = transformSync("cell.ts", text, OPTIONS);
  return errors.length > 0 || map === undefined ? undefined : { code, mappings: map.mappings };
}

/** Decorators, and namespaces that oxc does not do. esbuild is loaded when the first of them comes. */
export async function stripSlowly(text: string, { legacyDecorators }: StripOptions): Promise<Stripped> {
  const { transform, stop } = await import("esbuild");
  try {
    const { code, map } = await transform(text, {
      loader: "ts",
      format: "esm",
      target: ["es2022", "node20.0"],
      sourcemap: "external",
      logLevel: "silent",
      tsconfigRaw: {
        compilerOptions: { experimentalDecorators: legacyDecorators, target: "es2022", verbatimModuleSyntax: true },
      },
    });
    return { code, mappings: (JSON.parse(map) as { mappings: string }).mappings };
  } finally {
    await stop();
  }
}

const OPTIONS = {
  lang: "ts",
  sourceType: "module",
  target: "es2022",
  sourcemap: true,
  helpers: { mode: "External" },
} as Parameters<typeof transformSync>[2];
