"""The random numbers that Fluke documents: Philox 4x32-10 by seed, purpose and index (Salmon et al. 2011)."""

import numpy
from scipy.special import ndtri

WEIGHTS, RESAMPLE, PERMUTATION, CLUSTERING, SAMPLE = 2, 4, 5, 7, 8
LOW = numpy.uint64(0xFFFFFFFF)
SHIFT = numpy.uint64(32)


def words(counter, seed):
    """Four words for each counter, an array of shape (..., 4)."""
    a, b, c, d = (numpy.asarray(counter, dtype=numpy.uint64)[..., place] for place in range(4))
    left, right = seed & 0xFFFFFFFF, seed >> 32
    for _ in range(10):
        first = a * numpy.uint64(0xD2511F53)
        second = c * numpy.uint64(0xCD9E8D57)
        a, b = (second >> SHIFT) ^ b ^ numpy.uint64(left), second & LOW
        c, d = (first >> SHIFT) ^ d ^ numpy.uint64(right), first & LOW
        left, right = (left + 0x9E3779B9) & 0xFFFFFFFF, (right + 0xBB67AE85) & 0xFFFFFFFF
    return numpy.stack([a, b, c, d], axis=-1)


def numbers(seed, purpose, index, count):
    """The first `count` numbers of 64 bits of a stream."""
    counter = numpy.zeros(((count + 1) // 2, 4), dtype=numpy.uint64)
    counter[:, 0] = numpy.arange(len(counter))
    counter[:, 1], counter[:, 2], counter[:, 3] = index & 0xFFFFFFFF, index >> 32, purpose
    found = words(counter, seed)
    return numpy.stack([found[:, 0] | found[:, 1] << SHIFT, found[:, 2] | found[:, 3] << SHIFT], axis=1).ravel()[:count]


def uniforms(bits):
    """On [0, 1), multiples of 2^-53."""
    return (bits >> numpy.uint64(11)).astype(float) * 2.0**-53


def normals(bits):
    """By the middles of 2^52 cells of (0, 1)."""
    return ndtri(((bits >> numpy.uint64(12)).astype(float) + 0.5) * 2.0**-52)


def below(bits, bound):
    """On 0 ..< bound: the upper half of a product (Lemire 2019); that a draw is rejected has the chance bound/2^64."""
    high, low = bits >> SHIFT, bits & LOW
    bound = numpy.uint64(bound)
    return ((high * bound + (low * bound >> SHIFT)) >> SHIFT).astype(int)


def weights(seed, strategies, features):
    """Of linear strategies: uniform on ±√(3/K)."""
    groups = -(-features // 4)
    counter = numpy.zeros((strategies, groups, 4), dtype=numpy.uint64)
    counter[..., 0], counter[..., 3] = numpy.arange(groups), WEIGHTS
    counter[..., 1] = numpy.arange(strategies)[:, None]
    found = words(counter, seed).reshape(strategies, -1)[:, :features].astype(numpy.uint32).astype(numpy.int32)
    return found * ((3 / features) ** 0.5 * 2.0**-31)


def resamples(seed, count, bars, mean_block):
    """Bars of each resample of the stationary bootstrap: blocks of geometric length from anywhere on the circle."""
    drawn = numpy.empty((count, bars), dtype=int)
    failure = 1 - 1 / mean_block
    for number in range(count):
        bits = numbers(seed, RESAMPLE, number, 2 * bars)
        starts = below(bits[::2], bars)
        chance = ((bits[1::2] >> numpy.uint64(11)) + numpy.uint64(1)).astype(float) * 2.0**-53
        lengths = 1 + (numpy.log(chance) / numpy.log(failure)).astype(int) if failure > 0 else numpy.ones(bars, int)
        blocks = numpy.searchsorted(numpy.cumsum(lengths), bars) + 1
        lengths = lengths[:blocks]
        offsets = numpy.arange(lengths.sum()) - numpy.repeat(numpy.cumsum(lengths) - lengths, lengths)
        drawn[number] = ((numpy.repeat(starts[:blocks], lengths) + offsets) % bars)[:bars]
    return drawn


def halvings(number):
    """How often a strategy of this number survives when one in two does."""
    bits = int(numbers(0, SAMPLE, 1 << 63 | number, 1)[0])
    return 64 - bits.bit_length()


class Stream:
    """Numbers one after the other."""

    def __init__(self, seed, purpose):
        self.seed, self.purpose, self.bits, self.used = seed, purpose, numpy.zeros(0, numpy.uint64), 0

    def next(self):
        if self.used == len(self.bits):
            self.bits = numbers(self.seed, self.purpose, 0, max(1 << 14, 2 * len(self.bits)))
        self.used += 1
        return self.bits[self.used - 1]

    def below(self, bound):
        return int(below(self.next(), bound))

    def uniform(self):
        return float(uniforms(self.next()))
