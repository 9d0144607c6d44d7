"""Eight numbers at a time.

A processor adds eight numbers as fast as one, but a compiler finds that out only in loops of unknown length, not in the
short rows of a factor map. These few words say it: a *lane* is eight neighbouring numbers of a row of an array, held in a
register. They are for compiled functions only, and take rows of C-contiguous arrays; nothing checks the bounds.

    total = load(table, row, 0)
    total = add(total, load(table, other, 0))
    store(out, row, 0, total)
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.core.datamodel.models import PrimitiveModel
from numba.extending import intrinsic, register_model
from numba.np.arrayobj import make_array

LANE = 8
FLAGS = ("contract",)  # a product and a sum may be one step; nothing else is changed


class Lane(types.Type):
    """Eight numbers of one kind, in a register."""

    def __init__(self, dtype: types.Float) -> None:
        self.dtype = dtype
        super().__init__(name=f"Lane({dtype})")


@register_model(Lane)
class _LaneModel(PrimitiveModel):
    def __init__(self, manager: Any, of: Lane) -> None:
        super().__init__(manager, of, ir.VectorType(manager.lookup(of.dtype).get_value_type(), LANE))  # type: ignore[no-untyped-call]


def word(maker: Callable[..., Any]) -> Any:
    """A word for compiled functions, from what gives its types and writes its code."""
    return intrinsic(maker)


def _place(context: Any, builder: Any, signature: Any, args: Any) -> tuple[Any, int]:
    """(pointer to eight numbers from array[row, at] on, bytes of one)."""
    array, row, at = signature.args[:3]
    held = make_array(array)(context, builder, args[0])  # type: ignore[no-untyped-call]
    columns = cgutils.unpack_tuple(builder, held.shape)[1]  # type: ignore[no-untyped-call]
    first, second = (context.cast(builder, args[i], kind, types.intp) for i, kind in ((1, row), (2, at)))
    pointer = builder.gep(held.data, [builder.add(builder.mul(first, columns), second)])
    vector = ir.VectorType(context.get_value_type(array.dtype), LANE)
    return builder.bitcast(pointer, vector.as_pointer()), array.dtype.bitwidth // 8


@word
def load(_: Any, array: Any, row: Any, at: Any) -> Any:
    """array[row, at : at + 8]."""

    def code(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        pointer, size = _place(context, builder, signature, args)
        return builder.load(pointer, align=size)

    return Lane(array.dtype)(array, row, at), code


@word
def store(_: Any, array: Any, row: Any, at: Any, lane: Any) -> Any:
    """array[row, at : at + 8] = lane."""

    def code(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        pointer, size = _place(context, builder, signature, args)
        builder.store(args[3], pointer, align=size)
        return context.get_dummy_value()

    return types.void(array, row, at, lane), code


@word
def add(_: Any, one: Any, other: Any) -> Any:
    """one + other."""
    return one(one, other), lambda context, builder, signature, args: builder.fadd(*args, flags=FLAGS)


@word
def subtract(_: Any, one: Any, other: Any) -> Any:
    """one − other."""
    return one(one, other), lambda context, builder, signature, args: builder.fsub(*args, flags=FLAGS)


@word
def times(_: Any, one: Any, other: Any) -> Any:
    """one · other, number by number."""
    return one(one, other), lambda context, builder, signature, args: builder.fmul(*args, flags=FLAGS)


@word
def over(_: Any, one: Any, other: Any) -> Any:
    """one / other, number by number."""
    return one(one, other), lambda context, builder, signature, args: builder.fdiv(*args)


@word
def add_times(_: Any, lane: Any, factor: Any, other: Any) -> Any:
    """lane + factor · other, for one number ``factor``."""

    def code(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        number = context.cast(builder, args[1], signature.args[1], lane.dtype)
        product = builder.fmul(_spread(builder, number, args[0].type), args[2], flags=FLAGS)
        return builder.fadd(args[0], product, flags=FLAGS)

    return lane(lane, factor, other), code


@word
def eight(_: Any, array: Any, number: Any) -> Any:
    """Eight times this number, of the kind of this array."""

    def code(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        cast = context.cast(builder, args[1], number, array.dtype)
        return _spread(builder, cast, context.get_value_type(signature.return_type))

    return Lane(array.dtype)(array, number), code


@word
def nothing(_: Any, array: Any) -> Any:
    """Eight zeros, of the kind of this array."""

    def code(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        return ir.Constant(context.get_value_type(signature.return_type), None)

    return Lane(array.dtype)(array), code


@word
def total(_: Any, lane: Any) -> Any:
    """The sum of the eight."""
    return lane.dtype(lane), lambda context, builder, signature, args: _folded(builder, args[0], builder.fadd)


@word
def product(_: Any, lane: Any) -> Any:
    """The product of the eight."""
    return lane.dtype(lane), lambda context, builder, signature, args: _folded(builder, args[0], builder.fmul)


def _spread(builder: Any, number: Any, vector: Any) -> Any:
    first = builder.insert_element(ir.Constant(vector, ir.Undefined), number, ir.Constant(ir.IntType(32), 0))
    zeros = ir.Constant(ir.VectorType(ir.IntType(32), LANE), None)
    return builder.shuffle_vector(first, ir.Constant(vector, ir.Undefined), zeros)


def _folded(builder: Any, lane: Any, join: Any) -> Any:
    """Halves joined, three times; always in the same order."""
    for half in (4, 2, 1):
        lower, upper = (
            [ir.Constant(ir.IntType(32), i) for i in range(begin, begin + half)] for begin in (0, half)
        )
        parts = (
            builder.shuffle_vector(lane, lane, ir.Constant(ir.VectorType(ir.IntType(32), half), at))
            for at in (lower, upper)
        )
        lane = join(*parts)
    return builder.extract_element(lane, ir.Constant(ir.IntType(32), 0))
