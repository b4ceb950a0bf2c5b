import Glibc
import Kernels
import Statistics
import TestSupport
import Testing

/// Series that are constant but for rounding have no deviation, so nothing that is divided by one.
@Suite struct ConstantReturnsTests {
  struct Series: Sendable, CustomTestStringConvertible {
    let name: String
    let values: [Double]
    var testDescription: String { name }

    init(_ name: String, _ value: (Int) -> Double) {
      self.name = name
      values = (0..<300).map(value)
    }
  }

  private static func rounded(_ value: Double, _ digits: Int) -> Double {
    let scale = pow(10, Double(digits))
    return (value * scale).rounded() / scale
  }

  private static func price(_ bar: Int, _ factor: Double) -> Double { 100 * pow(factor, Double(bar)) }

  static let series: [Series] =
    (3...17).map { digits in Series("0.1 % in \(digits) digits") { _ in rounded(0.001, digits) } }
    + [
      Series("noise in the last place") { 0.0001 + 1e-18 * Double($0 % 3) },
      Series("single precision, neighbours") { Double($0 % 2 == 0 ? Float(0.001) : Float(0.001).nextUp) },
      Series("quotients of prices") { price($0 + 1, 1.001) / price($0, 1.001) - 1 },
      Series("quotients of falling prices") { price($0 + 1, 0.9997) / price($0, 0.9997) - 1 },
      Series("quotients of prices in ten digits") {
        rounded(price($0 + 1, 1.001), 10) / rounded(price($0, 1.001), 10) - 1
      },
    ]

  @Test(arguments: series) func haveNoFigures(series: Series) throws {
    let moments = ReturnMoments(series.values)
    #expect(moments.variance == 0 && moments.populationVariance == 0)
    #expect(moments.sharpePerBar.isNaN && moments.skewness.isNaN && moments.kurtosis.isNaN)
    #expect(SharpeEstimate(moments).probability(above: 0).isNaN)
    #expect(AutocorrelatedSharpe.standardErrorPerBar(series.values).isNaN)
    #expect(BlockLength(series.values).stationary.isNaN)
    var random = SeededGenerator(seed: 3)
    let noise = series.values.map { _ in random.normal() * 0.01 }
    let returns = StatisticsFigures.Returns(columns: [noise, series.values, noise.reversed()])
    let matrix = try ReturnMatrix(bars: returns.bars, strategies: 3, values: returns.values)
    let correlations = CorrelationMatrix(matrix, threads: 1)
    #expect(correlations.strategies == [0, 2] && correlations.leftOut == 1)
    let resamples = try Resamples(.stationary(meanBlockLength: 2), bars: returns.bars, count: 20, seed: 1)
    let snooping = try DataSnooping(matrix, resamples: resamples)
    #expect(snooping.maxima.withoutVariance == 1 && snooping.means[1].longRunDeviation == 0)
    #expect(snooping.superiorAbility.best != 1)
    let sums = try BlockSums(matrix, blocks: 6, quantities: SharpeMetric().quantities)
    let found = BacktestOverfitting(sums, metric: SharpeMetric())
    // It has no Sharpe ratio in any half, and so is never beyond what the others have.
    #expect(found.undefined == found.splits.count)
    #expect(found.splits.allSatisfy { abs($0.inSample) < 1 && abs($0.outOfSample) < 1 })
  }

  /// What prices of few digits make is above the last places of returns, and counts; it is no figure beyond all others.
  @Test(arguments: [4, 6]) func pricesOfFewDigitsVary(digits: Int) {
    let prices = (0...300).map { Self.rounded(Self.price($0, 1.001), digits) }
    let moments = ReturnMoments(zip(prices.dropFirst(), prices).map { $0 / $1 - 1 })
    #expect(moments.variance > 0 && moments.sharpePerBar < 1e7)
  }

  @Test func copiesOfSharpeRatiosHaveNoSpread() {
    let sharpes = (0..<40).map { 0.1 * (1 + Double($0 % 5) * 0x1p-52) }
    #expect(DeflatedSharpe.varianceAcrossTrials(sharpes).variance == 0)
    #expect(Degradation(inSample: sharpes, outOfSample: sharpes.map { 2 * $0 }).slope.isNaN)
  }

  /// A loss that is but rounding makes no Sortino ratio.
  @Test(arguments: [0.0, 1e-19, 1e-12]) func lossesOfRounding(loss: Double) throws {
    var values = (0..<64).map { 0.001 + 0.0001 * Double($0 % 3) }
    for bar in stride(from: 3, to: 64, by: 8) { values[bar] = -loss }
    let returns = StatisticsFigures.Returns(columns: [values, values.map { -$0 }])
    let found = try BacktestOverfitting(returns, blocks: 4, metric: SortinoMetric())
    #expect(found.undefined == found.splits.count)
    for split in found.splits { #expect(split.selected == 0 && split.inSample == 0 && !split.isDefined) }
  }
}
