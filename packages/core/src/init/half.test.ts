import { expect, test } from "vitest";
import golden from "./half.golden.json" with { type: "json" };
import { fromBfloat16, fromFloat16, toBfloat16, toFloat16 } from "./half.ts";

const values = new Float32Array(Uint32Array.from(golden.float32).buffer);

test("float16 has NumPy's bits", () => {
  expect([...toFloat16(values)]).toEqual(golden.float16);
});

test("bfloat16 has the bits of ml_dtypes", () => {
  expect([...toBfloat16(values)]).toEqual(golden.bfloat16);
});

const every = Uint16Array.from({ length: 65536 }, (_, word) => word);

test("every float16 that is a number survives the way to float32 and back", () => {
  const numbers = every.filter((word) => (word & 0x7fff) <= 0x7c00);
  expect(toFloat16(fromFloat16(numbers))).toEqual(numbers);
});

test("every bfloat16 that is a number survives the way to float32 and back", () => {
  const numbers = every.filter((word) => (word & 0x7fff) <= 0x7f80);
  expect(toBfloat16(fromBfloat16(numbers))).toEqual(numbers);
});

test("what is not a number stays so", () => {
  expect(fromFloat16(toFloat16([Number.NaN]))[0]).toBeNaN();
  expect(fromBfloat16(toBfloat16([Number.NaN]))[0]).toBeNaN();
});
