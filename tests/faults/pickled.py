# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes a checkpoint as PyTorch does (a zip archive with a pickle and raw storages), without it."""

import io
import pickle
import sys
import types
import zipfile


class FloatStorage:
    """torch.FloatStorage, which is pickled by its name alone."""


def rebuild_tensor(*_):
    """torch._utils._rebuild_tensor_v2, likewise."""


class Tensor:
    def __init__(self, key, count):
        self.key, self.count = key, count

    def __reduce__(self):
        return rebuild_tensor, (Storage(self.key, self.count), 0, (self.count,), (1,), False, ())


class Storage:
    def __init__(self, key, count):
        self.key, self.count = key, count


class Pickler(pickle.Pickler):
    def persistent_id(self, thing):
        if isinstance(thing, Storage):
            return "storage", FloatStorage, thing.key, "cpu", thing.count
        return None


def as_torch(thing, module, name):
    thing.__module__, thing.__qualname__, thing.__name__ = module, name, name
    parent = sys.modules.setdefault(module, types.ModuleType(module))
    setattr(parent, name, thing)


def write_checkpoint(path, tensors, count):
    """So many tensors of @p count numbers each."""
    as_torch(FloatStorage, "torch", "FloatStorage")
    as_torch(rebuild_tensor, "torch._utils", "_rebuild_tensor_v2")
    pickled = io.BytesIO()
    Pickler(pickled, protocol=2).dump({f"tensor.{i}": Tensor(str(i), count) for i in range(tensors)})
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("archive/data.pkl", pickled.getvalue())
        archive.writestr("archive/byteorder", "little")
        for i in range(tensors):
            archive.writestr(f"archive/data/{i}", bytes([i % 60]) * (4 * count))
        archive.writestr("archive/version", "3\n")
