import { expect, test } from "vitest";
import { createQueue } from "../../kernel/request/queue.ts";

/** A job that says when it starts, and ends when told. */
function toJob(log: string[], name: string) {
  let end = () => {};
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  const run = () => {
    log.push(name);
    return ended;
  };
  return { run, end, abort: () => void log.push(`${name} aborted`) };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

test("cells run one at a time, in order", async () => {
  const log: string[] = [];
  const queue = createQueue();
  const [a, b] = [toJob(log, "a"), toJob(log, "b")];
  queue.add({ order: "alone", run: a.run });
  queue.add({ order: "alone", run: b.run });
  expect(log).toEqual(["a"]);
  a.end();
  await turn();
  expect(log).toEqual(["a", "b"]);
});

test("`now` does not wait, `turn` waits for those before it to start, not to end", async () => {
  const log: string[] = [];
  const queue = createQueue();
  const [a, b, comm, late, info] = ["a", "b", "comm", "late", "info"].map((name) => toJob(log, name)) as [
    Job,
    Job,
    Job,
    Job,
    Job,
  ];
  queue.add({ order: "alone", run: a.run });
  queue.add({ order: "turn", run: comm.run });
  queue.add({ order: "alone", run: b.run });
  queue.add({ order: "turn", run: late.run });
  queue.add({ order: "now", run: info.run });
  expect(log).toEqual(["a", "comm", "info"]);
  a.end();
  await turn();
  expect(log).toEqual(["a", "comm", "info", "b", "late"]);
});
type Job = ReturnType<typeof toJob>;

test("an abort takes the cells that wait, and what arrived meanwhile, but nothing that cannot be aborted", async () => {
  const log: string[] = [];
  const queue = createQueue();
  const [failing, next, comm, sent, after] = ["failing", "next", "comm", "sent", "after"].map((name) =>
    toJob(log, name),
  ) as [Job, Job, Job, Job, Job];
  queue.add({
    order: "alone",
    run: async () => {
      await failing.run();
      for (const abort of await queue.takeAborted()) abort();
    },
  });
  queue.add({ order: "alone", run: next.run, abort: next.abort });
  queue.add({ order: "alone", run: comm.run });
  failing.end();
  await Promise.resolve();
  queue.add({ order: "alone", run: sent.run, abort: sent.abort });
  await turn();
  await turn();
  expect(log).toEqual(["failing", "next aborted", "sent aborted", "comm"]);
  comm.end();
  queue.add({ order: "alone", run: after.run, abort: after.abort });
  await turn();
  expect(log.at(-1)).toBe("after");
});
