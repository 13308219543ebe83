import { pause } from "#platform";
import type { Parameters } from "../base/index.ts";
import { inputsOf, type Model, placedLayers } from "../model/index.ts";
import { figureRows } from "./figure-rows.ts";
import type { FromSideBySide, ToSideBySide } from "./messages.ts";
import { network } from "./reference/index.ts";
import type { Member, Progress, Trainer, Training } from "./trainer.ts";

/** A turn of a member: long enough that changing members costs nothing, short enough that a round of many is seen as one. */
const TURN_MS = { least: 1, most: 8, round: 64 } as const;
/** Work between two looks at what has come in. */
const BREATH_MS = 8;
/** Reports come about 30 times a second. */
const REPORT_MS = 33;
/** Work that should be in store: what is done while a report and its answer are under way. */
const LEAD_MS = 100;
/** Multiply-adds of the float64 network between two looks: about 5 ms. */
const OUTPUT_WORK = 2e6;

/** A seat before its first turn. */
const FRESH = { progress: null, toldPoints: 0, toldStep: -1, toldEnd: false, broken: false };

interface Seat {
  readonly index: number;
  readonly member: Member;
  /** `null` before its first turn. */
  progress: Progress | null;
  /** Log points and step that were reported. */
  toldPoints: number;
  toldStep: number;
  toldEnd: boolean;
  /** It failed, and takes no more turns until all begin again. */
  broken: boolean;
}

/**
 * Trains members in turns, always the one that is furthest behind, so that all are at nearly the same
 * step. It works while there is a member below the step asked for and lets orders in every few
 * milliseconds. How turns fall depends on the clock; what a member computes does not.
 */
export const sideBySide = (
  trainer: Trainer,
  model: Model,
  training: Training,
  tell: (report: FromSideBySide, transfer: readonly ArrayBufferLike[]) => void,
): ((order: ToSideBySide) => void) => {
  const seats: Seat[] = [];
  let until = 0;
  let take = 0;
  let stepMs = 0;
  let working = false;

  const isDone = ({ progress, broken }: Seat): boolean => broken || progress?.done === true;
  /** Figures that are due but not there yet: taken in slices, or the first ones. */
  const owesFigures = ({ progress }: Seat): boolean =>
    progress === null || (!progress.done && training.logSteps[progress.logged] === progress.step);
  const next = (): Seat | null => {
    let found: Seat | null = null;
    for (const seat of seats) {
      if (isDone(seat)) continue;
      const step = seat.progress?.step ?? 0;
      if (step >= until && !owesFigures(seat)) continue;
      if (found === null || step < (found.progress?.step ?? 0)) found = seat;
    }
    return found;
  };

  const active = (): number => seats.reduce((sum, seat) => sum + (isDone(seat) ? 0 : 1), 0);
  /** Updates a turn. */
  const turnSteps = (): number => {
    const budget = Math.min(TURN_MS.most, Math.max(TURN_MS.least, TURN_MS.round / active()));
    return stepMs === 0 ? 1 : Math.max(1, Math.floor(budget / stepMs));
  };

  const report = (): void => {
    const heads: number[] = [];
    const parts: Float64Array[] = [];
    const ended: Seat[] = [];
    for (const seat of seats) {
      const { progress } = seat;
      if (progress === null || seat.broken) continue;
      const ends = progress.done && !seat.toldEnd;
      if (progress.step === seat.toldStep && progress.logged === seat.toldPoints && !ends) continue;
      heads.push(
        seat.index,
        progress.step,
        progress.reachedAt ?? -1,
        seat.toldPoints,
        progress.logged - seat.toldPoints,
      );
      parts.push(figureRows(progress.figures(seat.toldPoints)));
      seat.toldStep = progress.step;
      seat.toldPoints = progress.logged;
      if (ends) ended.push(seat);
    }
    const rows = new Float64Array(parts.reduce((sum, part) => sum + part.length, 0));
    let at = 0;
    for (const part of parts) {
      rows.set(part, at);
      at += part.length;
    }
    const roundMs = Math.max(1e-3, stepMs * turnSteps() * active());
    const lead = Math.ceil(turnSteps() * Math.max(2, LEAD_MS / roundMs));
    const packed = Float64Array.from(heads);
    tell({ kind: "news", take, heads: packed, rows, lead }, [packed.buffer, rows.buffer]);
    for (const seat of ended) {
      seat.toldEnd = true;
      const { diverged, parameters } = seat.progress!.run();
      const buffers = Object.values(parameters).map(({ data }) => data.buffer);
      tell({ kind: "ended", take, index: seat.index, diverged, parameters }, buffers);
    }
  };

  /** One turn. */
  const turn = (seat: Seat): void => {
    try {
      if (seat.progress === null) {
        seat.progress = trainer.start(seat.member);
        return;
      }
      const { progress } = seat;
      const from = progress.step;
      const began = performance.now();
      progress.advance(Math.max(0, Math.min(turnSteps(), until - from)));
      const done = progress.step - from;
      if (done > 0) {
        const own = Math.max(1e-5, (performance.now() - began) / done);
        stepMs = stepMs === 0 ? own : 0.75 * stepMs + 0.25 * own;
      }
    } catch (error) {
      seat.broken = true;
      const reason = error instanceof Error ? error.message : String(error);
      tell({ kind: "failed", index: seat.index, reason, take }, []);
    }
  };

  const work = async (): Promise<void> => {
    if (working) return;
    working = true;
    let breath = performance.now();
    let told = breath;
    for (let seat = next(); seat !== null; ) {
      turn(seat);
      const now = performance.now();
      if (now - breath >= BREATH_MS) {
        if (now - told >= REPORT_MS) {
          report();
          told = now;
        }
        await pause();
        breath = performance.now();
      }
      // Figures in slices stay in memory only as long as no other member takes it.
      const stays = seat.progress !== null && owesFigures(seat) && !seat.broken;
      seat = stays ? seat : next();
    }
    // Who hears the report may answer it with an order at once.
    working = false;
    report();
  };

  const rewind = (number: number): void => {
    take = number;
    until = 0;
    for (const seat of seats) Object.assign(seat, FRESH);
  };

  const outputs = async ({ id, index, x, count }: Order<"outputs">): Promise<void> => {
    const seat = seats.find((one) => one.index === index);
    const { parameters, state } = seat?.progress?.run() ?? { parameters: seat?.member.parameters };
    const z = parameters === undefined ? null : await outputsAt(model, parameters, state, x, count);
    tell({ kind: "outputs", id, z }, z === null ? [] : [z.buffer]);
  };

  return (order) => {
    if (order.kind === "outputs") {
      void outputs(order);
      return;
    }
    if (order.kind === "join") {
      const { index, member } = order;
      seats.push({ index, member, ...FRESH });
    } else if (order.kind === "until") until = order.step;
    else rewind(order.take);
    void work();
  };
};

type Order<Kind extends ToSideBySide["kind"]> = Extract<ToSideBySide, { kind: Kind }>;

/** Outputs of a network at many points, in parts, in float64. */
const outputsAt = async (
  model: Model,
  parameters: Parameters,
  state: Parameters | undefined,
  x: Float64Array,
  count: number,
): Promise<Float64Array> => {
  const net = network(model, parameters, state === undefined ? {} : { state });
  const weights = placedLayers(model).reduce((sum, { multiplyAdds }) => sum + multiplyAdds, 0);
  const part = Math.max(1, Math.floor(OUTPUT_WORK / Math.max(1, weights)));
  const z = new Float64Array(net.outputs * count);
  for (let from = 0; from < count; from += part) {
    const size = Math.min(part, count - from);
    const piece = new Float64Array(inputsOf(model) * size);
    for (let i = 0; i < inputsOf(model); i++) {
      piece.set(x.subarray(i * count + from, i * count + from + size), i * size);
    }
    const out = net.forward(piece, size);
    for (let o = 0; o < net.outputs; o++) z.set(out.subarray(o * size, (o + 1) * size), o * count + from);
    if (from + part < count) await pause();
  }
  return z;
};
