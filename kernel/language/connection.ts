import { type ChildProcess, spawn } from "node:child_process";
import {
  createMessageConnection,
  type MessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-jsonrpc/node";

export interface Connection {
  readonly pid: number | undefined;
  readonly isOpen: boolean;
  request<Result>(method: string, params: unknown): Promise<Result>;
  notify(method: string, params: unknown): void;
  close(): Promise<void>;
}

/**
 * Starts TypeScript as a language server for a folder. It has a process group of its own, so that Ctrl-C for the kernel does not
 * reach it, and it ends when its stdin ends, so that it never outlives the kernel.
 */
export async function connect(executable: string, root: string): Promise<Connection> {
  const child = spawn(executable, ["--lsp", "--stdio"], {
    stdio: ["pipe", "pipe", "ignore"],
    detached: true,
    windowsHide: true,
    // The default waits until the heap has doubled: a quarter costs the median cell nothing, and takes 50 MB less.
    env: { GOGC: "25", ...process.env },
  });
  const exited = new Promise<void>((resolve) => child.once("exit", () => resolve()).once("error", () => resolve()));
  const rpc = createMessageConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
    QUIET,
  );
  let isOpen = true;
  const end = new Promise<never>((_, reject) => {
    rpc.onClose(() => {
      isOpen = false;
    });
    const fail = (error?: Error) => {
      isOpen = false;
      rpc.dispose();
      reject(error ?? new Error("TypeScript has ended."));
    };
    child.once("exit", () => fail()).once("error", fail);
    child.stdin.once("error", fail);
  });
  end.catch(() => {});
  listen(rpc);
  const connection: Connection = {
    pid: child.pid,
    get isOpen() {
      return isOpen;
    },
    request: (method, params) =>
      Promise.race([
        (params === undefined ? rpc.sendRequest(method) : rpc.sendRequest(method, params)) as Promise<never>,
        end,
      ]),
    notify(method, params) {
      // What cannot be told to a process that has ended is told to the next one.
      if (isOpen) rpc.sendNotification(method, params).catch(() => {});
    },
    close() {
      isOpen = false;
      return close(child, exited);
    },
  };
  await connection.request("initialize", toInitialize(root));
  connection.notify("initialized", {});
  return connection;
}

/** What another cell declares is no import to suggest. And nobody has asked TypeScript to run npm, which it does to look for types. */
const PREFERENCES = { suggest: { autoImports: false }, disableAutomaticTypeAcquisition: true };

const QUIET = { error() {}, warn() {}, info() {}, log() {} };

function listen(rpc: MessageConnection): void {
  rpc.onRequest((method: string, params: unknown) =>
    method === "workspace/configuration" ? (params as { items: unknown[] }).items.map(() => PREFERENCES) : null,
  );
  rpc.onNotification(() => {});
  rpc.onError(() => {});
  rpc.listen();
}

function toInitialize(root: string) {
  return {
    processId: process.pid,
    rootUri: root,
    workspaceFolders: [{ uri: root, name: "notebook" }],
    capabilities: {
      workspace: { configuration: true },
      textDocument: {
        diagnostic: { relatedInformation: true },
        completion: {
          completionItem: { documentationFormat: ["markdown", "plaintext"], snippetSupport: false },
          contextSupport: true,
        },
        hover: { contentFormat: ["markdown", "plaintext"] },
        signatureHelp: { signatureInformation: { documentationFormat: ["markdown", "plaintext"] } },
      },
    },
  };
}

async function close(child: ChildProcess, exited: Promise<void>): Promise<void> {
  child.stdin?.end();
  const timer = setTimeout(() => child.kill("SIGKILL"), 500);
  await exited;
  clearTimeout(timer);
}
