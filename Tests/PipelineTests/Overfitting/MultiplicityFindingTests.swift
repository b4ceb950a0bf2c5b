import Backtesting
import Statistics
import TestSupport
import Testing

@testable import Pipeline

@Suite struct MultiplicityFindingTests {
  /// Of ten strategies four have an edge that no luck gives: their q-values are small, and the share of the others is
  /// what is left, but for the 1 that is added.
  @Test func discoveries() throws {
    let noise = StatsSample.noise(bars: 300, strategies: 10, seed: 2)
    let rows = noise.map { row in row.enumerated().map { $1 + ($0 < 4 ? 0.006 : 0) } }
    let (report, json, _) = try StatsSample.run(StatsSample.file(rows))
    let found = report.overfitting.multiplicity
    let oneSided = (0..<10).map { column in
      let moments = ReturnMoments(rows.map { $0[column] })
      // The upper tail of t.
      return StudentDistribution(degreesOfFreedom: 299).survival(moments.sharpePerBar * 300.0.squareRoot())
    }
    let above = oneSided.count { $0 > 0.5 }
    let share = min(1, Double(1 + above) / 5)
    #expect(Tolerance.rounding(absolute: 1e-12).accepts(found.discovery.nullShare, share))
    #expect((4...5).contains(found.discovery.discoveries) && found.discovery.winnerQValue < 1e-6)
    let path = "multiple_testing.false_discovery"
    #expect(try json.number("\(path).null_share") == found.discovery.nullShare)
    #expect(try json.number("\(path).winner_q_value") == found.discovery.winnerQValue)
    #expect(try json.count("\(path).discoveries") == found.discovery.discoveries)
  }

  /// Trials that left no returns count as tests that found nothing.
  @Test func testsBeyondTheFile() throws {
    let text = StatsSample.file(StatsSample.noise(bars: 120, strategies: 4))
    let few = try StatsSample.run(text).report.overfitting.multiplicity.discovery
    let many = try StatsSample.run(text) { $0.trials = 400 }.report.overfitting.multiplicity.discovery
    #expect(many.nullShare == 1 && many.winnerQValue >= few.winnerQValue)
  }
}
