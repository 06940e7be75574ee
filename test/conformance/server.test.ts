import {
  type Kernel,
  KernelManager,
  type KernelMessage,
  KernelSpecManager,
  ServerConnection,
} from "@jupyterlab/services";
import { afterAll, beforeAll, describe, expect, inject, it, vi } from "vitest";
import { type JupyterServer, startJupyterServer } from "./jupyter-server.ts";
import { refuse } from "./suite.ts";

const python = inject("python");
if ("reason" in python) refuse("jupyter_server", python.reason);
else describe("jupyter_server, as JupyterLab speaks to it", () => speakAsJupyterLab(python.path));

function speakAsJupyterLab(interpreter: string): void {
  let server: JupyterServer;
  let kernels: KernelManager;
  let kernel: Kernel.IKernelConnection;

  beforeAll(async () => {
    for (const name of ["log", "warn"] as const) vi.spyOn(console, name).mockImplementation(() => {}); // services reports connections
    server = await startJupyterServer(interpreter);
    const serverSettings = ServerConnection.makeSettings({
      baseUrl: server.url,
      wsUrl: server.url.replace("http", "ws"),
      token: server.token,
      appendToken: true,
    });
    kernels = new KernelManager({ serverSettings });
    kernel = await kernels.startNew({ name: "lossbook" });
  });

  afterAll(async () => {
    await kernels?.shutdownAll();
    kernels?.dispose();
    await server?.stop();
  });

  it("lists the kernelspec", async () => {
    const specs = new KernelSpecManager({ serverSettings: kernels.serverSettings });
    await specs.refreshSpecs();
    const spec = specs.specs?.kernelspecs["lossbook"];
    expect(spec?.language).toBe("typescript");
    expect(spec?.display_name).toBe("TypeScript (Lossbook)");
    expect(Object.keys(spec?.resources ?? {})).toEqual(expect.arrayContaining(["logo-svg"]));
    specs.dispose();
  });

  it("tells what it is", async () => {
    const info = await kernel.info;
    expect(info.language_info.name).toBe("typescript");
    expect(info.language_info.codemirror_mode).toBe("typescript");
    expect(kernel.supportsSubshells).toBe(true);
  });

  it("runs a cell", async () => {
    const { reply, outputs } = await run("const n: number = 6;\nconsole.log('six', n);\nn * 7");
    expect(reply.content.status).toBe("ok");
    expect(outputs.map((message) => message.header.msg_type)).toEqual(["stream", "execute_result"]);
    expect(outputs[1]!.content).toMatchObject({ data: { "text/plain": "42" } });
  });

  it("reports an error", async () => {
    const { reply, outputs } = await run("throw new RangeError('too far')");
    expect(reply.content).toMatchObject({ status: "error", ename: "RangeError", evalue: "too far" });
    expect(outputs.map((message) => message.header.msg_type)).toEqual(["error"]);
  });

  it("refuses a type error before anything runs", async () => {
    const { reply, outputs } = await run("console.log('ran');\nconst wrong: number = 'text';");
    expect(reply.content).toMatchObject({ status: "error", ename: "TypeScriptError" });
    expect(outputs.map((message) => message.header.msg_type)).toEqual(["error"]);
  });

  it("completes and inspects", async () => {
    const code = "'😀'; 'abc'.toUpperC";
    const completion = await kernel.requestComplete({ code, cursor_pos: [...code].length });
    expect(completion.content).toMatchObject({ status: "ok", matches: ["toUpperCase"] });
    const inspection = await kernel.requestInspect({ code: "Math.max", cursor_pos: 7, detail_level: 0 });
    expect(inspection.content).toMatchObject({ status: "ok", found: true });
  });

  it("asks for a line", async () => {
    const future = kernel.requestExecute({ code: "'<' + (await input('name? ')) + '>'", allow_stdin: true });
    const outputs = collect(future);
    future.onStdin = (message) => {
      if (message.header.msg_type !== "input_request") return;
      future.sendInputReply({ status: "ok", value: "Ada" }, message.header as KernelMessage.IInputRequestMsg["header"]);
    };
    expect((await future.done).content.status).toBe("ok");
    expect(JSON.stringify(outputs)).toContain("<Ada>");
  });

  it("stops and keeps the variables", async () => {
    await run("var kept = 'kept'");
    const future = kernel.requestExecute({ code: "console.log('ready'); while (true) {}" });
    await new Promise<void>((resolve) => {
      future.onIOPub = (message) => {
        if (message.header.msg_type === "stream") resolve();
      };
    });
    await kernel.interrupt();
    expect((await future.done).content).toMatchObject({ status: "error", ename: "KeyboardInterrupt" });
    expect(JSON.stringify((await run("kept")).outputs)).toContain("kept");
  });

  it("talks over a comm, both ways", async () => {
    await run(
      "comm.registerTarget('echo', (channel) => { channel.onMessage((m) => channel.send({ echo: m.data })) }); undefined",
    );
    const comm = kernel.createComm("echo");
    const answered = new Promise<unknown>((resolve) => {
      comm.onMsg = (message) => resolve(message.content.data);
    });
    await comm.open({}).done;
    await comm.send({ n: 1 }).done;
    expect(await answered).toEqual({ echo: { n: 1 } });
    await comm.close().done;
  });

  it("opens a comm to the front end", async () => {
    const opened = new Promise<unknown>((resolve) => {
      kernel.registerCommTarget("front", (_comm, message) => resolve(message.content.data));
    });
    await run("comm.open('front', { hello: 'lab' }); undefined");
    expect(await opened).toEqual({ hello: "lab" });
  });

  it("is restarted", async () => {
    await run("var before = 1");
    await kernel.restart();
    const { reply } = await run("typeof before");
    expect(reply.content).toMatchObject({ execution_count: 1 });
  });

  async function run(code: string) {
    const future = kernel.requestExecute({ code });
    const outputs = collect(future);
    return { reply: await future.done, outputs };
  }
}

type Future = Kernel.IShellFuture<KernelMessage.IExecuteRequestMsg, KernelMessage.IExecuteReplyMsg>;

/** What the cell shows, as a front end keeps it. */
function collect(future: Future): KernelMessage.IIOPubMessage[] {
  const outputs: KernelMessage.IIOPubMessage[] = [];
  future.onIOPub = (message) => {
    if (!["status", "execute_input"].includes(message.header.msg_type)) outputs.push(message);
  };
  return outputs;
}
