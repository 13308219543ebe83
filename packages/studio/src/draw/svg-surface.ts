import { FONT, OUTLINES, type Pixels, type Surface } from "./surface.ts";

export interface SvgSurface extends Surface {
  /** The whole drawing. */
  text(x: number, y: number, text: string, style: Parameters<Surface["text"]>[3]): void;
  document(title: string, description: string): string;
}

/**
 * Writes an SVG, with attributes alone and no style sheet. `png` turns pixels into a data URL; `prefix` begins its ids,
 * which several in one page must not share.
 */
export const svgSurface = (
  width: number,
  height: number,
  png: (pixels: Pixels) => string,
  prefix = "",
): SvgSurface => {
  const parts: string[] = [];
  let clips = 0;
  let stamps = 0;
  const path = (points: ArrayLike<number>, close: boolean): string => {
    let d = "";
    let down = false;
    for (let i = 0; i + 1 < points.length; i += 2) {
      const x = points[i]!;
      const y = points[i + 1]!;
      if (!(Number.isFinite(x) && Number.isFinite(y))) down = false;
      else {
        d += `${down ? "L" : "M"}${short(x)} ${short(y)}`;
        down = true;
      }
    }
    return close && d !== "" ? `${d}Z` : d;
  };
  const surface: SvgSurface = {
    line(points, { colour, width, dash = [], opacity = 1 }) {
      const d = path(points, false);
      if (d === "") return;
      const dashes = dash.length === 0 ? "" : ` stroke-dasharray="${dash.join(" ")}"`;
      parts.push(
        `<path d="${d}" fill="none" stroke="${escaped(colour)}" stroke-width="${width}" stroke-linejoin="round"${dashes}${faded(opacity)}/>`,
      );
    },
    area(points, fill, opacity) {
      const d = path(points, true);
      if (d !== "") parts.push(`<path d="${d}" fill="${escaped(fill)}"${faded(opacity)}/>`);
    },
    box(x, y, w, h, fill) {
      parts.push(`<rect ${box(x, y, w, h)} fill="${escaped(fill)}"/>`);
    },
    mark(shape, x, y, radius, { fill, stroke, opacity = 1 }) {
      const points = OUTLINES[shape]!.map((value, i) => (i % 2 === 0 ? x : y) + radius * value);
      const edge = stroke === null ? "" : ` stroke="${escaped(stroke)}" stroke-width="1.25"`;
      parts.push(
        `<path d="${path(points, true)}" fill="${escaped(fill ?? "none")}"${edge}${faded(opacity)}/>`,
      );
    },
    text(x, y, text, { colour, size, anchor = "start", bold = false, upright = false, opacity = 1 }) {
      const turned = upright ? ` transform="rotate(-90 ${short(x)} ${short(y)})"` : "";
      parts.push(
        `<text x="${short(x)}" y="${short(y)}" dy="0.35em" font-size="${size}" text-anchor="${anchor}" fill="${escaped(colour)}"${bold ? ' font-weight="600"' : ""}${turned}${faded(opacity)}>${escaped(text)}</text>`,
      );
    },
    image(x, y, w, h, pixels) {
      parts.push(`<image ${box(x, y, w, h)} preserveAspectRatio="none" href="${png(pixels)}"/>`);
    },
    stamp(_width, _height, draw) {
      const id = `${prefix}stamp${++stamps}`;
      parts.push(`<defs><g id="${id}">`);
      draw(surface);
      parts.push("</g></defs>");
      return (x, y) => void parts.push(`<use href="#${id}" x="${short(x)}" y="${short(y)}"/>`);
    },
    clip(x, y, w, h, draw) {
      const id = `${prefix}clip${++clips}`;
      parts.push(`<clipPath id="${id}"><rect ${box(x, y, w, h)}/></clipPath><g clip-path="url(#${id})">`);
      draw();
      parts.push("</g>");
    },
    document: (title, description) =>
      `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="${escaped(FONT)}" role="img"><title>${escaped(title)}</title><desc>${escaped(description)}</desc>${parts.join("")}</svg>\n`,
  };
  return surface;
};

const short = (value: number): string => String(Math.round(value * 100) / 100);

const box = (x: number, y: number, w: number, h: number): string =>
  `x="${short(x)}" y="${short(y)}" width="${short(w)}" height="${short(h)}"`;

const faded = (opacity: number): string => (opacity === 1 ? "" : ` opacity="${opacity}"`);

const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
