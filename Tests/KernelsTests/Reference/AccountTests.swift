import Kernels
import Testing

@Suite("The reference kernel's account, on paper")
struct AccountTests {
  @Test("trades by themselves, each with the costs of its two ends")
  func resultsOfTrades() {
    let path = Example([1, 1, -1, 1, 0], .sign(), earned: [9, 0.5, -0.5, 0.25, 0.5], cost: 1.0 / 64).path
    // (3/2 - c)·1/2·(1 - c) - 1; (3/2 - c)·(1 - c) - 1.
    #expect(path.trades == [[-0.2694091796875, 0.461181640625]])
    #expect(path.trades[0].count == path.tallies[0].tradesClosed)
    #expect(path.tallies[0].grossProfit == 0.461181640625 && path.tallies[0].grossLoss == 0.2694091796875)
  }

  @Test("long with costs of 1/64: two trades, the last one closed and charged at the end")
  func longWithCosts() {
    let path = Example([1, 1, -1, 1, 0], .sign(), earned: [9, 0.5, -0.5, 0.25, 0.5], cost: 1.0 / 64).path
    #expect(path.positions == [1, 1, 0, 1, 0])
    // 1/2 - c; -1/2; nothing - c; 1/2 - c - c.
    #expect(path.netReturns.map { $0 * 64 } == [0, 31, -32, -1, 30])
    var expected = Tally(bars: 5)
    expected.barsInMarket = 3
    expected.winningBars = 2
    expected.sum = 28.0 / 64
    expected.sumOfSquares = (961 + 1_024 + 1 + 900) / 4_096.0
    expected.sumOfCubes = (29_791 - 32_768 - 1 + 27_000) / 262_144.0
    expected.sumOfFourths = (923_521 + 1_048_576 + 1 + 810_000) / 16_777_216.0
    expected.sumOfLosses = -33.0 / 64
    expected.sumOfSquaredLosses = 1_025.0 / 4_096
    expected.growth = (95.0 / 64) * (32.0 / 64) * (63.0 / 64) * (94.0 / 64)
    expected.highest = 95.0 / 64
    expected.lowest = (95.0 / 64) * (32.0 / 64) * (63.0 / 64)
    expected.maximumDrawdown = 1 - 63.0 / 128
    expected.turnover = 4
    expected.tradesClosed = 2
    expected.tradesWon = 1
    // (1 + 1/2 - c)·1/2·(1 - c) and (1 + 1/2 - c)·(1 - c).
    expected.grossLoss = 1 - 95.0 / 128 * 63 / 64
    expected.grossProfit = 95.0 / 64 * 63 / 64 - 1
    #expect(path.tallies == [expected])
  }

  @Test("a reversal closes one trade, opens another and changes the position by two")
  func reversal() {
    let path = Example([1, -1, 0], .sign(.longShort), earned: [0, 0.25, 0.5], cost: 1.0 / 64).path
    #expect(path.positions == [1, -1, 0])
    #expect(path.netReturns.map { $0 * 64 } == [0, 15, -35])
    let tally = path.tallies[0]
    #expect(tally.turnover == 4)
    #expect([tally.tradesClosed, tally.tradesWon] == [2, 1])
    // (1 + 1/4 - c)(1 - c) - 1 and 1 - (1 - 1/2 - c)(1 - c), in units of 1/4096.
    #expect(tally.grossProfit * 4_096 == 881)
    #expect(tally.grossLoss * 4_096 == 2_143)
  }

  @Test("a short position earns what the market loses")
  func short() {
    let path = Example([-1, -1, -1, 0], .sign(.longShort), earned: [0, -0.25, 0.5, -0.5]).path
    #expect(path.netReturns == [0, 0.25, -0.5, 0.5])
    let tally = path.tallies[0]
    #expect(tally.growth == 1.25 * 0.5 * 1.5)
    #expect([tally.barsInMarket, tally.winningBars, tally.tradesClosed] == [3, 2, 1])
    #expect([tally.highest, tally.lowest, tally.maximumDrawdown] == [1.25, 0.625, 0.5])
  }

  @Test("filled at the next open: a decision earns from the next open to the one after, the last two nothing")
  func nextOpen() {
    var example = Example([1, 1, 1, 1, 1], .sign())
    example.returns = BarReturns(filledAtNextOpen: [64, 128, 96, 48, 72], close: [80, 64, 120, 60, 90])
    example.unfilledDecisions = 2
    #expect(example.returns.earned == [1, -0.25, -0.5, 0.5, 0])
    #expect(example.returns.known == [0.25, -0.5, 0.25, 0.25, 0.25])
    let path = example.path
    #expect(path.positions == [1, 1, 1, 0, 0])
    #expect(path.netReturns == [0, -0.25, -0.5, 0.5, 0])
    #expect(path.tallies[0].bars == 5)
    #expect(path.tallies[0].growth == 72.0 / 128)
  }

  @Test("segments start and end flat; a trade belongs to the block in which it closes")
  func segmentsAndBlocks() {
    let earned = Array(repeating: 0.5, count: 10)
    let segments = [
      Segment(name: "a", bars: 0..<5, blockCount: 2), Segment(name: "b", bars: 6..<10, blockCount: 2),
    ]
    let path = ReferenceKernel.run(
      scores: [1, 1, 1, 1, 1, 1, 1, -1, -1, -1], rule: .sign(),
      returns: BarReturns(earned: earned, known: earned),
      cost: 0.125, timeline: Timeline(segments: segments))
    #expect(path.positions == [1, 1, 1, 1, 0, 0, 1, 0, 0, 0])
    #expect(path.netReturns == [0, 0.375, 0.5, 0.5, 0.375, 0, 0, 0.375, -0.125, 0])
    // Blocks of bars 0 to 2, 3 to 4, 6 to 7 and 8 to 9.
    #expect(path.tallies.map(\.bars) == [3, 2, 2, 2])
    #expect(path.tallies.map(\.tradesClosed) == [0, 1, 0, 1])
    #expect(path.tallies.map(\.turnover) == [1, 1, 1, 1])
    #expect(path.tallies.map(\.sum) == [0.875, 0.875, 0.375, -0.125])
  }

  @Test("a segment of one bar decides nothing, and one that never trades is a tally of its bars")
  func nothingToDo() {
    #expect(Example([1], .sign()).path.tallies == [Tally(bars: 1)])
    #expect(
      Example([-1, -1, .nan, -1], .sign(), earned: [0, 1, 2, 3], cost: 0.5).path.tallies == [Tally(bars: 4)])
  }

  @Test("an account that has lost everything stays at nothing, though its bars are still counted")
  func ruin() {
    let path = Example([-1, -1, -1, 0], .sign(.longShort), earned: [0, 0.5, 1.5, -0.5]).path
    #expect(path.netReturns == [0, -0.5, -1.5, 0.5])
    let tally = path.tallies[0]
    #expect([tally.growth, tally.lowest, tally.highest, tally.maximumDrawdown] == [0.0, 0, 1, 1])
    #expect([tally.winningBars, tally.barsInMarket] == [1, 3])
    // A trade loses no more than what it was given.
    #expect([tally.tradesClosed, tally.tradesWon] == [1, 0])
    #expect([tally.grossLoss, tally.grossProfit] == [1.0, 0])
  }
}
