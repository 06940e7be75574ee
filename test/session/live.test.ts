import { describe, expect, test } from "vitest";
import type { CommMessage } from "../../kernel/session/protocol.ts";
import { open } from "./open.ts";

describe("questions", () => {
  test("are answered from live values without running any of the user's code", async () => {
    const { run, session } = open();
    await run(`
      $.object = { a: { b: [1] }, get trap() { throw new Error('getter') }, 'not a name': 1 };
      $.proxy = new Proxy({}, { get() { process.exit(1) }, ownKeys() { process.exit(2) }, getPrototypeOf() { process.exit(3) } });
      $.shows = { [require('util').inspect.custom]() { process.exit(4) } };
    `);
    const properties = (...path: string[]) => session.question({ about: "properties", path }, 5000);
    const value = (...path: string[]) => session.question({ about: "value", path }, 5000);
    expect(await properties("object")).toEqual(["a", "trap"]);
    expect(await properties("object", "a", "b")).toEqual(expect.arrayContaining(["length", "map"]));
    expect(await properties()).toEqual(expect.arrayContaining(["object", "proxy", "display", "Math"]));
    expect(await properties("proxy", "x")).toEqual(undefined);
    expect(await properties("object", "trap")).toEqual(undefined);
    expect(await properties("proxy")).toEqual([]);
    expect(await value("object", "a")).toBe("{ b: [ 1 ] }");
    expect(await value("proxy")).toBe("Proxy");
    expect(await value("shows")).toContain("inspect.custom");
    expect(await value("missing")).toBe(undefined);
  });

  test("are given up when the session is busy, or gone", async () => {
    const { start, session, printed } = open();
    start("console.log('busy'); for (;;);");
    await printed(1, "busy");
    expect(await session.question({ about: "properties", path: [] }, 20)).toBe(undefined);
    const asked = session.question({ about: "properties", path: [] }, 1e6);
    await session.close();
    expect(await asked).toBe(undefined);
  });
});

describe("comms", () => {
  const message = (kind: CommMessage["kind"], data: unknown = {}, buffers: Uint8Array[] = []): CommMessage => ({
    kind,
    comm: "c1",
    data,
    metadata: {},
    buffers,
    ...(kind === "open" && { target: "echo" }),
  });

  test("the front end opens, speaks and closes", async () => {
    const { run, session, heard, said } = open();
    await run(`comm.registerTarget('echo', (line, { data }) => {
      line.onMessage(({ data, buffers }) => { console.log('got'); line.send({ back: data }, { buffers }) });
      line.onClose(() => console.log('closed'));
      line.send({ opened: data });
    })`);
    session.comm(2, message("open", 1));
    session.comm(3, message("message", 2, [Buffer.from([1, 2, 3])]));
    session.comm(4, message("close"));
    await heard((event) => event.type === "stream" && event.text === "closed\n");
    const opened = await heard((event) => event.type === "comm" && event.run === 2);
    expect(opened).toMatchObject({ message: { kind: "message", comm: "c1", data: { opened: 1 } } });
    const answer = await heard((event) => event.type === "comm" && event.run === 3);
    expect(answer).toMatchObject({ message: { data: { back: 2 }, buffers: [Buffer.from([1, 2, 3])] } });
    expect(said(3)[0]).toBe("out: got\n");
  });

  test("nobody wants it, or the one who does fails: it is closed", async () => {
    const { run, session, heard, printed } = open();
    session.comm(1, message("open"));
    await heard((event) => event.type === "comm" && event.message.kind === "close");
    await run("comm.registerTarget('echo', () => { throw new Error('no') })");
    session.comm(5, message("open"));
    await printed(5, "Uncaught Error: no");
    await heard((event) => event.type === "comm" && event.run === 5 && event.message.kind === "close");
  });

  test("the session opens, with 10 MB beside the data", async () => {
    const { run, events } = open();
    await run(
      "const line = comm.open('widget', { a: 1 }, { id: 'mine', buffers: [new Uint8Array(10e6).fill(7)] }); line.close()",
    );
    const [first, second] = events.flatMap((event) => (event.type === "comm" ? [event.message] : []));
    expect(first).toMatchObject({ kind: "open", comm: "mine", target: "widget", data: { a: 1 } });
    expect(first?.buffers[0]?.length).toBe(10e6);
    expect(second).toMatchObject({ kind: "close", comm: "mine" });
  });
});
