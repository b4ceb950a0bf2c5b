import Backtesting
import Kernels
import Statistics
import TestSupport
import Testing

@testable import Pipeline

/// What a part holds reads back as it was.
@Suite struct PartContentsTests {
  @Test func resamplesWithTheirSubsets() throws {
    let sweep = try MeasuredSweep(Configuration.sharded("momentum", count: 200))
    let returns = sweep.evidence.tested
    func check(_ returns: some ReturnSource) throws {
      let resamples = try Resamples(
        .stationary(meanBlockLength: 4), bars: returns.bars, count: 20, seed: 5)
      let part = try SnoopingFinding.part(
        1..<3, of: returns, benchmark: sweep.evidence.benchmark, resamples: resamples, threads: 1)
      let strategies = 64..<64 + part.means.count
      let sections = PartContents.sections(part).map { $0[...] }
      try PartRules(sweep.experiment.with(resamples: 20)).check(sections, of: .resamples, strategies)
      let found = PartContents.snoopingPart(sections, strategies, resamples)
      #expect(found.means == part.means)
      #expect(found.maxima == part.maxima)
      #expect(found.maxima.subsets.map(\.subset) == SnoopingSubset.allCases)
      // Some strategies are in a subset, others are not.
      #expect(found.maxima.subsets.contains { (1..<part.means.count).contains($0.strategies) })
    }
    try check(returns)
  }
}

extension Experiment {
  /// The same with another number of resamples.
  fileprivate func with(resamples: Int) throws -> Experiment {
    try Experiment(
      configuration: configuration.with { $0.statistics.resamples = resamples }, market: market,
      strategies: strategies, threads: 1)
  }
}
