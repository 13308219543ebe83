/**
 * The figures that the deeplearning.ai course notebook "Initialization" publishes in its logs; the
 * random run's costs are intervals, since that run is chaotic to rounding: moving its weights by one
 * unit in the last place moves the cost at step 1000 between about 0.6228 and 0.6261.
 */
export const COURSE = {
  source: "deeplearning.ai, Improving Deep Neural Networks, notebook Initialization",
  zeros: { cost: Math.LN2, trainAccuracy: 0.5, testAccuracy: 0.5, tolerance: 1e-12 },
  random: {
    costAt0: Infinity,
    between: { 1000: [0.62, 0.629], 7000: [0.46, 0.49], 14000: [0.3824, 0.3832] },
    trainAccuracy: 0.83,
    testAccuracy: 0.86,
  },
  he: {
    tolerance: 1e-9,
    trainAccuracy: 0.9933333333333333,
    testAccuracy: 0.96,
    cost: [
      0.8830537463419761, 0.6879825919728063, 0.6751286264523371, 0.6526117768893807, 0.6082958970572937,
      0.5304944491717495, 0.4138645817071793, 0.3117803464844441, 0.23696215330322562, 0.1859728720920683,
      0.15015556280371808, 0.12325079292273546, 0.09917746546525934, 0.08457055954024276, 0.07357895962677366,
    ],
  },
} as const;
