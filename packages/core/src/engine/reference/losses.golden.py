"""
Losses over positions that do not all count, by PyTorch in float64: cross_entropy with ignore_index, and
binary_cross_entropy_with_logits over the positions that count. Logits are [outputs, positions, samples], as ours.

    python losses.golden.py > losses.golden.json
"""

import json

import torch
import torch.nn.functional as F

torch.manual_seed(7)
OUTPUTS, POSITIONS, SAMPLES = 5, 4, 3


def case(loss, outputs):
    z = (3 * torch.randn(outputs, POSITIONS, SAMPLES, dtype=torch.float64)).requires_grad_()
    classes = max(2, outputs)
    y = torch.randint(0, classes, (POSITIONS, SAMPLES))
    y[0] = -1
    y[2, 1] = -1
    if loss == "softmax":
        # [samples, classes, positions], [samples, positions]
        value = F.cross_entropy(z.permute(2, 0, 1), y.T, ignore_index=-1)
        predicted = z.argmax(0)
    else:
        counts = y >= 0
        value = F.binary_cross_entropy_with_logits(z[0][counts], y[counts].double())
        predicted = (z[0] > 0).long()
    # So that some samples are wholly right.
    right = (predicted == y) | (y < 0)
    value.backward()
    counted = (y >= 0).sum().item()
    return {
        "loss": loss,
        "outputs": outputs,
        "positions": POSITIONS,
        "samples": SAMPLES,
        "z": z.detach().flatten().tolist(),
        "y": y.flatten().tolist(),
        "value": value.item(),
        "gradient": z.grad.flatten().tolist(),
        "accuracy": ((predicted == y) & (y >= 0)).sum().item() / counted,
        "sequenceAccuracy": right.all(0).double().mean().item(),
    }


cases = [case("softmax", OUTPUTS), case("softmax", 2), case("bce", 1)]
print(json.dumps({"made by": f"python losses.golden.py, torch {torch.__version__}", "cases": cases}))
