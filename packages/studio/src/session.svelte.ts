import { type Dataset, InputError, type Live, liveComparison } from "@stepzero/core";
import { LINK_DEFAULTS, type LinkState } from "@stepzero/format/link";
import { liveTiles } from "./boundaries/live-tiles.ts";
import type { TileSource } from "./charts/boundaries.ts";
import type { Figures } from "./figures/figures.ts";
import { liveFigures } from "./figures/live-figures.ts";
import { experimentOf } from "./sharing/settings.ts";

/** Time between two bumps of the version, so that drawing leaves room for training. */
const FRAME_MS = 60;

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
  #asked = false;
  #last = 0;

  /** Begins anew; what was running is ended. */
  begin(settings: LinkState, play: boolean): void {
    const before = this.running;
    try {
      const { model, data, options } = experimentOf(settings);
      const live = liveComparison(model, data, options);
      this.settings = settings;
      this.running = {
        live,
        data,
        figures: liveFigures(live),
        tiles: liveTiles(live, data, () => this.#soon()),
      };
      this.problem = null;
      live.onChange(() => this.#soon());
      if (play) live.play();
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      this.problem = error.message;
      return;
    }
    before?.live.close();
    this.#read();
  }

  toggle(): void {
    const live = this.running?.live;
    if (live === undefined) return;
    if (live.playing) live.pause();
    else {
      if (live.done) live.rewind();
      live.play();
    }
    this.#read();
  }

  /** One log point further. */
  async advance(): Promise<void> {
    const live = this.running?.live;
    if (live === undefined) return;
    live.pause();
    const [first = 0, second = 1] = live.plan.training.logSteps;
    this.#read();
    await live.advance(second - first);
    this.#read();
  }

  /** Back to the identical start. */
  rewind(): void {
    const before = this.running;
    if (before === null) return;
    const { live, data } = before;
    live.rewind();
    this.running = {
      live,
      data,
      figures: liveFigures(live),
      tiles: liveTiles(live, data, () => this.#soon()),
    };
    this.#read();
  }

  nextSeeds(): void {
    const { seed, seeds } = this.settings;
    this.begin({ ...this.settings, seed: (seed + seeds) % 2 ** 32 }, true);
  }

  close(): void {
    this.running?.live.close();
    this.running = null;
  }

  #soon(): void {
    if (this.#asked) return;
    this.#asked = true;
    const wait = this.#last + FRAME_MS - performance.now();
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
    this.playing = live.playing;
    this.done = live.done;
    this.version++;
  }
}
