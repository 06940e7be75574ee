import type { InferenceSession } from "onnxruntime-node";
import type { DType, TypedArray } from "../../tensor/dtype.ts";
import type { Shape } from "../../tensor/shape/shape.ts";

type Engine = typeof import("onnxruntime-node");

export type Device = "cpu" | "cuda" | "webgpu" | "coreml" | "directml";

export interface EngineOptions {
  /** Where it runs; default `"cpu"`. The others need what the platform and the package `onnxruntime-node` offer for them. */
  readonly device?: Device;
  /** Threads of one run; default: as many as there are cores for this process. */
  readonly threads?: number;
  /** How far the engine rewrites the graph; default `"all"`. `"basic"` keeps results independent of the processor. */
  readonly optimization?: "all" | "basic" | "disabled";
}

/** The engine, or a device of it, is not there: the caller may evaluate in TypeScript instead. */
export class EngineUnavailable extends Error {
  override readonly name = "EngineUnavailable";
}

/** A session and what is needed to call it. */
export interface Session {
  run(inputs: readonly TypedArray[]): Promise<readonly TypedArray[]>;
  release(): Promise<void>;
}

interface Slot {
  readonly name: string;
  readonly shape: Shape;
  readonly dtype: DType;
}

const providers: Readonly<Record<Device, string>> = {
  cpu: "cpu",
  cuda: "cuda",
  webgpu: "webgpu",
  coreml: "coreml",
  directml: "dml",
};

/** Only what ends the process. Errors are thrown, so nothing has to be printed beside them. */
const FATAL = 4;

let loading: Promise<Engine> | undefined;

/** ONNX Runtime, loaded at its first use. Throws {@link EngineUnavailable} where the optional package, or its binary for this platform, is missing. */
export function loadEngine(): Promise<Engine> {
  loading ??= import("onnxruntime-node").then(
    (module) => {
      const engine = module.default ?? module;
      engine.env.logLevel = "fatal";
      return engine;
    },
    (cause: unknown) => {
      throw new EngineUnavailable(
        `The package onnxruntime-node could not be loaded on ${process.platform} ${process.arch}: ${firstLine(cause)}.`,
        { cause },
      );
    },
  );
  return loading;
}

/** Makes a model ready to run. */
export async function createSession(
  model: Uint8Array,
  inputs: readonly Slot[],
  outputs: readonly string[],
  options: EngineOptions = {},
): Promise<Session> {
  const { engine, session } = await openSession(model, options);
  return {
    run: async (arrays) => {
      const feeds: Record<string, InstanceType<Engine["Tensor"]>> = {};
      for (let i = 0; i < inputs.length; i++) {
        const { name, dtype, shape } = inputs[i]!;
        feeds[name] = new engine.Tensor(dtype, arrays[i]!, shape);
      }
      const results = await session.run(feeds).catch((error: unknown) => {
        throw new Error(explain(error), { cause: error });
      });
      return outputs.map((name) => results[name]!.data as TypedArray);
    },
    release: () => session.release(),
  };
}

/** A session of a model of any origin, as the engine has it. */
export async function openSession(
  model: Uint8Array,
  options: EngineOptions,
): Promise<{ readonly engine: Engine; readonly session: InferenceSession }> {
  const engine = await loadEngine();
  return { engine, session: await open(engine, model, options) };
}

async function open(engine: Engine, model: Uint8Array, options: EngineOptions): Promise<InferenceSession> {
  const device = options.device ?? "cpu";
  try {
    return await engine.InferenceSession.create(model, {
      executionProviders: [providers[device]],
      intraOpNumThreads: options.threads ?? process.getBuiltinModule("node:os").availableParallelism(),
      interOpNumThreads: 1,
      executionMode: "sequential",
      graphOptimizationLevel: options.optimization ?? "all",
      logSeverityLevel: FATAL,
    });
  } catch (cause) {
    if (device === "cpu") throw new Error(`The engine does not take the graph: ${firstLine(cause)}.`, { cause });
    throw new EngineUnavailable(`The device "${device}" could not be opened: ${firstLine(cause)}.`, { cause });
  }
}

/** Nodes are named after our ops: `take: indices element out of data bounds, idx=7 must be within the inclusive range [-5,4].` */
function explain(error: unknown): string {
  const text = firstLine(error);
  const found = /Name:'([A-Za-z]\w*?)_\d+_*'.*?Status Message: (.*)$/.exec(text);
  return found === null ? `The engine stopped: ${text}.` : `${found[1]}: ${withoutPlace(found[2]!)}.`;
}

function firstLine(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return withoutPlace(message.split("\n")[0]!).replace(/\.$/, "");
}

/** Without the file, the line and the C++ signature that some messages begin with. */
function withoutPlace(message: string): string {
  return message.replace(/^\/.*(?:was false\.|\]) (?=[A-Z])/, "");
}
