import Statistics
import TestSupport
import Testing

@Suite struct NullBarTests {
  /// Strategies that differ in skill raise the published bar above the best of them, and neither of the others.
  @Test func skillDoesNotRaiseIt() throws {
    let luck = LuckOfTheBest(maxima: [2, 2.5, 2.25, 2.25])
    let error = 1 / 1_000.0.squareRoot()
    let best = SharpeEstimate(bars: 1_000, sharpePerBar: 0.15)
    let published = DeflatedSharpe(best: best, trials: 50, varianceAcrossTrials: 0.07 * 0.07)
    let resampled = NullBar.byResampling(luck, standardErrorPerBar: error)
    let dependent = NullBar.byDependence(trials: 50, averageCorrelation: 0, meanSquaredError: error * error)
    #expect(published.benchmarkPerBar > best.sharpePerBar && published.probability < 0.5)
    #expect(Tolerance.rounding(absolute: 1e-15).accepts(resampled, 2.25 * error))
    #expect(
      Tolerance.rounding(absolute: 1e-15).accepts(dependent, ExpectedMaximum.approximate(trials: 50) * error))
    for bar in [resampled, dependent] {
      let deflated = DeflatedSharpe(best: best, trials: 50, benchmarkPerBar: bar)
      #expect(deflated.probability == best.probability(above: bar) && deflated.probability > 0.95)
      #expect(deflated.varianceAcrossTrials.isNaN && deflated.benchmarkPerBar == bar)
    }
  }

  @Test func alikeTrialsHaveLittle() {
    let bars = [-0.2, 0, 0.5, 0.9, 1].map {
      NullBar.byDependence(trials: 100, averageCorrelation: $0, meanSquaredError: 1)
    }
    #expect(bars[0] == bars[1] && bars == bars.sorted(by: >) && bars[4] == 0)
    #expect(relativeError(bars[2], ExpectedMaximum.approximate(trials: 100) * 0.5.squareRoot()) < 1e-15)
    #expect(NullBar.byDependence(trials: 9, averageCorrelation: .nan, meanSquaredError: 1).isNaN)
  }

  /// By hand: mean 0.1, variance 0.01, of which a quarter is noise.
  @Test func expectedSharpeIsDrawnToTheMean() {
    let sharpes = [0.0, 0.1, 0.2, .nan]
    let some = ExpectedSharpe(
      winnerPerBar: 0.2, sharpesPerBar: sharpes, averageCorrelation: 0.5, meanSquaredError: 0.005)
    #expect(Tolerance.rounding(absolute: 1e-15).accepts(some.keptShare, 0.75))
    #expect(Tolerance.rounding(absolute: 1e-15).accepts(some.expectedPerBar, 0.175))
    let noise = ExpectedSharpe(
      winnerPerBar: 0.2, sharpesPerBar: sharpes, averageCorrelation: 0, meanSquaredError: 0.02)
    #expect(noise.keptShare == 0 && noise.expectedPerBar == noise.meanPerBar)
    let one = ExpectedSharpe(
      winnerPerBar: 0.2, sharpesPerBar: [0.2], averageCorrelation: 0, meanSquaredError: 1)
    #expect(one.expectedPerBar.isNaN)
  }
}
