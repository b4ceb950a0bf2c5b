import Glibc
import Kernels

/// What other tests are likely to have shown, when only their number and their correlation are known.
///
/// Formula: the t-statistic of each test is |μ·√n/σ + √ρ·W + √(1-ρ)·ε|, with W shared by all tests of one
/// simulation, W and ε standard normal; μ is 0 with probability p₀ and otherwise exponential with mean λ; n =
/// 240 months, σ = 15 %/√12.
///
/// Shapes and units: λ a month, as a fraction.
///
/// Null hypothesis: none; it is the structural model that Harvey, Liu and Zhu fitted to the published factors
/// of the cross-section of stock returns. For other searches it is an assumption, and Bonferroni the safe
/// bound.
///
/// Reference: Harvey, Liu & Zhu 2016, "… and the cross-section of expected returns", section 4.4 and table 5;
/// the parameters to their last digit are those of the program that Harvey & Liu published with "Backtesting"
/// (2015).
public struct HarveyLiuZhu: Equatable, Sendable {
  /// ρ, the correlation between any two tests.
  public let correlation: Double
  /// p₀, the share of tests without a true mean.
  public let shareOfNulls: Double
  /// λ, the mean of the true means.
  public let meanOfMeans: Double

  /// The fitted model at a correlation from 0 to 0.8, between the published ones by interpolation.
  ///
  /// - Throws: ``StatisticsError/correlationWithoutParameters(_:)`` elsewhere.
  public init(correlation: Double) throws(StatisticsError) {
    guard correlation >= 0, correlation <= 0.8 else { throw .correlationWithoutParameters(correlation) }
    let upper = Self.published.firstIndex { $0.correlation >= correlation } ?? Self.published.count - 1
    let lower = max(upper - 1, 0)
    let (from, to) = (Self.published[lower], Self.published[upper])
    let width = to.correlation - from.correlation
    let part = width > 0 ? (correlation - from.correlation) / width : 0
    self.correlation = correlation
    shareOfNulls = from.shareOfNulls + part * (to.shareOfNulls - from.shareOfNulls)
    meanOfMeans = from.meanOfMeans + part * (to.meanOfMeans - from.meanOfMeans)
  }

  private static let published: [(correlation: Double, shareOfNulls: Double, meanOfMeans: Double)] = [
    (0, 0.39660, 0.0054995),
    (0.2, 0.44589, 0.0055508),
    (0.4, 0.48604, 0.0055413),
    (0.6, 0.59902, 0.0055512),
    (0.8, 0.83901, 0.0055956),
  ]

  /// The two-sided p-values of `tests` tests, as simulation number `simulation` draws them.
  func pValues(tests: Int, seed: UInt64, simulation: Int) -> [Double] {
    // The upper half of the indices is ours, the lower half is the bootstrap's.
    var stream = RandomStream(seed: seed, purpose: .resample, index: 1 << 63 | UInt64(simulation))
    let shared = correlation.squareRoot() * stream.normal()
    let own = (1 - correlation).squareRoot()
    let scale = 240.0.squareRoot() / (0.15 / 12.0.squareRoot())
    return (0..<tests).map { _ in
      let hasMean = stream.uniform() >= shareOfNulls
      let level = stream.uniform()
      let mean = hasMean ? -meanOfMeans * log1p(-level) * scale : 0
      let statistic = abs(mean + shared + own * stream.normal())
      return 2 * NormalDistribution.survival(statistic)
    }
  }

  /// The haircut of a Sharpe ratio that was found among `tests` others that follow the model.
  ///
  /// Formula: the median over simulations of its p-value adjusted among the `tests` simulated ones and
  /// itself.
  ///
  /// Shapes and units: per bar, as ``HaircutSharpe``; `simulations` as many as Harvey & Liu, 2,000, unless
  /// said.
  ///
  /// Edge cases: NaN where the Sharpe ratio is. The same seed gives the same figure, on any number of threads.
  ///
  /// Errors: ``StatisticsError/fewerTestsThanPValues(tests:pValues:)`` for a negative number of tests.
  ///
  /// Reference: Harvey & Liu 2015, appendix A; there `adjustment` is ``PValueAdjustment/holm`` or
  /// ``PValueAdjustment/harveyLiu``.
  public func haircut(
    sharpePerBar: Double, bars: Int, tests: Int, adjustment: PValueAdjustment, seed: UInt64,
    simulations: Int = 2_000, threads: Int = 1
  ) throws(StatisticsError) -> HaircutSharpe {
    guard tests >= 0 else { throw .fewerTestsThanPValues(tests: tests, pValues: 0) }
    precondition(simulations >= 1, "a median of one simulation or more")
    let pValue = HaircutSharpe.pValue(sharpePerBar: sharpePerBar, bars: bars)
    guard !pValue.isNaN else {
      return HaircutSharpe(sharpePerBar: sharpePerBar, bars: bars, adjustedPValue: .nan)
    }
    let adjusted = DisjointSlots.fill(count: simulations, repeating: Double.nan) { slots in
      Workers.forEach(items: simulations, threads: threads) {
        0
      } body: { _, simulation in
        let others = pValues(tests: tests, seed: seed, simulation: simulation)
        do throws(StatisticsError) {
          let adjusted =
            try adjustment == .holm
            ? TestedTogether.holm(pValue, among: others) : adjustment.adjust([pValue] + others)[0]
          slots.write(adjusted, at: simulation)
        } catch {
          preconditionFailure("probabilities, and as many as there are tests: \(error)")
        }
      }
    }.sorted()
    let median = (adjusted[(simulations - 1) / 2] + adjusted[simulations / 2]) / 2
    return HaircutSharpe(sharpePerBar: sharpePerBar, bars: bars, adjustedPValue: median)
  }
}
