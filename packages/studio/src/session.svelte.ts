import { type Dataset, InputError, type Live, liveComparison } from "@stepzero/core";
import { LINK_DEFAULTS, type LinkState } from "@stepzero/format/link";
import { liveTiles } from "./boundaries/live-tiles.ts";
import type { TileSource } from "./charts/boundaries.ts";
import { drawingTime } from "./draw/schedule.ts";
import type { Figures } from "./figures/figures.ts";
import { liveFigures } from "./figures/live-figures.ts";
import { experimentOf } from "./sharing/settings.ts";

/**
 * Least and most time between two bumps of the version, and between as a multiple of what drawing took: what is drawn
 * has yet to be painted, which takes twice as long again, and training wants room.
 */
const [LEAST_MS, MOST_MS, REST] = [60, 300, 16];

/** One comparison under way. Its figures stay outside of Svelte's state: only a counter says that they changed. */
interface Running {
  readonly live: Live;
  readonly data: Dataset;
  readonly figures: Figures;
  readonly tiles: TileSource;
}

/** The comparison that the page shows, and what steers it. */
export class Session {
  settings = $state.raw<LinkState>(LINK_DEFAULTS);
  running = $state.raw<Running | null>(null);
  /** Goes up when figures have changed, at most once a frame. */
  version = $state(0);
  step = $state(0);
  playing = $state(false);
  done = $state(false);
  /** Why the settings cannot be trained. */
  problem = $state<string | null>(null);
  readonly #pause: number;
  #walking = false;
  #asked = false;
  #last = 0;

  /** With a pause of some milliseconds, playing goes from log point to log point, slowly enough to follow. */
  constructor(pause = 0) {
    this.#pause = pause;
  }

  /** Begins again; what was running is ended. */
  begin(settings: LinkState, play: boolean): void {
    const before = this.running;
    try {
      const { model, data, options } = experimentOf(settings);
      const live = liveComparison(model, data, options);
      this.settings = settings;
      this.running = this.#view(live, data);
      this.problem = null;
      live.onChange(() => this.#soon());
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      this.problem = error.message;
      return;
    }
    this.#walking = false;
    before?.live.close();
    if (play) this.#play();
    this.#read();
  }

  toggle(): void {
    const live = this.running?.live;
    if (live === undefined) return;
    if (live.playing || this.#walking) this.#stop();
    else {
      if (live.done) this.rewind();
      this.#play();
    }
    this.#read();
  }

  /** One log point further. */
  async advance(): Promise<void> {
    const live = this.running?.live;
    if (live === undefined) return;
    this.#stop();
    this.#read();
    await live.advance(strideOf(live));
    this.#read();
  }

  /** Back to the identical start. */
  rewind(): void {
    const before = this.running;
    if (before === null) return;
    this.#stop();
    before.live.rewind();
    this.running = this.#view(before.live, before.data);
    this.#read();
  }

  nextSeeds(): void {
    const { seed, seeds } = this.settings;
    const next = seed + 2 * seeds > 2 ** 32 ? 0 : seed + seeds;
    this.begin({ ...this.settings, seed: next }, true);
  }

  close(): void {
    this.#stop();
    this.running?.live.close();
    this.running = null;
  }

  #view(live: Live, data: Dataset): Running {
    return { live, data, figures: liveFigures(live), tiles: liveTiles(live, data, () => this.#soon()) };
  }

  #play(): void {
    const live = this.running?.live;
    if (this.#pause === 0) live?.play();
    else void this.#walk();
  }

  #stop(): void {
    this.#walking = false;
    this.running?.live.pause();
  }

  async #walk(): Promise<void> {
    const live = this.running?.live;
    this.#walking = true;
    while (this.#walking && live !== undefined && live === this.running?.live && !live.done) {
      await live.advance(strideOf(live));
      await new Promise((resolve) => setTimeout(resolve, this.#pause));
    }
    if (live === this.running?.live) this.#walking = false;
    this.#read();
  }

  #soon(): void {
    if (this.#asked) return;
    this.#asked = true;
    const rest = Math.min(MOST_MS, Math.max(LEAST_MS, REST * drawingTime()));
    // The first steps are shown at once.
    const pause = this.step === 0 ? LEAST_MS : rest;
    const wait = this.#last + pause - performance.now();
    const frame = (): void => void requestAnimationFrame(() => this.#read());
    if (wait > 0) setTimeout(frame, wait);
    else frame();
  }

  #read(): void {
    this.#asked = false;
    this.#last = performance.now();
    const live = this.running?.live;
    if (live === undefined) return;
    this.step = live.step;
    this.playing = live.playing || this.#walking;
    this.done = live.done;
    this.version++;
  }
}

/** Steps from one log point to the next. */
const strideOf = ({ plan }: Live): number => {
  const [first = 0, second = 1] = plan.training.logSteps;
  return second - first;
};
