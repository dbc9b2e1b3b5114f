"""Tensors without torch."""

KINDS = [{}, {"requires_grad": True}, {"device": "cuda:0"}]
KINDS += [{"short": True, "requires_grad": True, "device": "cuda:0"}]


def fake_torch(array, **kinds):
    """What matters of a torch tensor: numpy gets it only after detach(), cpu() and float(), where these are needed."""

    class Tensor:
        dtype = object()  # torch's kinds are no numpy's

        def __init__(self, array, requires_grad=False, device="cpu", short=False):
            self.array, self.requires_grad, self.device, self.short = array, requires_grad, device, short

        def size(self):
            return self.array.shape

        def tolist(self):
            return self.array.tolist()

        def detach(self):
            return Tensor(self.array, False, self.device, self.short)

        def cpu(self):
            return Tensor(self.array, self.requires_grad, "cpu", self.short)

        def float(self):
            return Tensor(self.array.astype("float32"), self.requires_grad, self.device)

        def __array__(self, dtype=None, copy=None):
            if self.requires_grad:
                raise RuntimeError("Can't call numpy() on Tensor that requires grad.")
            if self.device != "cpu":
                raise TypeError("can't convert cuda:0 device type tensor to numpy.")
            if self.short:
                raise TypeError("Got unsupported ScalarType BFloat16")
            return self.array

    return Tensor(array, **kinds)
