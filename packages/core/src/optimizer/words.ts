import type { OptimizerName } from "./named.ts";

/** What lists and explanations say of an optimizer: apart from what trains, which a page loads without it. */
export interface OptimizerWords {
  readonly summary: string;
  readonly formula: string;
  readonly text: string;
  readonly references: readonly string[];
  /** Of each option. */
  readonly options: Readonly<Record<string, string>>;
}

export const OPTIMIZER_WORDS: Readonly<Record<OptimizerName, OptimizerWords>> = {
  sgd: {
    summary: "Gradient descent; with momentum it keeps part of its last step.",
    formula: "v ← μ v + (1 − τ) (g + λ w), w ← w − η v",
    text:
      "Without options it is plain gradient descent, w ← w − η g. With a changing learning rate Keras' momentum differs " +
      "from PyTorch's: there the rate is part of what is kept. Weight decay is added to the gradient in PyTorch, and " +
      "taken from the weight in Keras.",
    references: [
      "https://docs.pytorch.org/docs/stable/generated/torch.optim.SGD.html",
      "https://keras.io/api/optimizers/sgd/",
    ],
    options: {
      momentum: "Share μ of the last step that is kept.",
      dampening: "Share τ of the gradient that is left out of the momentum, but not at the first update.",
      nesterov: "Whether the step looks ahead; needs momentum.",
      weightDecay: "λ.",
    },
  },
  rmsprop: {
    summary: "Divides each weight's gradient by the root of its mean square.",
    formula: "s ← ρ s + (1 − ρ) g², w ← w − η g / (√s + ε)",
    text: "PyTorch adds ε to the root, Keras and Optax under it, which matters where gradients are small.",
    references: [
      "Tieleman and Hinton 2012, lecture 6.5 of Neural Networks for Machine Learning",
      "Graves 2013 (centered), https://arxiv.org/abs/1308.0850",
      "https://docs.pytorch.org/docs/stable/generated/torch.optim.RMSprop.html",
    ],
    options: {
      rho: "Share of the mean square that is kept.",
      epsilon: "ε.",
      momentum: "Share of the last step that is kept.",
      centered: "Whether the variance of the gradient takes the place of its mean square.",
      weightDecay: "λ.",
    },
  },
  adagrad: {
    summary: "Divides each weight's gradient by the root of the sum of its squares so far.",
    formula: "s ← s + g², w ← w − η g / (√s + ε)",
    text: "Its steps get smaller as the sum grows. PyTorch starts the sum at 0, Keras and Optax at 0.1.",
    references: [
      "Duchi, Hazan and Singer 2011, https://jmlr.org/papers/v12/duchi11a.html",
      "https://docs.pytorch.org/docs/stable/generated/torch.optim.Adagrad.html",
    ],
    options: {
      epsilon: "ε.",
      initialAccumulator: "Where the sum of squares starts.",
      rateDecay: "Update t has the rate η / (1 + (t − 1) · rateDecay).",
      weightDecay: "λ.",
    },
  },
  adam: {
    summary: "Steps of about the learning rate in every weight, whatever the size of its gradient.",
    formula: "w ← w − η m̂ / (√ŝ + ε), m̂ and ŝ the corrected means of g and g²",
    text:
      "Each weight's step is its mean gradient over the root of its mean squared gradient. Weight decay is added to the " +
      "gradient in PyTorch; Keras takes it from the weight. With amsgrad the largest ŝ so far takes the place of ŝ.",
    references: [
      "Kingma and Ba 2015, https://arxiv.org/abs/1412.6980",
      "Reddi, Kale and Kumar 2018 (AMSGrad), https://arxiv.org/abs/1904.09237",
      "https://docs.pytorch.org/docs/stable/generated/torch.optim.Adam.html",
    ],
    options: {
      beta1: "Share of the mean gradient that is kept.",
      beta2: "Share of the mean squared gradient that is kept.",
      weightDecay: "λ.",
      amsgrad: "Whether the largest second moment so far is used.",
      epsilon: "Added to the root; Keras adds it before the second moment is corrected.",
    },
  },
  adamW: {
    summary: "Adam with weight decay that is taken from the weight, not added to the gradient.",
    formula: "w ← (1 − η λ) w − η m̂ / (√ŝ + ε)",
    text:
      "Added to the gradient, decay would be divided by the gradient's size as the gradient is. Taken from the weight it " +
      "is the same share of every weight.",
    references: [
      "Loshchilov and Hutter 2019, https://arxiv.org/abs/1711.05101",
      "https://docs.pytorch.org/docs/stable/generated/torch.optim.AdamW.html",
    ],
    options: {
      weightDecay: "λ.",
      beta1: "Share of the mean gradient that is kept.",
      beta2: "Share of the mean squared gradient that is kept.",
      epsilon: "Added to the root; Keras adds it before the second moment is corrected.",
      amsgrad: "Whether the largest second moment so far is used.",
    },
  },
  nadam: {
    summary: "Adam with Nesterov's momentum: the step looks ahead.",
    formula: "w ← w − η (μₜ₊₁ m̂ + (1 − μₜ) ĝ) / (√ŝ + ε)",
    text: "PyTorch and Keras let the momentum grow from half of β₁ to β₁, PyTorch 250 times as slowly; Optax holds it at β₁.",
    references: [
      "Dozat 2016, https://openreview.net/forum?id=OM0jvwB8jIp57ZJjtNEZ",
      "https://docs.pytorch.org/docs/stable/generated/torch.optim.NAdam.html",
    ],
    options: {
      weightDecay: "λ.",
      momentumDecay: "How fast the momentum grows to β₁.",
      decoupled:
        "Whether weights decay by themselves, w ← w − η λ w, as in AdamW; by default λ w is added to the gradient.",
      beta1: "Share of the mean gradient that is kept.",
      beta2: "Share of the mean squared gradient that is kept.",
      epsilon: "Added to the root; Keras adds it before the second moment is corrected.",
    },
  },
  muon: {
    summary: "Turns each kernel's momentum into a matrix with singular values near 1; AdamW for all else.",
    formula: "W ← (1 − η λ) W − η √max(1, out/in) · NewtonSchulz(momentum)",
    text:
      "Five rounds of X ← a X + (b X Xᵀ + c (X Xᵀ)²) X bring the singular values near 1 (0.7 to 1.2). Kernels are " +
      "updated so, biases by AdamW with the same learning rate: PyTorch's Muon takes matrices only and leaves the rest " +
      "to another optimizer. PyTorch rounds the rounds to bfloat16, and Keras takes the norm in float32; here both have " +
      "the engine's precision.",
    references: [
      "Jordan et al. 2024, https://kellerjordan.github.io/posts/muon/",
      "Liu et al. 2025, https://arxiv.org/abs/2502.16982",
      "https://docs.pytorch.org/docs/stable/generated/torch.optim.Muon.html",
    ],
    options: {
      momentum: "Share of the momentum that is kept.",
      nesterov: "Whether the step looks ahead.",
      weightDecay: "λ of the kernels.",
      vectorDecay: "λ of the biases, which AdamW updates.",
    },
  },
};
