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
  /// How many strategies it tested.
  var tested: Int?
  /// The winner under the other fill; `nil` where that could not be tried.
  var otherFill: OtherFillDocument?
}

extension OverfittingFigures: Decodable {
  private enum CodingKeys: String, CodingKey {
    case deflatedSharpe = "deflated_sharpe"
    case crossValidation = "cross_validation"
    case dataSnooping = "data_snooping"
    case otherFill = "other_fill"
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
    let tested: Int?
    let superiorAbility: Ability?

    enum CodingKeys: String, CodingKey {
      case benchmark
      case tested = "strategies_tested"
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
    tested = snooping.tested
    // Where it was not tried, the reason why stands in its place.
    otherFill = try? container.decode(OtherFillDocument.self, forKey: .otherFill)
  }
}

extension OverfittingFigures {
  init(_ report: OverfittingReport) {
    deflatedSharpe = DeflationDocument(report.sharpe, report.deflation, trials: report.trials)
    pbo = (try? report.crossValidation.get().overfitting.probability) ?? .nan
    let snooping = try? report.snooping.get()
    spaPValue = snooping?.superiorAbility.consistent ?? .nan
    benchmark = snooping?.benchmark
    tested = snooping?.tested
    otherFill = report.otherFillDocument
  }

  /// About the probability of backtest overfitting without skill, where winners rank anywhere out of sample.
  private static let chance = 0.5

  /// The figures against their bounds.
  func checks(_ bounds: DetectionOptions) -> [Verdict.Check] {
    let deflated = deflatedSharpe.deflatedSharpe.value
    let benchmark = benchmark ?? "cash"
    let beaten = OverfittingReport.meaning(of: benchmark)
    let deflatedText = Figures.probability(deflated, against: bounds.minimumDeflatedSharpe)
    let pboText = Figures.probability(pbo, against: bounds.maximumPBO)
    let spaText = Figures.probability(spaPValue, against: bounds.maximumSPAPValue)
    return [
      Verdict.Check(
        "deflated Sharpe", deflatedText, needs: "≥ \(bounds.minimumDeflatedSharpe)",
        ("better than the best by luck", "not clearly better than the best by luck"),
        isDefined: !deflated.isNaN, passes: deflated >= bounds.minimumDeflatedSharpe,
        reason: "The deflated Sharpe ratio of \(deflatedText), over "
          + "\(Figures.count(deflatedSharpe.trials)) trials, is below the bound of \(bounds.minimumDeflatedSharpe)."
      ),
      Verdict.Check(
        "PBO", pboText, needs: "≤ \(bounds.maximumPBO)",
        pbo < Self.chance
          ? ("below chance, about 0.5", "too near to chance, about 0.5")
          : ("within the bound, yet no better than chance, about 0.5", "no better than chance, about 0.5"),
        isDefined: !pbo.isNaN, passes: pbo <= bounds.maximumPBO,
        reason:
          "The probability of backtest overfitting of \(pboText) is above the bound of \(bounds.maximumPBO)."),
      Verdict.Check(
        "SPA p-value", spaText, needs: "≤ \(bounds.maximumSPAPValue)",
        (
          "the strongest strategy beats \(beaten)",
          "\(OverfittingReport.none(of: tested)) is shown to beat \(beaten)"
        ),
        isDefined: !spaPValue.isNaN, passes: spaPValue <= bounds.maximumSPAPValue,
        reason:
          "The p-value of superior predictive ability over \(OverfittingReport.words(benchmark: benchmark)) of "
          + "\(spaText) is above the bound of \(bounds.maximumSPAPValue)."),
    ] + [otherFill?.check].compactMap { $0 }
  }

  /// The verdict where these figures are all that there is.
  func verdict(_ bounds: DetectionOptions) -> Verdict {
    Verdict(checks(bounds), strategies: deflatedSharpe.trials, trades: deflatedSharpe.returns)
  }
}
