import { join } from "node:path";
import type { ConsoleMessage, Locator, Page } from "playwright-core";
import type { Theme } from "./lab.ts";

/** How long a state may be waited for: a first chart loads Vega, on a busy machine. */
const LIMIT_MS = 45_000;

/** Pixels of a picture, of what stands below the cells, and of the highest window that Chromium draws. */
const PAGE = 2_500;
const MARGIN = 60;
const TALLEST = 30_000;

/** A notebook in JupyterLab's page, driven as a user does it; waits are for states of the page, never for a time. */
export class LabNotebook {
  readonly page: Page;
  /** What the page said on its console as an error or a warning of Vega, and what was thrown. */
  readonly complaints: string[] = [];
  /** Dialogs that opened: nobody may. */
  readonly dialogs: string[] = [];
  readonly #pictures: string;

  constructor(page: Page, pictures: string) {
    this.page = page;
    this.#pictures = pictures;
    page.setDefaultTimeout(LIMIT_MS);
    page.on("console", (message) => this.#hear(message));
    page.on("pageerror", (error) => this.complaints.push(String(error)));
    page.on("dialog", (dialog) => {
      if (dialog.type() === "beforeunload") return void dialog.accept();
      this.dialogs.push(dialog.message());
      void dialog.dismiss();
    });
  }

  async open(url: string, theme: Theme): Promise<void> {
    await this.page.goto(url);
    await this.page.locator(".jp-NotebookPanel .jp-Cell").first().waitFor();
    // charts are drawn in the theme that they find
    if (await this.#setTheme(theme)) await this.page.reload();
    await this.idle();
  }

  /** One of JupyterLab's commands, as its menus and keys call them; resolves when it is done. */
  async command(id: string, args: object = {}): Promise<void> {
    await this.#call(id, args, true);
  }

  cell(index: number): Locator {
    return this.page.locator(".jp-NotebookPanel .jp-CodeCell").nth(index);
  }

  /** The places of a cell's output. */
  outputs(index: number): Locator {
    return this.cell(index).locator(".jp-OutputArea-output");
  }

  /** Selects a cell and runs it; does not wait. */
  async start(index: number): Promise<void> {
    await this.page.evaluate((index) => {
      (globalThis as unknown as Lab).jupyterapp.shell.currentWidget!.content.activeCellIndex = index;
    }, index);
    await this.#call("notebook:run-cell", {}, false);
  }

  /** Puts a text into a cell as typing does, in place of what stands there. */
  async type(index: number, text: string): Promise<void> {
    await this.cell(index).locator(".cm-content").click();
    await this.page.keyboard.press("Control+A");
    await this.page.keyboard.type(text);
  }

  async run(index: number): Promise<void> {
    await this.start(index);
    await this.done(index);
  }

  async runAll(): Promise<void> {
    await this.command("notebook:run-all-cells");
  }

  /** A number stands where the star was. */
  async done(index: number): Promise<void> {
    await this.cell(index)
      .locator(".jp-InputPrompt", { hasText: /\[\d+\]/ })
      .waitFor();
  }

  /** The kernel has started, and says that it has nothing to do. */
  async idle(): Promise<void> {
    await this.page.waitForFunction(
      () =>
        (globalThis as unknown as Lab).jupyterapp?.shell.currentWidget?.sessionContext?.session?.kernel?.status ===
        "idle",
    );
  }

  async save(): Promise<void> {
    await this.command("docmanager:save");
  }

  /** The kernel is told to stop as a user tells it: by the button. */
  async stop(): Promise<void> {
    await this.page.locator(".jp-NotebookPanel-toolbar [data-command='notebook:interrupt-kernel']").click();
  }

  /** Charts of a cell that stand there, drawn: by Vega in JupyterLab's own renderer. */
  charts(index: number): Locator {
    return this.outputs(index).locator(".vega-embed :is(canvas, svg.marks)");
  }

  /** Pictures of all cells for a person to look at: `name-1.png`, `name-2.png`, … */
  async picture(name: string): Promise<void> {
    const size = this.page.viewportSize()!;
    const cells = this.page.locator(".jp-NotebookPanel-notebook .jp-WindowedPanel-outer").first();
    const last = this.page.locator(".jp-NotebookPanel .jp-CodeCell").last();
    // as high as the cells are: what lies below the last one is empty
    await cells.evaluate((each) => each.scrollTo(0, 0));
    const { y, height: own } = (await last.boundingBox())!;
    const height = Math.ceil(Math.max(y + own + MARGIN, size.height));
    await this.page.setViewportSize({ ...size, height: Math.min(height, TALLEST) });
    for (let from = 0, page = 1; from < height; from += PAGE, page++) {
      const clip = { x: 0, y: from, width: size.width, height: Math.min(PAGE, height - from) };
      await this.page.screenshot({ path: join(this.#pictures, `${name}-${page}.png`), clip });
    }
    await this.page.setViewportSize(size);
  }

  async close(): Promise<void> {
    await this.command("kernelmenu:shutdown");
    await this.page.close();
  }

  /** True if it was another one. */
  async #setTheme(theme: Theme): Promise<boolean> {
    const name = () => this.page.locator("body").getAttribute("data-jp-theme-name");
    if ((await name()) === theme) return false;
    await this.command("apputils:change-theme", { theme });
    await this.page.locator(`body[data-jp-theme-name="${theme}"]`).waitFor({ state: "attached" });
    return true;
  }

  async #call(id: string, args: object, isAwaited: boolean): Promise<void> {
    await this.page.waitForFunction((id) => (globalThis as unknown as Lab).jupyterapp?.commands.hasCommand(id), id);
    const call = ([id, args, isAwaited]: [string, object, boolean]) => {
      const done = (globalThis as unknown as Lab).jupyterapp.commands.execute(id, args);
      return isAwaited ? done.then(() => undefined) : undefined;
    };
    await this.page.evaluate(call, [id, args, isAwaited] as [string, object, boolean]);
  }

  #hear(message: ConsoleMessage): void {
    const [type, text] = [message.type(), message.text()];
    if (type === "error" || (type === "warning" && /vega|scale|field/i.test(text))) this.complaints.push(text);
  }
}

/** What JupyterLab puts on its page for tests. */
interface Lab {
  readonly jupyterapp: {
    readonly commands: { hasCommand(id: string): boolean; execute(id: string, args: object): Promise<unknown> };
    readonly shell: {
      readonly currentWidget: {
        readonly content: { activeCellIndex: number };
        readonly sessionContext?: { readonly session?: { readonly kernel?: { readonly status: string } } };
      } | null;
    };
  };
}
