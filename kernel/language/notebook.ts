import type { Understood } from "./compile.ts";
import { hasLegacyDecorators, toConfiguration } from "./configuration.ts";
import { type CellDocument, Documents } from "./documents.ts";
import type { CheckLevel, LanguageOptions } from "./language.ts";
import { Library } from "./library.ts";
import { LocalModules } from "./localModules.ts";
import { documentsOf, type Names } from "./names.ts";
import { Packages } from "./packages.ts";
import type { Entry } from "./prepare.ts";
import { Recent } from "./recent.ts";
import { Service } from "./service.ts";

/** Everything that is known about the cells of one notebook. */
export interface Notebook {
  readonly service: Service;
  readonly documents: Documents;
  readonly local: LocalModules;
  readonly packages: Packages;
  readonly names: Names;
  readonly library: Library;
  /** Documents of cells that run now. */
  readonly running: Set<CellDocument>;
  readonly understood: Recent<Understood>;
  readonly prepared: Recent<Entry>;
  readonly level: CheckLevel;
  readonly legacyDecorators: boolean;
  /** Whether it was said that there is no check. */
  isWarned: boolean;
}

export function createNotebook(options: LanguageOptions): Notebook {
  const service = new Service(options.cwd, options.typescript);
  service.write("tsconfig.json", JSON.stringify(toConfiguration(options)));
  const names: Names = new Map();
  const running = new Set<CellDocument>();
  return {
    service,
    documents: new Documents(service, () => [...documentsOf(names), ...running]),
    local: new LocalModules(options.cwd),
    packages: new Packages(options.cwd),
    names,
    library: new Library(service, options.library ?? []),
    running,
    understood: new Recent(256),
    prepared: new Recent(256),
    level: options.check,
    legacyDecorators: hasLegacyDecorators(options.cwd),
    isWarned: false,
  };
}
