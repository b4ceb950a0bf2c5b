import Artifacts
import Statistics
import TestSupport
import Testing

@testable import Pipeline

/// The summary against a naive computation from the rows.
@Suite struct TrialsSummaryTests {
  private struct Run {
    let store = MemoryStore()
    let report: TrialsReport
    let rows: [TrialRow]

    init() throws {
      let configuration = TrialsConfiguration.tiny(trials: 9) { $0.trials.sizes = [1, 25] }
      report = try Trials.run(configuration, in: .test(store))
      let plan = try TrialPlan(configuration)
      rows = try (0..<9).flatMap { try plan.rows(trial: $0) }
    }

    func values(_ figure: TrialFigure, strategies: Int) -> [Double] {
      rows.filter { $0.cell.strategies == strategies }.map { $0[figure] }
    }
  }

  /// The digits of the table read back to the same numbers, so everything but sums is exact.
  @Test func figures() throws {
    let run = try Run()
    #expect(run.report.summary.headline.cell == TrialCell(edge: 0, strategies: 25))
    for cell in run.report.summary.cells {
      for figure in TrialFigure.allCases {
        let values = run.values(figure, strategies: cell.cell.strategies).filter { !$0.isNaN }
        let found = cell.figures[figure]!
        #expect(found.count == values.count && found.undefined == 9 - values.count)
        guard values.count == 9 else { continue }
        let mean = values.reduce(0, +) / 9
        let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 8
        // A few roundings of nine numbers below 100.
        let rounding = Tolerance.rounding(absolute: 9 * 9 * 100 * UnitRoundoff.double)
        #expect(rounding.accepts(found.mean, mean))
        #expect(rounding.accepts(found.standardError, (variance / 9).squareRoot()))
        let sorted = values.sorted()
        // Of nine, the quartiles and the median are figures themselves.
        #expect(Array(found.quantiles[1...3]) == [sorted[2], sorted[4], sorted[6]])
      }
      let passed = run.values(.deflatedSharpe, strategies: cell.cell.strategies).count { $0 >= 0.95 }
      #expect(cell.passed[.deflatedSharpe]?.count == passed)
      #expect(
        cell.passed[.noReason]?.count
          == run.values(.reasons, strategies: cell.cell.strategies).count { $0 == 0 })
    }
  }

  /// One strategy cannot be ranked, and is the best of one.
  @Test func oneStrategy() throws {
    let run = try Run()
    let single = try #require(run.report.summary.cells.first)
    #expect(single.figures[.pbo]?.count == 0 && single.passed[.pbo]?.trials == 0)
    #expect(single.luck.exact == 0 && single.luck.expectedBest == single.luck.mean)
    #expect(single.luck.mean == single.figures[.bestSharpe]?.mean)
  }

  @Test func theory() throws {
    let run = try Run()
    let cell = run.report.summary.headline
    let deviations = run.values(.sharpeDeviation, strategies: 25)
    let variance = deviations.reduce(0) { $0 + $1 * $1 } / 9
    let rounding = Tolerance.rounding(absolute: 9 * 100 * UnitRoundoff.double)
    #expect(rounding.accepts(cell.luck.variance, variance))
    #expect(rounding.accepts(cell.luck.exact, variance.squareRoot() * ExpectedMaximum.exact(trials: 25)))
    #expect(
      rounding.accepts(
        cell.luck.expectedBest,
        cell.luck.exact + run.values(.meanSharpe, strategies: 25).reduce(0, +) / 9))
    // Each trial's own figure is √V·E[max of N] by the approximation.
    for (expected, deviation) in zip(run.values(.expectedMaximumSharpe, strategies: 25), deviations) {
      #expect(rounding.accepts(expected, deviation * ExpectedMaximum.approximate(trials: 25)))
    }
  }

  @Test func document() throws {
    let run = try Run()
    let text = try run.store.text("results/trials_summary.json")
    for part in [
      "\"cells\": [", "\"truth\": \"no_skill\"", "\"seed\": \"11\"", "\"criterion\": \"DSR ≥ 0.95\"",
    ] {
      #expect(text.contains(part))
    }
    let printed = String(
      decoding: try run.report.summary.json(directory: "d", seconds: 1.5), as: UTF8.self)
    #expect(printed.contains("\"artifacts\": \"d\"") && printed.contains("\"seconds\": 1.5"))
  }

  @Test func whatIsKnown() {
    func truth(_ change: (inout TrialsConfiguration) -> Void, edge: Double = 0) -> TrialTruth {
      var configuration = TrialsConfiguration()
      configuration.sweep.strategies.family = .momentum
      change(&configuration)
      return TrialTruth(configuration, edge: edge)
    }
    #expect(truth({ $0.sweep.strategies.family = .coinflip }, edge: 0.01) == .noSkill)
    #expect(truth({ $0.trials.market = .permutation }) == .noSkill)
    #expect(truth({ $0.trials.market = .bootstrap }) == .unknown)
    #expect(truth({ $0.sweep.data.source = "synthetic:random-walk" }) == .noSkill)
    #expect(truth({ $0.sweep.data.source = "synthetic:random-walk" }, edge: 0.01) == .plantedEdge)
    #expect(truth({ $0.sweep.data.source = "synthetic:regimes" }) == .unknown)
  }

  @Test func textNamesEveryCriterionOnce() throws {
    let run = try Run()
    let lines = run.report.text(directory: "d")
    #expect(
      lines[0] == "Fluke trials: 9 times 25 coinflip strategies on synthetic-random-walk, new bars each time")
    for start in ["    DSR ≥ 0.95 ", "    PBO ≤ 0.5 ", "  best Sharpe of 1 ", "  best Sharpe of 25 "] {
      #expect(lines.count { $0.hasPrefix(start) } == 1)
    }
    #expect(!lines.contains { $0.contains("SPA") || $0.contains("undefined") })
    #expect(lines.contains { $0.hasPrefix("  winners that pass ") && $0.contains("  false positives, ") })
    let falls = run.values(.drop, strategies: 25).count { $0 > 0 }
    #expect(run.report.summary.headline.fell.count == falls && run.report.summary.headline.fell.trials == 9)
    let share = "\(Figures.decimals(100 * Double(falls) / 9, 1)) %"
    #expect(lines.contains { $0.hasPrefix("    it falls in") && $0.contains(share) })
  }
}
