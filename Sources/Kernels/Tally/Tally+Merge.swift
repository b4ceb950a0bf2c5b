extension Tally {
  /// The tally of this stretch followed by `next`.
  ///
  /// Associative, with the empty tally as identity: exactly so for counts, highest and lowest points of exact
  /// growths, and to rounding for sums. The order matters; the path of `next` starts where this one ends.
  public func merging(_ next: Tally) -> Tally {
    var both = self
    both.merge(next)
    return both
  }

  /// Goes on with `next`, as ``merging(_:)`` does.
  public mutating func merge(_ next: Tally) {
    bars += next.bars
    barsInMarket += next.barsInMarket
    winningBars += next.winningBars
    sum += next.sum
    sumOfSquares += next.sumOfSquares
    sumOfCubes += next.sumOfCubes
    sumOfFourths += next.sumOfFourths
    sumOfLosses += next.sumOfLosses
    sumOfSquaredLosses += next.sumOfSquaredLosses
    // Highest and lowest points and falls of the next stretch are relative to where this one ends.
    maximumDrawdown = max(maximumDrawdown, next.maximumDrawdown, 1 - growth * next.lowest / highest)
    highest = max(highest, growth * next.highest)
    lowest = min(lowest, growth * next.lowest)
    growth *= next.growth
    turnover += next.turnover
    tradesClosed += next.tradesClosed
    tradesWon += next.tradesWon
    grossProfit += next.grossProfit
    grossLoss += next.grossLoss
  }

  /// The tally of all stretches in order.
  public static func merged(_ tallies: some Sequence<Tally>) -> Tally {
    tallies.reduce(Tally()) { $0.merging($1) }
  }
}
