import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Browser, Page } from "playwright-core";
import { type JupyterServer, startJupyterServer } from "../conformance/jupyter-server.ts";
import { startChromium } from "./chromium.ts";
import { LabNotebook } from "./notebook.ts";

/** Not kept in the repository; to be looked at. */
const PICTURES = resolve(import.meta.dirname, "../../out/browser");

/** JupyterLab with our kernel, and a browser to look at it. */
export interface Lab {
  /** A notebook of these cells, opened in a page of its own with a kernel of its own. */
  open(name: string, cells: readonly string[]): Promise<LabNotebook>;
  /** A notebook that was saved, as somebody finds it. */
  openSaved(name: string, theme: Theme): Promise<LabNotebook>;
  /** Any other page. */
  newPage(): Promise<Page>;
  /** A saved notebook as a file. */
  read(name: string): SavedNotebook;
  /** Where notebooks lie, and what they write. */
  readonly folder: string;
  stop(): Promise<void>;
}

export interface SavedNotebook {
  readonly cells: readonly {
    readonly outputs: readonly {
      readonly output_type: string;
      readonly data?: Readonly<Record<string, unknown>>;
      readonly ename?: string;
    }[];
  }[];
}

export type Theme = "JupyterLab Light" | "JupyterLab Dark";

export async function startLab(python: string): Promise<Lab> {
  const [server, browser] = await startBoth(python);
  mkdirSync(PICTURES, { recursive: true });
  const openSaved = async (name: string, theme: Theme) => {
    const page = await browser.newPage({ viewport: { width: 1200, height: 1000 } });
    const notebook = new LabNotebook(page, PICTURES);
    await notebook.open(`${server.url}doc/tree/${name}.ipynb?token=${server.token}`, theme);
    return notebook;
  };
  return {
    async open(name, cells) {
      writeFileSync(join(server.notebooks, `${name}.ipynb`), toNotebook(cells));
      return await openSaved(name, "JupyterLab Light");
    },
    openSaved,
    newPage: () => browser.newPage(),
    read: (name) => JSON.parse(readFileSync(join(server.notebooks, `${name}.ipynb`), "utf8")) as SavedNotebook,
    folder: server.notebooks,
    async stop() {
      await browser.close();
      await server.stop();
    },
  };
}

async function startBoth(python: string): Promise<[JupyterServer, Browser]> {
  const starting = startJupyterServer(python, {
    module: "jupyterlab",
    // tests ask the page's application what state it is in
    options: ["--LabApp.expose_app_in_browser=True"],
    files: { "config/labconfig/default_setting_overrides.json": JSON.stringify(SETTINGS) },
  });
  const [server, browser] = await Promise.allSettled([starting, startChromium()]);
  if (server.status === "fulfilled" && browser.status === "fulfilled") return [server.value, browser.value];
  if (server.status === "fulfilled") await server.value.stop();
  if (browser.status === "fulfilled") await browser.value.close();
  throw server.status === "rejected" ? server.reason : (browser as PromiseRejectedResult).reason;
}

/** Cells are in the page whether they are seen or not, and nothing asks for anything. */
const SETTINGS = {
  "@jupyterlab/notebook-extension:tracker": { windowingMode: "none", defaultCell: "code" },
  "@jupyterlab/apputils-extension:notification": { fetchNews: "false", checkForUpdates: false },
};

function toNotebook(cells: readonly string[]): string {
  const kernelspec = { name: "lossbook", display_name: "TypeScript (Lossbook)", language: "typescript" };
  return JSON.stringify({
    cells: cells.map((source, i) => ({
      cell_type: "code",
      execution_count: null,
      id: `cell-${i}`,
      metadata: {},
      outputs: [],
      source,
    })),
    metadata: { kernelspec },
    nbformat: 4,
    nbformat_minor: 5,
  });
}
