import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, expectTypeOf, test } from "vitest";
import { type DType, data, loss, nn, optim, random, Tensor, tensor, train, zeros } from "../../src/index.ts";

const { decode, encode } = train.safetensors;
const folder = mkdtempSync(join(tmpdir(), "safetensors-"));
const at = (name: string) => join(folder, name);
const golden = (name: string) => readFileSync(new URL(`golden/${name}`, import.meta.url));

/** Values, shape and dtype: a comparison of tensors does not see values. */
const plain = (value: unknown): unknown => {
  if (value instanceof Tensor) return { shape: value.shape, dtype: value.dtype, data: [...value.data] };
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, plain(each)]));
};

describe("Hugging Face's implementation", () => {
  test("writes what we read, in every dtype", () => {
    const wanted = JSON.parse(golden("hugging.json").toString()) as Record<
      string,
      { shape: number[]; dtype: string; data: string[] }
    >;
    const { tensors, metadata } = decode(golden("hugging.safetensors"));
    expect(metadata).toEqual({ "made by": "safetensors 0.8.0" });
    expect(Object.keys(tensors).sort()).toEqual(Object.keys(wanted).sort());
    const kinds: Record<string, DType> = {
      float32: "float32",
      float64: "float64",
      int32: "int32",
      bool: "bool",
      float16: "float32",
      int64: "int32",
      uint8: "int32",
      int16: "int32",
    };
    const toNumber = (text: string) =>
      ({ True: 1, False: 0, inf: Number.POSITIVE_INFINITY, "-inf": Number.NEGATIVE_INFINITY })[text] ?? Number(text);
    for (const [name, { shape, dtype, data: texts }] of Object.entries(wanted)) {
      expect([name, tensors[name]!.shape, tensors[name]!.dtype]).toEqual([name, shape, kinds[dtype]]);
      expect([...tensors[name]!.data]).toEqual(texts.map(toNumber));
    }
  });

  // `golden/safetensors.py read` found every number in these bytes, and that its own writer makes the same
  test("reads what we write", () => {
    const ours = encode(
      {
        "0.weight": tensor([
          [1.5, -2.25],
          [0.1, 3e-8],
        ]),
        "0.bias": tensor([1e-300, Math.PI, Number.NEGATIVE_INFINITY], { dtype: "float64" }),
        größe: tensor([-1, 2147483647], { dtype: "int32" }),
        mask: tensor([[true], [false]]),
        scalar: tensor(7.5),
      },
      { license: "MIT" },
    );
    expect(createHash("sha256").update(ours).digest("hex")).toBe(
      "a3cd7fa07058aaf1610dba5aff1b2aea1df61f4d90f703df9890a1867bc7fb80",
    );
  });

  test("BF16 is the upper half of float32", () => {
    const header = '{"a":{"dtype":"BF16","shape":[3],"data_offsets":[0,6]}}'.padEnd(56);
    const file = new Uint8Array([
      56,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      ...new TextEncoder().encode(header),
      0x80,
      0x3f,
      0x00,
      0xc0,
      0x80,
      0x7f,
    ]);
    expect([...decode(file).tensors["a"]!.data]).toEqual([1, -2, Number.POSITIVE_INFINITY]);
  });
});

describe("there and back", () => {
  const dtypes = fc.constantFrom<DType>("float32", "float64", "int32", "bool");
  const anyTensor = fc
    .tuple(dtypes, fc.array(fc.nat(4), { maxLength: 3 }), fc.integer())
    .map(([dtype, shape, seed]) => {
      const generator = random(seed);
      if (dtype === "int32") return generator.integers(-(2 ** 31), 2 ** 31 - 1, shape);
      if (dtype === "bool") return generator.bernoulli(0.5, shape, { dtype });
      return generator.normal(shape, { dtype, std: 1e10 });
    });
  const anyName = fc.string({ unit: "grapheme", maxLength: 8 }).filter((name) => name !== "__metadata__");

  test("tensors of any name, shape and dtype, with metadata", () => {
    fc.assert(
      fc.property(fc.dictionary(anyName, anyTensor), fc.dictionary(anyName, fc.string()), (tensors, metadata) => {
        const file = encode(tensors, metadata);
        const found = decode(file);
        expect(plain(found.tensors)).toEqual(plain(tensors));
        expect(found.metadata).toEqual(metadata);
        expect(file.length % 8 === 0 || Object.values(tensors).some(({ dtype }) => dtype !== "float64")).toBe(true);
        // the same tensors give the same bytes, in whatever order they come
        expect(encode(Object.fromEntries(Object.entries(tensors).reverse()), metadata)).toEqual(file);
      }),
    );
  });

  test("every cut is found", () => {
    const file = encode({ a: tensor([1, 2]), b: tensor([true]) });
    for (let length = 0; length < file.length; length++)
      expect(() => decode(file.subarray(0, length), "a.safetensors")).toThrow(/^a\.safetensors is cut: .*\d+/);
  });

  test("a flipped byte is found or changes values only", () => {
    const file = encode({ a: tensor([1, 2]), b: tensor([true, false]) });
    fc.assert(
      fc.property(fc.nat(file.length - 1), fc.integer({ min: 1, max: 255 }), (place, bits) => {
        const broken = file.slice();
        broken[place]! ^= bits;
        try {
          decode(broken);
        } catch (error) {
          expect((error as Error).name).toBe("SafetensorsError");
        }
      }),
    );
  });

  const leaf = fc.oneof(anyTensor, fc.double(), fc.string(), fc.boolean(), fc.constant(null));
  const trees = fc.letrec((tie) => ({
    tree: fc.oneof(
      { depthSize: "small" },
      leaf,
      fc.array(tie("tree"), { maxLength: 3 }),
      fc.dictionary(
        fc.string({ minLength: 1, maxLength: 3 }).filter((key) => !key.includes(".")),
        tie("tree"),
        { maxKeys: 3 },
      ),
    ),
  })).tree;

  test("trees with numbers, also NaN and –0, texts, empty lists and objects", async () => {
    await fc.assert(
      fc.asyncProperty(trees, async (tree) => {
        await train.save(at("tree.safetensors"), { tree });
        expect(plain(await train.load(at("tree.safetensors")))).toEqual(plain({ tree }));
      }),
      { numRuns: 60 },
    );
    expect(readdirSync(folder).filter((name) => name.endsWith(".part"))).toEqual([]);
  });
});

describe("parameters", () => {
  const model = nn.sequential(nn.linear(4, 3), nn.relu(), nn.linear(3, 2));
  const params = model.init(random(1));

  test("are named as PyTorch's", async () => {
    await train.save(at("model.safetensors"), params, { metadata: { license: "MIT" } });
    const { tensors, metadata } = decode(readFileSync(at("model.safetensors")));
    expect(Object.keys(tensors).sort()).toEqual(["0.bias", "0.weight", "2.bias", "2.weight"]);
    expect(metadata["license"]).toBe("MIT");
    expect(plain(await train.load(at("model.safetensors")))).toEqual(plain(params));
  });

  test("with like they have its type, and float64 becomes float32", async () => {
    await train.save(at("double.safetensors"), model.init(random(1), { dtype: "float64" }));
    const found = await train.load(at("double.safetensors"), { like: params });
    expectTypeOf(found).toEqualTypeOf(params);
    expect(found[0].weight.dtype).toBe("float32");
  });

  test("of a foreign file become lists and objects", async () => {
    writeFileSync(
      at("foreign.safetensors"),
      encode({ "0.weight": zeros([1]), "2.weight": zeros([2]), "head.bias": zeros([3]) }),
    );
    const mixed = (await train.load(at("foreign.safetensors"))) as Record<string, unknown>;
    expect(Object.keys(mixed).sort()).toEqual(["0", "2", "head"]);
    writeFileSync(at("foreign.safetensors"), encode({ "0.weight": zeros([1]), "2.weight": zeros([2]) }));
    expect(plain(await train.load(at("foreign.safetensors")))).toEqual(
      plain([{ weight: zeros([1]) }, {}, { weight: zeros([2]) }]),
    );
    writeFileSync(at("foreign.safetensors"), encode({ a: zeros([1]), "a.b": zeros([2]) }));
    expect(Object.keys((await train.load(at("foreign.safetensors"))) as object)).toEqual(["a", "a.b"]);
  });

  test("a training goes on from its file bit for bit", async () => {
    const options = {
      data: data.iris(),
      loss: loss.crossEntropy,
      optimizer: optim.adam(),
      progress: false,
      validation: 0.2,
    } as const;
    const layer = nn.sequential(nn.linear(4, 8), nn.dropout(0.2), nn.linear(8, 3));
    const half = await train.fit(layer, { ...options, epochs: 2 });
    await train.save(at("run.safetensors"), half);
    const [whole, rest] = [
      await train.fit(layer, { ...options, epochs: 5 }),
      await train.fit(layer, { ...options, epochs: 5, resume: await train.load(at("run.safetensors")) }),
    ];
    expect(rest.history.train).toEqual(whole.history.train);
    expect(plain(rest.params)).toEqual(plain(whole.params));
    expect(plain(rest.optimizerState)).toEqual(plain(whole.optimizerState));
  });

  test.each<[string, () => Promise<unknown>]>([
    [
      "load: 0.weight of shape [3, 4] in model.safetensors where [5, 4] is needed",
      () =>
        train.load(at("model.safetensors"), {
          like: nn.sequential(nn.linear(4, 5), nn.relu(), nn.linear(5, 2)).init(random(0)),
        }),
    ],
    [
      "load: model.safetensors lacks 4.weight; it has 0.bias, 0.weight, 2.bias, 2.weight.",
      () => train.load(at("model.safetensors"), { like: [...params, {}, { weight: zeros([1]) }] }),
    ],
    [
      "load: model.safetensors has 2.bias where only 0.weight, 0.bias are needed.",
      () => train.load(at("model.safetensors"), { like: [params[0]] }),
    ],
    [
      "load: 0.bias of dtype float32 in model.safetensors where int32 is needed.",
      () =>
        train.load(at("model.safetensors"), {
          like: [{ ...params[0], bias: zeros([3], { dtype: "int32" }) }, {}, params[2]],
        }),
    ],
    ["save: apply is a function, which a file cannot hold.", () => train.save(at("x.safetensors"), { apply: () => 1 })],
    [
      "save: two tensors are called a.b.",
      () => train.save(at("x.safetensors"), { a: { b: zeros([1]) }, "a.b": zeros([1]) }),
    ],
  ])("%s", async (sentence, program) => {
    await train.save(at("model.safetensors"), params);
    await expect(program()).rejects.toThrow(sentence);
  });

  test("a folder that is not there leaves nothing behind", async () => {
    await expect(train.save(at("none/model.safetensors"), params)).rejects.toThrow("ENOENT");
  });
});

describe("malformed files say what and where", () => {
  /** A file of this header and so many bytes of data. */
  const file = (header: string, bytes = 0) => {
    const text = new TextEncoder().encode(header);
    const whole = new Uint8Array(8 + text.length + bytes);
    new DataView(whole.buffer).setBigUint64(0, BigInt(text.length), true);
    whole.set(text, 8);
    return whole;
  };
  const one = (fields: object) =>
    file(JSON.stringify({ w: { dtype: "F32", shape: [2], data_offsets: [0, 8], ...fields } }), 8);

  test.each<[string | RegExp, Uint8Array]>([
    ["m is cut: the length of its header takes 8 bytes, the file has 3.", new Uint8Array(3)],
    ["m is cut: its header ends at byte 108, the file has 20 bytes.", new Uint8Array(20).fill(100, 0, 1)],
    [
      /^m is no safetensors file: bytes 0 to 7 say that its header has 7\d+ bytes, and 100000000 is most\.$/,
      new TextEncoder().encode("PK\x03\x04\x14\0\0\x08\x08 zip and more".padEnd(40, "x").replace(/^.{8}/s, "abcdefgh")),
    ],
    ["m: byte 8 is 0x5b where { begins the header.", file("[]")],
    ["m: byte 8 is missing where { begins the header.", file("")],
    [/^m: the header, bytes 8 to 12, is no JSON: .+\.$/, file('{"a":')],
    [
      /^m: the header, bytes 8 to 10, is no JSON: .*utf-8.*\.$/i,
      file("{}").length ? new Uint8Array([3, 0, 0, 0, 0, 0, 0, 0, 0x7b, 0xff, 0x7d]) : file(""),
    ],
    ["m is cut: its header says 8 bytes of data, the file has 5.", one({}).subarray(0, -3)],
    [/^m: its data end at byte 70, the file goes on to byte 74\.$/, new Uint8Array([...one({}), 0, 0, 0, 0])],
    [
      'm: tensor w has dtype "F8" where one of F64, F32, F16, BF16, I64, U32, I32, I16, U16, I8, U8, BOOL is needed.',
      one({ dtype: "F8" }),
    ],
    [
      'm: tensor w has dtype "constructor" where one of F64, F32, F16, BF16, I64, U32, I32, I16, U16, I8, U8, BOOL is needed.',
      one({ dtype: "constructor" }),
    ],
    ["m: tensor w has shape [-2] where a list of sizes is needed.", one({ shape: [-2] })],
    ["m: tensor w has shape nothing where a list of sizes is needed.", one({ shape: undefined })],
    ["m: tensor w has data_offsets [0] where [begin, end] is needed.", one({ data_offsets: [0] })],
    ["m: tensor w lies in bytes 0 to 8 of the data, which are 8 where F32 of shape [3] takes 12.", one({ shape: [3] })],
    ["m: tensor w begins at byte 4 of the data where 0 is needed.", one({ shape: [1], data_offsets: [4, 8] })],
    [
      "m: tensor w has dtype nothing where one of F64, F32, F16, BF16, I64, U32, I32, I16, U16, I8, U8, BOOL is needed.",
      file('{"w":null}'),
    ],
    ["m: __metadata__ has 1 at a where a text is needed.", file('{"__metadata__":{"a":1}}')],
    ["m: __metadata__ is [] where an object of texts is needed.", file('{"__metadata__":[]}')],
    [
      "m: tensor w has 2 at byte 63 where 0 or 1 is needed.",
      Object.assign(file('{"w":{"dtype":"BOOL","shape":[2],"data_offsets":[0,2]}}', 2), { 63: 2 }),
    ],
    [
      /^m: tensor w has 4294967296 at byte 68 where a number of 32 bits is needed\.$/,
      Object.assign(file('{"w":{"dtype":"I64","shape":[1],"data_offsets":[0,8]}}'.padEnd(60), 8), { 72: 1 }),
    ],
  ])("%s", (sentence, bytes) => {
    let message = "nothing was wrong";
    try {
      decode(bytes, "m");
    } catch (error) {
      message = (error as Error).message;
    }
    if (typeof sentence === "string") expect(message).toBe(sentence);
    else expect(message).toMatch(sentence);
  });

  test("a form that names a tensor that is not there", async () => {
    const path = join(mkdtempSync(join(tmpdir(), "form-")), "half.safetensors");
    await train.save(path, { w: zeros([1]), b: zeros([1]) });
    const { tensors, metadata } = decode(readFileSync(path));
    writeFileSync(path, encode({ w: tensors["w"]! }, metadata));
    await expect(train.load(path)).rejects.toThrow("load: the file lacks the tensor b that its form has.");
  });

  test("what is no tensor is named", () => {
    // @ts-expect-error a number is no tensor
    expect(() => encode({ w: zeros([1]), b: 3 })).toThrow("safetensors: b is number 3 where a tensor is needed.");
  });

  test("no tensor can be called __metadata__", () => {
    expect(() => encode({ __metadata__: zeros([1]) })).toThrow("safetensors: no tensor can be called __metadata__.");
  });
});
