import Kernels
import Statistics
import Synchronization
import TestSupport
import Testing

/// Tests on some strategies of a source, which have the bits of a source that has no others.
@Suite struct SomeReturnsTests {
  private static func returns(_ count: Int) throws -> ReturnMatrix {
    var random = SeededGenerator(seed: 5)
    return try ReturnMatrix(
      bars: 60, strategies: count, values: (0..<60 * count).map { _ in 0.01 * random.normal() })
  }

  private static func columns(_ source: some ReturnSource) -> [[Double]] {
    DisjointSlots.fill(count: source.strategies, repeating: [Double]()) { slots in
      source.forEachTile(threads: 2, makeState: {}) { _, tile in
        for lane in 0..<tile.count { slots.write([tile.column(lane)], from: tile.firstStrategy + lane) }
      }
    }
  }

  @Test(arguments: [[0], [5, 6, 7], [0, 63, 64, 65, 150], Array(0..<200), Array(100..<170)])
  func packedOnesAreTheSame(numbers: [Int]) throws {
    let whole = try Self.returns(200)
    let packed = PackedReturns(whole, numbers: numbers)
    #expect(packed.strategies == numbers.count && packed.bars == 60)
    #expect(Self.columns(packed) == numbers.map { whole.column($0) })
  }

  /// Kept or not, each look finds the same, and the source is looked at once where they are kept.
  @Test(arguments: [3, 64, 200], [0, Int.max]) func keptOnesAreTheSame(count: Int, limit: Int) throws {
    let whole = CountedReturns(whole: try Self.returns(count))
    let kept = KeptReturns(whole, threads: 2, limit: limit)
    #expect(kept.strategies == count && kept.bars == 60 && kept.tileWidth == whole.tileWidth)
    for _ in 0..<3 { #expect(Self.columns(kept) == (0..<count).map { whole.whole.column($0) }) }
    #expect(whole.looks.load(ordering: .relaxed) == (limit == 0 ? 3 : 1))
    let last = ReturnTile.tiles(strategies: count) - 1
    kept.forEachTile([last], threads: 1, makeState: {}, body: { _, tile in #expect(tile.number == last) })
  }

  @Test(arguments: [[1, 2], [5, 70, 71, 199], Array(64..<128)]) func othersLeaveNoTrace(numbers: [Int]) throws
  {
    let whole = try Self.returns(200)
    let some = SomeReturns(whole) { numbers.contains($0) }
    let alone = try ReturnMatrix(
      bars: 60, strategies: numbers.count,
      values: (0..<60).flatMap { bar in numbers.map { whole.values[bar * 200 + $0] } })
    let resamples = try Resamples(.stationary(meanBlockLength: 3), bars: 60, count: 40, seed: 2)
    let benchmark = whole.column(0).map { $0 / 7 }
    let found = try DataSnooping(some, benchmark: benchmark, resamples: resamples, threads: 2)
    let expected = try DataSnooping(alone, benchmark: benchmark, resamples: resamples)
    for statistic in NullStatistic.allCases {
      #expect(found.maxima.maxima(statistic) == expected.maxima.maxima(statistic))
    }
    #expect(found.realityCheck.pValue == expected.realityCheck.pValue)
    #expect(found.realityCheck.best == expected.realityCheck.best.map { numbers[$0] })
    let (steps, right) = (try found.stepwise(level: 0.3), try expected.stepwise(level: 0.3))
    #expect(steps.criticalValues == right.criticalValues)
    #expect(steps.rejected == right.rejected.map { numbers[$0] })
    #expect(
      CorrelationMatrix(whole, among: numbers, threads: 2, maximumStrategies: 60).values
        == CorrelationMatrix(alone, threads: 1, maximumStrategies: 60).values)
    guard numbers.count > 2 else { return }
    #expect(
      try ModelConfidenceSet(PackedReturns(whole, numbers: numbers), .maximum, resamples: resamples)
        == ModelConfidenceSet(alone, .maximum, resamples: resamples))
  }
}

/// Returns that count how often they are looked at.
private final class CountedReturns: ReturnSource {
  let whole: ReturnMatrix
  let looks = Atomic(0)

  init(whole: ReturnMatrix) { self.whole = whole }

  var bars: Int { whole.bars }
  var strategies: Int { whole.strategies }
  var tileWidth: Int { whole.tileWidth }

  func forEachTile<State: ~Copyable>(
    _ chosen: [Int]?, threads: Int, makeState: @Sendable () -> State,
    body: @Sendable (inout State, ReturnTile) -> Void
  ) {
    looks.add(1, ordering: .relaxed)
    whole.forEachTile(chosen, threads: threads, makeState: makeState, body: body)
  }
}
