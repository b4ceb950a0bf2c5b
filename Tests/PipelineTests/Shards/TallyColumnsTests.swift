import Kernels
import Testing

@testable import Pipeline

/// Tallies as shards hand them on.
@Suite struct TallyColumnsTests {
  @Test func aTallyComesBackAsItWas() {
    var tally = Tally(bars: 40)
    // As of blocks that begin with leaving a position.
    (tally.barsInMarket, tally.winningBars, tally.tradesClosed, tally.tradesWon) = (0, -1, 2, 1)
    (tally.sum, tally.sumOfSquares, tally.sumOfCubes, tally.sumOfFourths) = (-0.25, -0.5, 0.125, -3)
    (tally.sumOfLosses, tally.sumOfSquaredLosses, tally.turnover) = (-0.5, 0.75, 3)
    (tally.growth, tally.highest, tally.lowest, tally.maximumDrawdown) = (0.75, 1.5, 0.5, 0.625)
    (tally.grossProfit, tally.grossLoss) = (0.1, 0.2)
    let tallies = [tally, Tally(bars: 7), tally.merging(tally)]
    let sections = TallyColumns.sections(tallies[...])
    #expect(TallyColumns.tallies(counts: sections[0][...], sums: sections[1][...]) == tallies)
  }
}
