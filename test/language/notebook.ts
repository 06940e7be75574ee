import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import {
  createLanguage,
  type Language,
  type LanguageOptions,
  type Prepared,
  type Refused,
} from "../../kernel/language/language.ts";

/** A notebook in a folder of its own, with a language that checks its cells; nothing is run. */
export function openNotebook(files: Record<string, string> = {}, options: Partial<LanguageOptions> = {}) {
  const cwd = mkdtempSync(join(tmpdir(), "lossbook-language-"));
  const write = (name: string, text: string) => {
    mkdirSync(dirname(join(cwd, name)), { recursive: true });
    writeFileSync(join(cwd, name), text);
  };
  for (const [name, text] of Object.entries(files)) write(name, text);
  const language = createLanguage({ cwd, check: "error", ambient: [], served: {}, ...options });
  let count = 0;
  const prepare = (source: string): Promise<Prepared | Refused> =>
    language.prepare(source, { run: ++count, count, showResult: true });
  return {
    cwd,
    language,
    write,
    remove: (name: string) => rmSync(join(cwd, name), { recursive: true }),
    prepare,
    /** Prepares a cell and says that it ran to its end, or to a step; what is wrong with it, or nothing. */
    async check(source: string, completed = Number.POSITIVE_INFINITY): Promise<string[]> {
      const prepared = await prepare(source);
      if (prepared.status === "error") return prepared.error.traceback.filter((line) => line.startsWith("In ["));
      prepared.commit(completed);
      return prepared.warnings;
    },
    async close() {
      await language.close();
      rmSync(cwd, { recursive: true, force: true });
    },
  };
}

export type { Language };
