import { expect, test } from "vitest";
import { circles, dataCatalogue, loadData, loadedDataCatalogue } from "./index.ts";

test("every data set of the lists is loaded by its name, and generated ones by their aliases", async () => {
  for (const { name, aliases } of [...dataCatalogue, ...loadedDataCatalogue]) {
    for (const one of [name, ...aliases]) expect((await loadData(one)).name).toBe(name);
  }
  expect(await loadData("circles", { samples: 20, seed: 3 })).toEqual(circles({ samples: 20, seed: 3 }));
});

test("an unknown name is refused with the nearest, and files with what reads them", async () => {
  await expect(loadData("digit")).rejects.toThrow('unknown data set "digit".\n  Did you mean "digits"?');
  await expect(loadData("mnist:folder")).rejects.toThrow("idxDataset takes their bytes");
  await expect(loadData("circles", { testFraction: 0.5 })).rejects.toThrow('unknown option "testFraction"');
  await expect(loadData(3 as never)).rejects.toThrow("expected the name");
});
