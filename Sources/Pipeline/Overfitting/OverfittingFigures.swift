import Artifacts

/// The figures of `results/overfitting.json` that decide whether a winner counts as overfitted.
struct OverfittingFigures: Sendable {
  /// The winner's Sharpe ratio, deflated for the number of strategies.
  let deflatedSharpe: DeflationDocument
  /// The probability of backtest overfitting; NaN where nothing was cross-validated.
  let pbo: Double
  /// The consistent p-value of the test of superior predictive ability; NaN without a bootstrap.
  let spaPValue: Double
  /// What that test compares with.
  let benchmark: String?
}

extension OverfittingFigures: Decodable {
  private enum CodingKeys: String, CodingKey {
    case deflatedSharpe = "deflated_sharpe"
    case crossValidation = "cross_validation"
    case dataSnooping = "data_snooping"
  }

  private struct CrossValidation: Decodable {
    let pbo: Measure?

    enum CodingKeys: String, CodingKey {
      case pbo = "probability_of_backtest_overfitting"
    }
  }

  private struct DataSnooping: Decodable {
    struct Ability: Decodable {
      let consistent: Measure

      enum CodingKeys: String, CodingKey {
        case consistent = "p_value_consistent"
      }
    }

    let benchmark: String?
    let superiorAbility: Ability?

    enum CodingKeys: String, CodingKey {
      case benchmark
      case superiorAbility = "superior_predictive_ability"
    }
  }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    deflatedSharpe = try container.decode(DeflationDocument.self, forKey: .deflatedSharpe)
    pbo = try container.decode(CrossValidation.self, forKey: .crossValidation).pbo?.value ?? .nan
    let snooping = try container.decode(DataSnooping.self, forKey: .dataSnooping)
    spaPValue = snooping.superiorAbility?.consistent.value ?? .nan
    benchmark = snooping.benchmark
  }
}

extension OverfittingFigures {
  init(_ report: OverfittingReport) {
    deflatedSharpe = DeflationDocument(report.sharpe, report.deflation, trials: report.trials)
    pbo = (try? report.crossValidation.get().overfitting.probability) ?? .nan
    let snooping = try? report.snooping.get()
    spaPValue = snooping?.superiorAbility.consistent ?? .nan
    benchmark = snooping?.benchmark
  }

  /// Which of the figures could not be had.
  var missing: [String] {
    [
      ("deflated Sharpe ratio", deflatedSharpe.deflatedSharpe.value), ("PBO", pbo), ("SPA", spaPValue),
    ].filter { $0.1.isNaN }.map(\.0)
  }

  /// Whether the winner counts as overfitted, in words.
  func verdict(reasons: [String]) -> String {
    if !reasons.isEmpty { return "detected" }
    switch missing.count {
    case 0: return "not detected"
    case 3: return "undecided: no statistic of it could be had"
    default: return "not detected, without " + missing.joined(separator: " and ")
    }
  }

  /// Why a winner with these figures counts as overfitted, each a sentence with its figure and its bound.
  func reasons(_ bounds: DetectionOptions) -> [String] {
    var reasons: [String] = []
    if deflatedSharpe.deflatedSharpe.value < bounds.minimumDeflatedSharpe {
      reasons.append(
        "The deflated Sharpe ratio of \(Figures.probability(deflatedSharpe.deflatedSharpe.value)), over "
          + "\(Figures.count(deflatedSharpe.trials)) trials, is below the bound of \(bounds.minimumDeflatedSharpe)."
      )
    }
    if pbo > bounds.maximumPBO {
      reasons.append(
        "The probability of backtest overfitting of \(Figures.probability(pbo)) is above the bound of "
          + "\(bounds.maximumPBO).")
    }
    if spaPValue > bounds.maximumSPAPValue {
      reasons.append(
        "The p-value of superior predictive ability over \(OverfittingReport.words(benchmark: benchmark ?? "cash")) of "
          + "\(Figures.probability(spaPValue)) is above the bound of \(bounds.maximumSPAPValue).")
    }
    return reasons
  }
}
