extension Tally {
  /// The tally of this stretch followed by `next`.
  ///
  /// Associative, with the empty tally as identity: exactly so for counts, highest and lowest points of exact
  /// growths, and to rounding for sums. The order matters; the path of `next` starts where this one ends.
  public func merging(_ next: Tally) -> Tally {
    var both = self
    both.bars += next.bars
    both.barsInMarket += next.barsInMarket
    both.winningBars += next.winningBars
    both.sum += next.sum
    both.sumOfSquares += next.sumOfSquares
    both.sumOfCubes += next.sumOfCubes
    both.sumOfFourths += next.sumOfFourths
    both.sumOfLosses += next.sumOfLosses
    both.sumOfSquaredLosses += next.sumOfSquaredLosses
    both.growth = growth * next.growth
    both.highest = max(highest, growth * next.highest)
    both.lowest = min(lowest, growth * next.lowest)
    both.maximumDrawdown = max(
      maximumDrawdown, next.maximumDrawdown, 1 - growth * next.lowest / highest)
    both.turnover += next.turnover
    both.tradesClosed += next.tradesClosed
    both.tradesWon += next.tradesWon
    both.grossProfit += next.grossProfit
    both.grossLoss += next.grossLoss
    return both
  }

  /// The tally of all stretches in order.
  public static func merged(_ tallies: some Sequence<Tally>) -> Tally {
    tallies.reduce(Tally()) { $0.merging($1) }
  }
}
