import type { Fans, Shape } from "../base/index.ts";
import type { Initializer, InitializerOptions, OptionDescription } from "../init/index.ts";
import type { ParameterSlot } from "../model/index.ts";

/** What one parameter starts from. */
export interface ParameterStart {
  readonly initializer: Initializer;
  /** Why, where its name does not tell. */
  readonly reason?: string;
  /** As the library counts them that the scheme follows; the layer's own by default. */
  readonly fans?: Fans;
  /** What that library draws before it and throws away. */
  readonly discarded?: { readonly initializer: Initializer; readonly shape: Shape };
}

/** The library that a scheme follows. */
export interface FollowedLibrary {
  /** The generators that draw as it does. */
  readonly generators: readonly string[];
  /** The parameters of one layer in the order in which it draws them; that of the layer by default. */
  order?(parameters: readonly ParameterSlot[]): readonly ParameterSlot[];
}

/** What the learning rate of one parameter is multiplied with, by the optimizer. */
export interface RateFactors {
  readonly gradientDescent: number;
  readonly adam: number;
}

/** Gives every parameter of a model its initializer, by role and place. */
export interface Scheme {
  /** Canonical name: an initializer's, `auto`, a preset's, … */
  readonly name: string;
  /** Options that differ from their defaults. */
  readonly options: InitializerOptions;
  /** Refuses a model that lacks what the scheme is about; `slots` are all its parameters. */
  check?(slots: readonly ParameterSlot[]): void;
  /** `slots` are all parameters of the model. */
  start(slot: ParameterSlot, slots: readonly ParameterSlot[]): ParameterStart;
  /** Left out where it follows none: then parameters are drawn in the order of the layers. */
  readonly library?: FollowedLibrary;
  /** The learning rates that belong to it; left out where one serves all parameters. */
  rates?(slot: ParameterSlot): RateFactors;
}

/** One scheme in the catalogue, which names, help and explanations are read from. */
export interface SchemeEntry<Name extends string = string> {
  readonly name: Name;
  readonly aliases: readonly Name[];
  readonly summary: string;
  readonly formula: string;
  readonly text: string;
  readonly references: readonly string[];
  readonly options: Readonly<Record<string, OptionDescription>>;
  /** What a model must have; left out where any will do. */
  readonly needs?: string;
  create(options: InitializerOptions): Scheme;
}

/** An entry whose names are known to the types: they complete in an editor. */
export const schemeEntry = <const Name extends string>(entry: SchemeEntry<Name>): SchemeEntry<Name> => entry;
