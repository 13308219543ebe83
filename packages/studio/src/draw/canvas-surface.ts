import { FONT, OUTLINES, type Pixels, type Stroke, type Surface, type TextStyle } from "./surface.ts";

/** Draws on a canvas whose context is scaled to CSS pixels. */
export const canvasSurface = (context: CanvasRenderingContext2D): Surface => {
  const trace = (points: ArrayLike<number>, close: boolean): void => {
    context.beginPath();
    let down = false;
    for (let i = 0; i + 1 < points.length; i += 2) {
      const x = points[i]!;
      const y = points[i + 1]!;
      if (!(Number.isFinite(x) && Number.isFinite(y))) down = false;
      else if (down) context.lineTo(x, y);
      else {
        context.moveTo(x, y);
        down = true;
      }
    }
    if (close) context.closePath();
  };
  return {
    line(points, stroke) {
      setStroke(context, stroke);
      trace(points, false);
      context.stroke();
      context.globalAlpha = 1;
    },
    area(points, fill, opacity) {
      context.globalAlpha = opacity;
      context.fillStyle = fill;
      trace(points, true);
      context.fill();
      context.globalAlpha = 1;
    },
    box(x, y, width, height, fill) {
      context.fillStyle = fill;
      context.fillRect(x, y, width, height);
    },
    mark(shape, x, y, radius, { fill, stroke, opacity = 1 }) {
      outline(context, shape, x, y, radius);
      context.globalAlpha = opacity;
      if (fill !== null) {
        context.fillStyle = fill;
        context.fill();
      }
      if (stroke !== null) {
        context.setLineDash([]);
        context.lineWidth = 1.25;
        context.strokeStyle = stroke;
        context.stroke();
      }
      context.globalAlpha = 1;
    },
    text(x, y, text, style) {
      setText(context, style);
      context.save();
      context.translate(x, y);
      if (style.upright === true) context.rotate(-Math.PI / 2);
      context.fillText(text, 0, 0);
      context.restore();
      context.globalAlpha = 1;
    },
    image(x, y, width, height, pixels) {
      context.imageSmoothingEnabled = true;
      context.imageSmoothingQuality = "high";
      context.drawImage(stretchable(pixels), x, y, width, height);
    },
    stamp(width, height, draw) {
      const scale = context.getTransform().a;
      const copy = document.createElement("canvas");
      copy.width = Math.ceil(scale * width);
      copy.height = Math.ceil(scale * height);
      const own = copy.getContext("2d")!;
      own.scale(scale, scale);
      draw(canvasSurface(own));
      // On whole pixels of the screen it stays sharp.
      const whole = (at: number): number => Math.round(scale * at) / scale;
      return (x, y) => context.drawImage(copy, whole(x), whole(y), copy.width / scale, copy.height / scale);
    },
    clip(x, y, width, height, draw) {
      context.save();
      context.beginPath();
      context.rect(x, y, width, height);
      context.clip();
      draw();
      context.restore();
    },
  };
};

const setStroke = (
  context: CanvasRenderingContext2D,
  { colour, width, dash = [], opacity = 1 }: Stroke,
): void => {
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.lineJoin = "round";
  context.globalAlpha = opacity;
  context.setLineDash([...dash]);
};

const setText = (context: CanvasRenderingContext2D, style: TextStyle): void => {
  const { colour, size, anchor = "start", bold = false, opacity = 1 } = style;
  context.font = `${bold ? "600 " : ""}${size}px ${FONT}`;
  context.fillStyle = colour;
  context.globalAlpha = opacity;
  context.textAlign = anchor === "middle" ? "center" : anchor;
  context.textBaseline = "middle";
};

/** The path of a mark; there are thousands, so nothing is made for one. */
const outline = (
  context: CanvasRenderingContext2D,
  shape: number,
  x: number,
  y: number,
  radius: number,
): void => {
  context.beginPath();
  if (shape === 0) {
    context.arc(x, y, radius, 0, 2 * Math.PI);
    return;
  }
  const points = OUTLINES[shape]!;
  for (let i = 0; i < points.length; i += 2) {
    context.lineTo(x + radius * points[i]!, y + radius * points[i + 1]!);
  }
  context.closePath();
};

let sheet: HTMLCanvasElement | null = null;

/** Pixels as something that can be drawn stretched, until the next are: one canvas serves all. */
const stretchable = (pixels: Pixels): HTMLCanvasElement => {
  sheet ??= document.createElement("canvas");
  putOn(sheet, pixels);
  return sheet;
};

/** Pixels on a canvas of their own. */
export const bitmapOf = (pixels: Pixels): HTMLCanvasElement => {
  const canvas = document.createElement("canvas");
  putOn(canvas, pixels);
  return canvas;
};

const putOn = (canvas: HTMLCanvasElement, { width, height, data }: Pixels): void => {
  if (canvas.width !== width || canvas.height !== height) {
    canvas.width = width;
    canvas.height = height;
  }
  canvas.getContext("2d")!.putImageData(new ImageData(data, width, height), 0, 0);
};
