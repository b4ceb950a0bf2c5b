import Kernels
import Testing

@Suite("The reference kernel's stops, on paper")
struct StopTests {
  @Test("a stop-loss looks at the growth of the trade before costs, its bound included")
  func stopLoss() {
    let scores = [1.0, 1, 1, 1, 1, 0]
    let earned = [0, -0.25, 0.5, -0.5, 0.5, 0]
    // Growth on the bars after the entry: 3/4, 9/8, 9/16, 27/32.
    func positions(_ loss: Double, cost: Double = 0) -> [Int] {
      Example(scores, .sign(stopLoss: loss), earned: earned, cost: cost).path.positions
    }
    #expect(positions(0.25) == [1, 0, 0, 0, 0, 0])
    #expect(positions(0.26) == [1, 1, 1, 0, 0, 0])
    #expect(positions(7.0 / 16) == [1, 1, 1, 0, 0, 0])
    #expect(positions(0.44) == [1, 1, 1, 1, 1, 0])
    #expect(positions(0.44, cost: 0.25) == positions(0.44))
  }

  @Test("a take-profit, its bound included")
  func takeProfit() {
    let earned = [0, 0.25, 0.25, 0.25, 0]
    // 5/4, 25/16, 125/64.
    func positions(_ profit: Double) -> [Int] {
      Example([1, 1, 1, 1, 1], .sign(takeProfit: profit), earned: earned).path.positions
    }
    #expect(positions(0.25) == [1, 0, 0, 0, 0])
    #expect(positions(0.5) == [1, 1, 0, 0, 0])
    #expect(positions(9.0 / 16) == [1, 1, 0, 0, 0])
    #expect(positions(1) == [1, 1, 1, 1, 0])
  }

  @Test("a short trade is stopped when the market rises")
  func shortSide() {
    let scores = [-1.0, -1, -1, -1, 0]
    let loss = Example(scores, .sign(.longShort, stopLoss: 0.25), earned: [0, -0.5, 0.5, 0.5, 0]).path
    // 3/2, then 3/4, which is the bound.
    #expect(loss.positions == [-1, -1, 0, 0, 0])
    let profit = Example(scores, .sign(.longShort, takeProfit: 0.5), earned: [0, -0.5, 0, 0, 0]).path
    #expect(profit.positions == [-1, 0, 0, 0, 0])
  }

  @Test("the longest holding counts bars earned", arguments: 1...5)
  func maximumHolding(bars: Int) {
    let path = Example(Array(repeating: 1, count: 9), .sign(holding: bars)).path
    #expect(path.positions == (0..<9).map { $0 < bars ? 1 : 0 })
    #expect(path.tallies[0].barsInMarket == bars)
  }

  @Test("a stopped side opens again only after its entry condition has failed once")
  func latch() {
    // The entry stands until bar 3, fails on bar 4 (an exit is not needed), and stands again from bar 5.
    let path = Example([1, 1, 1, 1, 0, 1, 1, 1], .sign(holding: 1)).path
    #expect(path.positions == [1, 0, 0, 0, 0, 1, 0, 0])
    // An undefined score fails it as well.
    #expect(Example([1, 1, .nan, 1, 0], .sign(holding: 1)).path.positions == [1, 0, 0, 1, 0])
  }

  @Test("the other side may open at once, and that frees the side that was stopped")
  func latchIsOfOneSide() {
    let path = Example([1, 1, -1, -1, 1, 1, 0], .sign(.longShort, holding: 1)).path
    #expect(path.positions == [1, 0, -1, 0, 1, 0, 0])
  }

  @Test("a trade stopped while its entry does not stand may open on the next entry")
  func stoppedWhileHeld() {
    let rule = PositionRule(entry: 1, exit: 0, direction: .long, maximumHolding: 2)
    #expect(Example([2, 0.5, 0.5, 2, 2, 2, 2], rule).path.positions == [1, 1, 0, 1, 1, 0, 0])
  }

  @Test("a reversal is a new trade: nothing of the old one counts against it")
  func reversalStartsAnew() {
    let earned = [0, -0.25, -0.25, 0.25, 0.25, 0]
    // Long: 3/4; reversed to short on bar 1: 5/4, then 5/4·3/4, then 5/4·3/4·3/4 = 45/64 on bar 4.
    let path = Example([1, -1, -1, -1, -1, 0], .sign(.longShort, stopLoss: 0.28), earned: earned).path
    #expect(path.positions == [1, -1, -1, -1, 0, 0])
    let held = Example([1, -1, -1, -1, -1, 0], .sign(.longShort, holding: 2)).path
    #expect(held.positions == [1, -1, -1, 0, 0, 0])
  }

  @Test("a stop that falls on the exit's own bar leaves no latch")
  func exitComesFirst() {
    let path = Example([1, -1, 1, 1], .sign(stopLoss: 0.25), earned: [0, -0.5, 0, 0]).path
    #expect(path.positions == [1, 0, 1, 0])
  }

  @Test("filled at the next open, a stop sees the close of the bar but earns up to the next open")
  func nextOpenKnowsTheClose() {
    // Bought at 128. Bar 1 closes at 64, half of it, but the next open is 96; bar 2 closes at 120 and opens then at 48.
    func path(_ rule: PositionRule) -> ReferenceKernel.Path {
      var example = Example([1, 1, 1, 1, 1, 1], rule)
      example.returns = BarReturns(
        filledAtNextOpen: [64, 128, 96, 48, 72, 72], close: [80, 64, 120, 60, 90, 72])
      example.unfilledDecisions = 2
      return example.path
    }
    let stopped = path(.sign(stopLoss: 0.5))
    #expect(stopped.positions == [1, 0, 0, 0, 0, 0])
    #expect(stopped.netReturns == [0, -0.25, 0, 0, 0, 0])
    // 64/128, 120/128, 60/128: only the third close is at or below 15/32.
    #expect(path(.sign(stopLoss: 17.0 / 32)).positions == [1, 1, 1, 0, 0, 0])
  }

  @Test("a new segment forgets the latch")
  func segmentForgets() {
    let earned = Array(repeating: 0.0, count: 8)
    let path = ReferenceKernel.run(
      scores: Array(repeating: 1, count: 8), rule: .sign(holding: 1),
      returns: BarReturns(earned: earned, known: earned), cost: 0,
      timeline: Timeline(segments: [Segment(name: "a", bars: 0..<4), Segment(name: "b", bars: 4..<8)]))
    #expect(path.positions == [1, 0, 0, 0, 1, 0, 0, 0])
  }
}
