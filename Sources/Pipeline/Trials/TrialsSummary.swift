import Backtesting
import Statistics

/// What all trials show together.
public struct TrialsSummary: Sendable {
  /// The trials of one edge and one number of strategies.
  public struct Cell: Sendable {
    /// What was run.
    public let cell: TrialCell
    /// What it means to pass for skilled here.
    public let truth: TrialTruth
    /// Trials in which no strategy could be chosen.
    public let withoutWinner: Int
    /// Every figure over the trials, with the quantiles of ``TrialsSummary/quantiles``.
    public let figures: [TrialFigure: SampleSummary]
    /// How often the winner passed, of the trials in which the criterion is defined.
    public let passed: [TrialCriterion: Proportion]
    /// How often the winner's metric was lower in validation than in training.
    public let fell: Proportion
    /// The best of so many against theory.
    public let luck: BestOfMany
  }

  /// The shares of the trials for which the quantiles stand.
  public static let quantiles = [0.05, 0.25, 0.5, 0.75, 0.95]
  /// Of all intervals.
  public static let confidence = 0.95

  /// What was run.
  public let configuration: TrialsConfiguration
  /// What the bars are called.
  public let market: String
  /// By edge, then by number of strategies.
  public let cells: [Cell]

  /// The cell to look at first: no edge, or the smallest, and the most strategies.
  public var headline: Cell {
    cells.filter { $0.cell.strategies == configuration.trials.sizes.max() }
      .min { abs($0.cell.edge) < abs($1.cell.edge) } ?? cells[0]
  }

  init(_ configuration: TrialsConfiguration, market: String, _ figures: TrialsFigures) {
    self.configuration = configuration
    self.market = market
    let bounds = configuration.sweep.detection
    cells = configuration.cells.enumerated().map { index, cell in
      let summaries = Dictionary(
        uniqueKeysWithValues: TrialFigure.allCases.map { figure in
          (
            figure,
            SampleSummary(
              figures.values(figure, cell: index), quantiles: Self.quantiles, confidence: Self.confidence)
          )
        })
      let passed = Dictionary(
        uniqueKeysWithValues: TrialCriterion.allCases.map { criterion in
          let values = figures.values(criterion.figure, cell: index).filter { !$0.isNaN }
          return (
            criterion,
            Proportion(
              values.count { criterion.passes($0, bounds) }, of: values.count, confidence: Self.confidence)
          )
        })
      return Cell(
        cell: cell, truth: TrialTruth(configuration, edge: cell.edge),
        withoutWinner: figures.withoutWinner[index], figures: summaries, passed: passed,
        fell: Self.fell(figures.values(.drop, cell: index)),
        luck: BestOfMany(
          strategies: cell.strategies, means: figures.values(.meanSharpe, cell: index),
          deviations: figures.values(.sharpeDeviation, cell: index)))
    }
  }
}

extension TrialsSummary {
  fileprivate static func fell(_ drops: [Double]) -> Proportion {
    let defined = drops.filter { !$0.isNaN }
    return Proportion(defined.count { $0 > 0 }, of: defined.count, confidence: confidence)
  }
}

/// What theory expects of the best of N strategies without skill, whose Sharpe ratios scatter as those of the trials do.
///
/// The false strategy theorem has the mean of all strategies at 0. Strategies that hold a market which rises have another
/// mean, which is no skill of the best of them; so that measured and theoretical figure can be compared, theory stands
/// here about the mean as well. All figures are annualised.
public struct BestOfMany: Equatable, Sendable {
  /// The mean over the trials of the mean of all strategies.
  public let mean: Double
  /// V: the mean over the trials of the variance across strategies.
  public let variance: Double
  /// √V·E[max of N] by the usual approximation.
  public let approximate: Double
  /// √V·E[max of N] by quadrature.
  public let exact: Double

  /// The expected best about the mean of all: ``mean`` + ``exact``.
  public var expectedBest: Double { mean + exact }

  init(strategies: Int, means: [Double], deviations: [Double]) {
    mean = SampleSummary(means).mean
    variance = SampleSummary(deviations.map { $0 * $0 }).mean
    approximate = Self.scaled(ExpectedMaximum.approximate(trials: Double(strategies)), variance)
    exact = Self.scaled(ExpectedMaximum.exact(trials: Double(strategies)), variance)
  }

  /// The expected best of another number of the same strategies.
  func expectedBest(of strategies: Double) -> Double {
    mean + Self.scaled(ExpectedMaximum.exact(trials: strategies), variance)
  }

  /// One strategy has no variance, and is the best of one.
  private static func scaled(_ maximum: Double, _ variance: Double) -> Double {
    maximum == 0 ? 0 : variance.squareRoot() * maximum
  }
}
