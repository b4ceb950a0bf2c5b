import Artifacts
import Backtesting
import Glibc
import Statistics

/// The pictures of repeated trials.
struct TrialsPlots: Sendable {
  private let configuration: TrialsConfiguration
  private let summary: TrialsSummary
  private let figures: TrialsFigures

  init(_ configuration: TrialsConfiguration, _ summary: TrialsSummary, _ figures: TrialsFigures) {
    self.configuration = configuration
    self.summary = summary
    self.figures = figures
  }

  /// What the pictures are of.
  private var context: String { PictureContext.of(configuration, market: summary.market) }

  /// Power only where there is more than one edge.
  var pictures: [Picture] {
    var pictures = [
      Picture(key: ArtifactKeys.trialsDrop) { try drop.png(context: context) },
      Picture(key: ArtifactKeys.trialsBestSharpe) { try bestSharpe.png(context: context) },
      Picture(key: ArtifactKeys.trialsPBO) { try pbo.png(context: context) },
    ]
    if configuration.trials.edges.count > 1 {
      pictures.append(Picture(key: ArtifactKeys.trialsPower) { try power.png(context: context) })
    }
    return pictures
  }

  private func index(edge: Double, strategies: Int) -> Int {
    summary.cells.firstIndex { $0.cell == TrialCell(edge: edge, strategies: strategies) }!
  }

  private var headline: TrialCell { summary.headline.cell }

  private var drop: DropDistribution {
    let metric = configuration.sweep.selectionMetric
    let annual: [Metric] = [.sharpeRatio, .sortinoRatio, .calmarRatio, .volatility]
    let mean = summary.headline.figures[.drop]!
    return DropDistribution(
      metric: metric.label + (annual.contains(metric) ? ", annualised" : ""), format: metric.format,
      drops: figures.values(.drop, cell: index(edge: headline.edge, strategies: headline.strategies)),
      mean: Estimate(mean.mean, lower: mean.lower, upper: mean.upper))
  }

  /// Points of the curve of theory for each factor of ten.
  private static let pointsPerDecade = 12.0

  private var bestSharpe: BestSharpeVersusStrategies {
    let cells = summary.cells.filter { $0.cell.edge == headline.edge }
    let measured = cells.map { cell in
      let best = cell.figures[.bestSharpe]!
      return BestSharpeVersusStrategies.Measurement(
        strategies: cell.cell.strategies, mean: best.mean, lower: best.quantiles.first ?? .nan,
        upper: best.quantiles.last ?? .nan, trials: best.count)
    }
    let luck = summary.headline.luck
    let most = Double(headline.strategies)
    let steps = Int((log10(most) * Self.pointsPerDecade).rounded(.up))
    let between = (0..<steps).map { pow(10, Double($0) / Self.pointsPerDecade) }.filter { $0 < most }
    let points = Set(between + cells.map { Double($0.cell.strategies) }).sorted()
    return BestSharpeVersusStrategies(
      measured: measured,
      expected: points.map { strategies in
        BestSharpeVersusStrategies.Expectation(
          strategies: strategies, sharpeRatio: luck.expectedBest(of: strategies))
      })
  }

  private var pbo: OverfittingProbabilities {
    let strategies = headline.strategies
    let cells = summary.cells.filter { $0.cell.strategies == strategies }
    func values(_ cell: TrialsSummary.Cell) -> [Double] {
      figures.values(.pbo, cell: index(edge: cell.cell.edge, strategies: strategies))
    }
    // Where nobody knows whether there is an edge, it is not claimed that there is none.
    let other = cells.last { $0.truth == .plantedEdge } ?? cells.first { $0.truth == .unknown }
    return OverfittingProbabilities(
      null: cells.first { $0.truth == .noSkill }.map(values) ?? [],
      planted: other.map { cell in
        OverfittingProbabilities.Planted(
          name: cell.truth == .plantedEdge
            ? "an edge of \(Figures.short(cell.cell.edgeBasisPoints)) bp a bar"
            : "these strategies on these bars",
          probabilities: values(cell))
      }, bound: configuration.sweep.detection.maximumPBO)
  }

  private var power: PowerCurve {
    let cells = summary.cells.filter { $0.cell.strategies == headline.strategies }
    let bounds = configuration.sweep.detection
    let criteria: [TrialCriterion] = [.deflatedSharpe, .bonferroni, .spa, .validationSharpe, .pbo]
    return PowerCurve(
      edges: cells.map(\.cell.edgeBasisPoints),
      criteria: criteria.filter { $0 != .spa || configuration.sweep.statistics.resamples > 0 }.map {
        criterion in
        PowerCurve.Criterion(
          name: criterion.title(bounds),
          found: cells.map { cell in
            let passed = cell.passed[criterion]!
            return Estimate(passed.share, lower: passed.lower, upper: passed.upper)
          })
      }, trials: configuration.trials.count)
  }
}
