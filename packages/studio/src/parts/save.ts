import type { Chart } from "../charts/chart.ts";
import { csvOf } from "../charts/table.ts";
import { bitmapOf } from "../draw/canvas-surface.ts";
import type { Palette } from "../draw/palette.ts";
import { svgOf } from "../draw/svg.ts";
import type { Form } from "./forms.ts";

/** Hands a file to the reader. */
export const save = (name: string, content: Blob | string, type = "text/plain"): void => {
  const url = URL.createObjectURL(typeof content === "string" ? new Blob([content], { type }) : content);
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
};

/** Saves a chart as rows, as a drawing or as pixels, twice as fine as the drawing. */
export const saveChart = async (
  form: Form,
  chart: Chart,
  palette: Palette,
  isolated: number | null,
): Promise<void> => {
  const name = `stepzero-${chart.id}`;
  if (form === "CSV") return save(`${name}.csv`, csvOf(chart), "text/csv");
  const svg = svgOf(chart, palette, isolated, (pixels) => bitmapOf(pixels).toDataURL("image/png"));
  if (form === "SVG") return save(`${name}.svg`, svg.text, "image/svg+xml");
  save(`${name}.png`, await pngOf(svg));
};

const pngOf = async ({ text, width, height }: ReturnType<typeof svgOf>): Promise<Blob> => {
  const url = URL.createObjectURL(new Blob([text], { type: "image/svg+xml" }));
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = 2 * width;
    canvas.height = 2 * height;
    canvas.getContext("2d")!.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((resolve, reject) => {
      canvas.toBlob(
        (blob) => (blob === null ? reject(new Error("no PNG came")) : resolve(blob)),
        "image/png",
      );
    });
  } finally {
    URL.revokeObjectURL(url);
  }
};
