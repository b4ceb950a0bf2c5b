import Backtesting
import Kernels
import Testing

@testable import Pipeline

@Suite struct SweepColumnsTests {
  private static func parts(of tallies: SweepTallies, strategies: [Range<Int>]) -> TallyParts {
    TallyParts(
      strategies.map { strategies in
        TallyParts.Part(strategies: strategies) {
          let table = tallies.table
          return TallyTable(
            timeline: table.timeline, firstStrategy: strategies.lowerBound, count: strategies.count,
            tallies: table.timeline.segments.indices.flatMap { segment in
              strategies.map { table.tally(of: $0, segment: segment) }
            })
        }
      })
  }

  @Test(
    "columns are those of the tallies, in however many parts and on however many threads",
    arguments: [1, 2, 3],
    [0.7, 1])
  func columns(threads: Int, train: Double) throws {
    let sweep = try MeasuredSweep(
      Configuration.fewCrosses.with {
        $0.backtest.train = train
        $0.selection.metric = .totalReturn
      }, threads: threads)
    let experiment = sweep.experiment
    let parts = Self.parts(of: sweep.tallies, strategies: [0..<4, 4..<5, 5..<9])
    func performances(_ segment: Int) -> [Performance] {
      (0..<9).map { experiment.performance(sweep.tallies.table.tally(of: $0, segment: segment)) }
    }
    let columns = try SweepColumns.make(parts, of: experiment, threads: threads)
    #expect(columns.training.values == performances(0).map(\.totalReturn))
    #expect(columns.training.trades == performances(0).map(\.trades))
    #expect(columns.training.sharpeRatios == performances(0).map(\.sharpeRatio))
    #expect(columns.winRates == performances(0).map(\.winRate))
    #expect(columns.validation == (train == 1 ? [] : performances(1).map(\.totalReturn)))

    let written = try SweepColumns.fill(experiment) { slots in
      try PerformanceTable.write(
        parts, segment: 0, of: experiment, threads: threads, observe: { slots.write($2, of: $1, in: $0) }
      ) { _ in }
    }
    #expect(written.training.values == columns.training.values)
    #expect(written.training.trades == columns.training.trades)
    #expect(written.training.sharpeRatios == columns.training.sharpeRatios)
    #expect(written.winRates == columns.winRates)
    #expect(written.validation == columns.validation)
  }

  @Test("of some strategies only the parts that hold them are fetched")
  func someTallies() throws {
    struct Fetched: Error {}
    let sweep = try MeasuredSweep(.fewCrosses)
    let table = sweep.tallies.table
    let parts = TallyParts([
      TallyParts.Part(strategies: 0..<0) { throw Fetched() },
      TallyParts.Part(strategies: 0..<9) { table },
      TallyParts.Part(strategies: 9..<20) { throw Fetched() },
    ])
    let found = try parts.tallies(of: [7, 2], segment: 1)
    #expect(found == [7: table.tally(of: 7, segment: 1), 2: table.tally(of: 2, segment: 1)])
    #expect(throws: Fetched.self) { try parts.tallies(of: [2, 9], segment: 1) }
  }
}
