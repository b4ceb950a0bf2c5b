import Artifacts
import Backtesting
import Statistics

/// The pictures of the statistics of overfitting, of those that are there.
struct OverfittingPlots: Sendable {
  let report: OverfittingReport
  let detection: DetectionOptions
  /// What luck gives the best, where resampling has shown it.
  let luck: LuckFigures?
  /// What the pictures are of.
  let context: String
  /// The same of those of cross-validation, which may have other bars.
  let crossValidated: String

  /// Those that there are.
  var pictures: [Picture] {
    var pictures = [Picture(key: ArtifactKeys.deflatedSharpe) { try deflatedSharpe.png(context: context) }]
    if let luck, !luck.points.isEmpty {
      let picture = luck.picture(benchmark: OverfittingReport.words(benchmark: report.sharpe.benchmark))
      pictures.append(Picture(key: ArtifactKeys.luckCurve) { try picture.png(context: context) })
    }
    if case .success(let found) = report.dependence {
      pictures.append(Picture(key: ArtifactKeys.eigenvalues) { try spectrum(found).png(context: context) })
    }
    if case .success(let found) = report.crossValidation {
      let overfitting = found.overfitting
      pictures += [
        Picture(key: ArtifactKeys.logits) {
          let strategies = overfitting.strategies
          return try LogitHistogram(
            logits: overfitting.splits.logits(strategies: strategies), strategies: strategies
          ).png(context: crossValidated)
        },
        Picture(key: ArtifactKeys.degradation) { try degradation(found).png(context: crossValidated) },
        Picture(key: ArtifactKeys.dominance) { try dominance(found).png(context: crossValidated) },
      ]
    }
    return pictures
  }

  private var deflatedSharpe: DeflatedSharpeCurve {
    let deflation = report.deflation
    func point(_ deflated: DeflatedSharpe) -> DeflatedSharpeCurve.Point {
      DeflatedSharpeCurve.Point(trials: deflated.trials, value: deflated.probability)
    }
    // A decade beyond what was tried, in steps that the eye takes for a line.
    var curve: [DeflatedSharpeCurve.Point] = []
    var trials = 1.0
    while trials < 10 * Double(report.trials) {
      curve.append(
        point(
          DeflatedSharpe(
            best: report.sharpe.estimate, trials: trials,
            varianceAcrossTrials: deflation.varianceAcrossTrials,
            thresholdPerBar: report.sharpe.thresholdPerReturn)))
      trials *= 1.05
    }
    return DeflatedSharpeCurve(
      curve: curve, all: point(deflation.headline), effective: [], bound: detection.minimumDeflatedSharpe)
  }

  private func spectrum(_ found: DependenceFinding) -> EigenvalueSpectrum {
    let dependence = found.dependence
    return EigenvalueSpectrum(
      eigenvalues: dependence.eigenvalues, bars: found.bars,
      drawnFrom: dependence.trials > dependence.sample ? dependence.trials : nil,
      effective: [
        EigenvalueSpectrum.EffectiveNumber(
          name: "average correlation", value: dependence.byAverageCorrelation),
        EigenvalueSpectrum.EffectiveNumber(name: "eigenvalues", value: dependence.byParticipation),
        // Entropy says nothing beyond the strategies that it saw.
        EigenvalueSpectrum.EffectiveNumber(
          name: "entropy",
          value: dependence.trials > dependence.sample ? .nan : dependence.entropyOfSample),
      ])
  }

  private func degradation(_ found: CrossValidationFinding) -> InSampleVersusOutOfSample {
    InSampleVersusOutOfSample(
      metric: label(found), format: found.format, inSample: found.overfitting.splits.inSample,
      outOfSample: found.overfitting.splits.outOfSample, scale: scale(found), isSigned: found.isSigned)
  }

  private func dominance(_ found: CrossValidationFinding) -> DominanceCurves {
    let scale = scale(found)
    let dominance = found.overfitting.dominance
    return DominanceCurves(
      metric: label(found), format: found.format,
      points: dominance.points.map {
        DominanceCurves.Point(
          value: $0.value * scale, selected: $0.selected, average: $0.average, integral: $0.integral * scale)
      },
      spacing: dominance.spacing, isFirstOrder: dominance.isFirstOrder,
      isSecondOrder: dominance.isSecondOrder,
      splits: found.overfitting.splits.count)
  }

  /// Cross-validation leaves ratios and volatility per return; pictures show them annualised, as everything else does.
  private func scale(_ found: CrossValidationFinding) -> Double {
    switch Metric(rawValue: found.metric) {
    case .sharpeRatio, .sortinoRatio, .volatility: report.periodsPerYear.squareRoot()
    case .turnover: report.periodsPerYear
    default: 1
    }
  }

  private func label(_ found: CrossValidationFinding) -> String {
    guard let metric = Metric(rawValue: found.metric) else { return Self.words(found.metric) }
    let unit =
      switch metric {
      case .sharpeRatio, .sortinoRatio, .volatility, .turnover: ", annualised"
      default: ""
      }
    return metric.label + (metric.isHigherBetter ? "" : " with its sign turned") + unit
  }

  private static func words(_ name: String) -> String {
    name.split(separator: "_").joined(separator: " ")
  }
}

extension CrossValidationFinding {
  /// How a picture writes values of the metric.
  fileprivate var format: NumberFormat { Metric(rawValue: metric)?.format ?? .plain }
}
