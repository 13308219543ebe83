import { expect, test } from "vitest";
import { looksOf } from "./looks.ts";

test("He has one colour on every screen: the page's default, the lesson, any report", () => {
  for (const list of [
    ["zeros", "random", "random:10", "he"],
    ["zeros", "random:10", "he"],
    ["glorot", "heNormal", "orthogonal"],
    ["heUniform", "kaiming"],
    ["auto", "lecun", "sparse", "siren", "ones", "identity", "glorotUniform", "he"],
  ]) {
    const at = list.findIndex((id) => ["he", "heNormal", "kaiming"].includes(id));
    expect(looksOf(list)[at]).toBe(3);
  }
});

test("the usual ones keep their colours whatever they stand beside", () => {
  expect(looksOf(["zeros", "random:10", "he"])).toEqual([0, 2, 3]);
  expect(looksOf(["he", "random", "zeros"])).toEqual([3, 1, 0]);
  expect(looksOf(["constant:0.5", "random:1", "glorot"])).toEqual([0, 2, 4]);
  expect(looksOf(["random:0.01", '{"name":"orthogonal","gain":2}'])).toEqual([1, 5]);
});

test("no two of a comparison look alike, however many there are", () => {
  const many = ["he", "zeros", "random", ...Array.from({ length: 17 }, (_, k) => `random:${k + 1}`)];
  expect(new Set(looksOf(many)).size).toBe(many.length);
});
