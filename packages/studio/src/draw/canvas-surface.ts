import { FONT, MARKS, type Pixels, type Stroke, type Surface, type TextStyle } from "./surface.ts";

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
      context.globalAlpha = opacity;
      trace(
        MARKS[shape % MARKS.length]!.map((value, i) => (i % 2 === 0 ? x : y) + radius * value),
        true,
      );
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
      context.drawImage(bitmapOf(pixels), x, y, width, height);
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

const canvases = new WeakMap<Pixels, HTMLCanvasElement>();

/** Pixels as something that can be drawn stretched. */
export const bitmapOf = (pixels: Pixels): HTMLCanvasElement => {
  const known = canvases.get(pixels);
  if (known !== undefined) return known;
  const canvas = document.createElement("canvas");
  canvas.width = pixels.width;
  canvas.height = pixels.height;
  canvas.getContext("2d")!.putImageData(new ImageData(pixels.data, pixels.width, pixels.height), 0, 0);
  canvases.set(pixels, canvas);
  return canvas;
};
