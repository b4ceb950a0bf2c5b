import Kernels

extension Market {
  /// This market with its bars in another order: what it might have been if nothing in its past told of its future.
  ///
  /// A bar is taken apart into its gap, the open over the close before, and its shape, high, low and close over its
  /// open, with the volume that was traded on it. Gaps and shapes are shuffled, each independently of the other, and
  /// a market is put together of them. Every order is equally likely. So trends and all else that one bar says about
  /// the next are gone; what stays is what a strategy could earn without knowing anything: the overall change of the
  /// price and, but for rounding, the mean and the spread of the logarithmic returns of gaps and bars.
  ///
  /// - The first of `bars` and all outside of them stay as they are, and so do all times. The last close of `bars`
  ///   is what it was, but for rounding: four roundings for each bar that moved.
  /// - Products of ratios are the sums of logarithms in the source, and bound exactly: no open or close leaves its bar.
  /// - To shuffle the bars after a training segment with its close as the base, begin `bars` with its last bar.
  /// - Edge cases: with fewer than two bars besides the first nothing moves. Prices that move by hundreds of orders of
  ///   magnitude may in another order leave the range of `Double`.
  ///
  /// Reference: Masters 2020, "Permutation and randomization tests for trading system development", the algorithm for
  /// bars. There a gap is `rel_open`, a shape `rel_high`, `rel_low` and `rel_close`.
  ///
  /// - Parameters:
  ///   - number: which of the permutations under `seed`, from 0; each is a function of these two and the bars alone.
  ///   - bars: the bars to shuffle among themselves, all unless given.
  /// - Precondition: `number` is not negative; `bars` lie inside the market.
  public func permuted(seed: UInt64, number: Int, bars: Range<Int>? = nil) -> Market {
    let bars = bars ?? 0..<count
    precondition(number >= 0 && bars.lowerBound >= 0 && bars.upperBound <= count, "bars of this market")
    let moving = bars.dropFirst()
    var stream = RandomStream(seed: seed, purpose: .permutation, index: UInt64(number))
    let shapes = Self.shuffled(moving, &stream)
    let gaps = Self.shuffled(moving, &stream)
    var (newOpen, newHigh, newLow, newClose, newVolume) = (open, high, low, close, volume)
    for (bar, (shape, gap)) in zip(moving, zip(shapes, gaps)) {
      let start = newClose[bar - 1] * (open[gap] / close[gap - 1])
      newOpen[bar] = start
      newHigh[bar] = start * (high[shape] / open[shape])
      newLow[bar] = start * (low[shape] / open[shape])
      newClose[bar] = start * (close[shape] / open[shape])
      newVolume[bar] = volume[shape]
    }
    return Market(
      name: name, timestamps: timestamps, open: newOpen, high: newHigh, low: newLow, close: newClose,
      volume: newVolume)
  }

  /// The bars in random order (Fisher & Yates 1938; Durstenfeld 1964).
  private static func shuffled(_ bars: Range<Int>, _ stream: inout RandomStream) -> [Int] {
    var order = Array(bars)
    for last in order.indices.dropFirst().reversed() {
      order.swapAt(last, stream.integer(below: last + 1))
    }
    return order
  }
}
